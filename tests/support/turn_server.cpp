#include "support/turn_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <exception>
#include <set>

namespace forage::testing {
namespace net = boost::asio;
using tcp     = net::ip::tcp;

namespace {
constexpr auto as_values = net::as_tuple(net::use_awaitable);
}

struct turn_server::impl : std::enable_shared_from_this<impl> {
    net::io_context& io;
    std::vector<turn> turns;
    ending then;
    tcp::acceptor acceptor;
    std::set<std::shared_ptr<tcp::socket>> open;
    std::string heard;
    std::size_t connections = 0;

    impl(net::io_context& context, std::vector<turn> t, ending e)
        : io{context}, turns{std::move(t)}, then{e}, acceptor{io, {net::ip::address_v4::loopback(), 0}} {}

    net::awaitable<void> accept_all() {
        for (;;) {
            auto [ec, socket] = co_await acceptor.async_accept(as_values);
            if (ec) co_return;
            ++connections;
            auto shared = std::make_shared<tcp::socket>(std::move(socket));
            open.insert(shared);
            auto self = shared_from_this();
            net::co_spawn(io, serve(shared), [self, shared](std::exception_ptr) { self->open.erase(shared); });
        }
    }

    net::awaitable<void> serve(std::shared_ptr<tcp::socket> socket) {
        for (const auto& now : turns) {
            std::string came(now.reads, '\0');
            if (now.reads != 0) {
                const auto [ec, n] = co_await net::async_read(*socket, net::buffer(came), as_values);
                heard.append(came, 0, n);
                if (ec) co_return;
            } else {
                const auto [ec, n] =
                    co_await net::async_read_until(*socket, net::dynamic_buffer(came), "\r\n\r\n", as_values);
                heard.append(came);
                if (ec) co_return;
            }
            const auto [ec, n] = co_await net::async_write(*socket, net::buffer(now.says), as_values);
            if (ec) co_return;
        }
        if (then == ending::close) co_return;
        char byte = 0;
        co_await socket->async_read_some(net::buffer(&byte, 1), as_values);
    }

    void stop() {
        boost::system::error_code ignored;
        acceptor.close(ignored);
        for (const auto& socket : open) socket->close(ignored);
    }
};

turn_server::turn_server(net::io_context& io, std::vector<turn> turns, ending then)
    : impl_{std::make_shared<impl>(io, std::move(turns), then)} {
    net::co_spawn(io, impl_->accept_all(), [self = impl_](std::exception_ptr) {});
}
turn_server::~turn_server() { impl_->stop(); }
std::uint16_t turn_server::port() const { return impl_->acceptor.local_endpoint().port(); }
std::size_t turn_server::connections() const { return impl_->connections; }
const std::string& turn_server::heard() const { return impl_->heard; }

}  // namespace forage::testing
