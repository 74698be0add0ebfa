// A DNS server for the host names of the little web: A is 127.0.0.1, other types are empty, other names do not exist.
// UDP on 127.0.0.1, one question a message, no EDNS. Whatever comes in, it answers or stays silent, and never fails.
#pragma once

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace miniweb {

/// Host names in lower case, without a dot at the end.
using name_set = std::set<std::string, std::less<>>;

/// The answer to one packet, or nothing where silence is right (too short to have an id, or itself an answer).
/// Broken questions get FORMERR, operations other than a query NOTIMP. Pure.
[[nodiscard]] std::optional<std::vector<std::uint8_t>>
answer_dns(std::span<const std::uint8_t> packet, const name_set& names);

/// Serves from construction to `stop`. Threads: as `server`.
class dns_server {
public:
    /// Throws boost::system::system_error if the socket cannot be had. Port 0: any free one.
    dns_server(boost::asio::io_context& context, name_set names, std::uint16_t port = 0);
    ~dns_server();
    dns_server(const dns_server&)            = delete;
    dns_server& operator=(const dns_server&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;
    /// Packets received.
    [[nodiscard]] std::uint64_t queries() const noexcept;
    void stop();

private:
    class impl;
    std::shared_ptr<impl> impl_;
};

}  // namespace miniweb
