#include "support/faulty_wire.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>

namespace forage::testing {
namespace net = boost::asio;

namespace {
constexpr auto as_values = net::as_tuple(net::use_awaitable);
}

faulty_wire::faulty_wire(net::ip::tcp::socket socket, wire_fault fault)
    : socket_{std::move(socket)}, timer_{socket_.get_executor()}, fault_{fault} {
    boost::system::error_code ignored;
    socket_.set_option(net::ip::tcp::no_delay{true}, ignored);
}

awaitable<bool> faulty_wire::send(std::string_view bytes) {
    using kind = wire_fault::kind;
    while (!bytes.empty()) {
        const bool is_there = sent_ >= fault_.at;
        const bool is_over  = is_there && fault_.what != kind::none && fault_.what != kind::drip;
        auto step           = bytes.size();
        if (!is_there && fault_.what != kind::none) step = std::min(step, fault_.at - sent_);
        if (is_over && fault_.what != kind::corrupt) {
            co_await end_wrongly();
            co_return false;
        }
        char wrong = '\0';
        auto piece = bytes.substr(0, step);
        if (is_over) {
            fault_.what = kind::none;
            wrong       = bytes.front() == '\0' ? '\xFF' : '\0';
            piece       = {&wrong, 1};
        } else if (is_there && fault_.what == kind::drip) {
            if (sent_ > fault_.at) co_await wait(fault_.between);
            piece = bytes.substr(0, 1);
        }
        const bool gone = !co_await write(piece);
        if (gone) co_return false;
        bytes.remove_prefix(piece.size());
    }
    co_return true;
}

awaitable<bool> faulty_wire::write(std::string_view bytes) {
    const auto [ec, n] = co_await net::async_write(socket_, net::buffer(bytes), as_values);
    sent_ += n;
    co_return !ec;
}

awaitable<void> faulty_wire::end_wrongly() {
    if (fault_.what == wire_fault::kind::reset) {
        reset();
        co_return;
    }
    boost::system::error_code ignored;
    if (fault_.what == wire_fault::kind::cut) socket_.shutdown(net::ip::tcp::socket::shutdown_send, ignored);
    // Closing with bytes unread would reset the connection instead of ending it.
    co_await outlast();
}

awaitable<bool> faulty_wire::receive(std::string& into) {
    std::array<char, 16 * 1024> piece;
    const auto [ec, n] = co_await socket_.async_read_some(net::buffer(piece), as_values);
    into.append(piece.data(), n);
    co_return !ec;
}

awaitable<void> faulty_wire::outlast() {
    std::string unread;
    for (bool more = true; more;) {
        const bool came = co_await receive(unread);
        more            = came;
        unread.clear();
    }
}

awaitable<void> faulty_wire::wait(std::chrono::microseconds length) {
    timer_.expires_after(length);
    co_await timer_.async_wait(as_values);
}

void faulty_wire::reset() {
    boost::system::error_code ignored;
    socket_.set_option(net::socket_base::linger{true, 0}, ignored);
    close();
}

void faulty_wire::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
    timer_.cancel();
}

}  // namespace forage::testing
