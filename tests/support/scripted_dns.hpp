// A DNS server that answers with the addresses a test says, differently each time if it likes: for rebinding.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace forage::testing {

/// UDP on 127.0.0.1. Records may be kept for 0 s. A question of type A gets the IPv4 addresses, AAAA the others; a name
/// without any address does not exist.
class scripted_dns {
public:
    /// `round` counts, from 0, the questions of one type for one name, in lower case.
    using script = std::function<std::vector<boost::asio::ip::address>(const std::string& name, std::size_t round)>;

    scripted_dns(boost::asio::io_context& io, script answers);
    ~scripted_dns();
    scripted_dns(const scripted_dns&)            = delete;
    scripted_dns& operator=(const scripted_dns&) = delete;

    /// "127.0.0.1:PORT", for client_options::dns_server.
    [[nodiscard]] std::string address() const;
    void stop();

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

}  // namespace forage::testing
