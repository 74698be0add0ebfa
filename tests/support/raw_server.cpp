#include "support/raw_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <exception>
#include <set>
#include <string_view>

namespace forage::testing {
namespace net = boost::asio;
using tcp     = net::ip::tcp;

namespace {
constexpr auto as_values = net::as_tuple(net::use_awaitable);
}

struct raw_server::impl : std::enable_shared_from_this<impl> {
    net::io_context& io;
    script answers;
    tcp::acceptor acceptor;
    std::set<std::shared_ptr<tcp::socket>> open;
    std::set<std::shared_ptr<net::steady_timer>> waiting;
    std::size_t connections = 0, requests = 0, sent = 0;

    impl(net::io_context& context, script s)
        : io{context}, answers{std::move(s)}, acceptor{io, tcp::endpoint{net::ip::address_v4::loopback(), 0}} {}

    net::awaitable<void> accept_all() {
        for (;;) {
            auto [ec, socket] = co_await acceptor.async_accept(as_values);
            if (ec) co_return;
            auto shared = std::make_shared<tcp::socket>(std::move(socket));
            open.insert(shared);
            auto self = shared_from_this();
            net::co_spawn(io, serve(shared, ++connections), [self, shared](std::exception_ptr) {
                self->open.erase(shared);
            });
        }
    }

    net::awaitable<void> wait(std::chrono::milliseconds length) {
        auto timer = std::make_shared<net::steady_timer>(io, length);
        waiting.insert(timer);
        co_await timer->async_wait(as_values);
        waiting.erase(timer);
    }

    net::awaitable<void> serve(std::shared_ptr<tcp::socket> socket, std::size_t number) {
        std::string received;
        for (std::size_t request = 1;; ++request) {
            const auto [ec, head_size] =
                co_await net::async_read_until(*socket, net::dynamic_buffer(received), "\r\n\r\n", as_values);
            if (ec) co_return;
            ++requests;
            const auto answer = answers(number, request, received.substr(0, head_size));
            received.erase(0, head_size);
            const bool sent_all = co_await send(*socket, answer);
            if (!sent_all) co_return;
            if (answer.then == raw_answer::ending::hang) co_await wait(std::chrono::hours{1});
            if (answer.then == raw_answer::ending::reset) {
                boost::system::error_code ignored;
                socket->set_option(net::socket_base::linger{true, 0}, ignored);
            }
            if (answer.then != raw_answer::ending::keep) co_return;
        }
    }

    net::awaitable<bool> send(tcp::socket& socket, const raw_answer& answer) {
        for (std::size_t round = 0; round < answer.repeat; ++round) {
            const auto step = answer.slice == 0 ? std::max<std::size_t>(answer.bytes.size(), 1) : answer.slice;
            for (std::size_t at = 0; at < answer.bytes.size(); at += step) {
                if (at > 0 && answer.between.count() > 0) co_await wait(answer.between);
                const auto piece   = std::string_view{answer.bytes}.substr(at, step);
                const auto [ec, n] = co_await net::async_write(socket, net::buffer(piece), as_values);
                sent += n;
                if (ec) co_return false;
            }
        }
        co_return true;
    }

    void stop() {
        boost::system::error_code ignored;
        acceptor.close(ignored);
        for (const auto& socket : open) socket->close(ignored);
        for (const auto& timer : waiting) timer->cancel();
    }
};

raw_server::raw_server(net::io_context& io, script answers) : impl_{std::make_shared<impl>(io, std::move(answers))} {
    net::co_spawn(io, impl_->accept_all(), [self = impl_](std::exception_ptr) {});
}
raw_server::raw_server(net::io_context& io, raw_answer always)
    : raw_server{io, script{[always](std::size_t, std::size_t, const std::string&) { return always; }}} {}
raw_server::~raw_server() { stop(); }
std::string raw_server::url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(impl_->acceptor.local_endpoint().port()) + path;
}
std::size_t raw_server::connections() const { return impl_->connections; }
std::size_t raw_server::requests() const { return impl_->requests; }
std::size_t raw_server::bytes_sent() const { return impl_->sent; }
void raw_server::stop() { impl_->stop(); }

}  // namespace forage::testing
