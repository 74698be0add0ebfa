// faulty_wire: the server's end of a TCP connection, with a fault at a given byte.
#pragma once

#include "support/wire_fault.hpp"

#include <forage/detail/awaitable_fwd.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace forage::testing {

/// One thread. Cancelled by `close`, which may be called while an operation waits.
class faulty_wire {
public:
    faulty_wire(boost::asio::ip::tcp::socket socket, wire_fault fault);

    /// False when the connection is over, by the fault or by the client.
    awaitable<bool> send(std::string_view bytes);
    /// Appends what comes. False when nothing more does.
    awaitable<bool> receive(std::string& into);
    /// Waits until the client closes.
    awaitable<void> outlast();
    awaitable<void> wait(std::chrono::microseconds length);

    void reset();
    void close();
    [[nodiscard]] std::size_t sent() const noexcept { return sent_; }

private:
    awaitable<bool> write(std::string_view bytes);
    awaitable<void> end_wrongly();

    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer timer_;
    wire_fault fault_;
    std::size_t sent_ = 0;
};

}  // namespace forage::testing
