// A server that takes turns by the book: reads so many bytes, says these, and so on. For binary protocols.
#pragma once

#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace forage::testing {

struct turn {
    std::size_t reads = 0;  ///< bytes; 0: up to an empty line
    std::string says;
};

/// Listens on 127.0.0.1 until stopped or destroyed. Every connection sees the same turns.
class turn_server {
public:
    enum class ending { close, hang };

    turn_server(boost::asio::io_context& io, std::vector<turn> turns, ending then = ending::close);
    ~turn_server();
    turn_server(const turn_server&)            = delete;
    turn_server& operator=(const turn_server&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::size_t connections() const;
    /// All that was read, of all connections.
    [[nodiscard]] const std::string& heard() const;

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

}  // namespace forage::testing
