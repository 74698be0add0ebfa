#include "support/address_traps.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <exception>
#include <list>
#include <utility>

namespace forage::testing {
namespace net = boost::asio;
using tcp     = net::ip::tcp;

namespace {

constexpr auto as_values = net::as_tuple(net::use_awaitable);

net::ip::address local_address(const tcp::socket& socket) {
    auto address = socket.local_endpoint().address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6());
    }
    return address;
}

address_traps::question read_question(std::string_view head) {
    address_traps::question asked;
    const auto target = head.find(' ') + 1;
    asked.target      = head.substr(target, head.find(' ', target) - target);
    const auto host   = head.find("\r\nHost: ");
    if (host != std::string_view::npos) asked.host = head.substr(host + 8, head.find("\r\n", host + 8) - host - 8);
    return asked;
}

}  // namespace

struct address_traps::impl : std::enable_shared_from_this<impl> {
    net::io_context& io;
    settings where;
    script answers;
    std::list<tcp::acceptor> acceptors;
    std::set<std::shared_ptr<tcp::socket>> open;
    std::set<std::shared_ptr<net::steady_timer>> waiting;
    std::vector<std::string> hits;

    impl(net::io_context& context, settings s, script a) : io{context}, where{std::move(s)}, answers{std::move(a)} {}

    void listen(std::uint16_t port) {
        auto& acceptor = acceptors.emplace_back(io);
        acceptor.open(tcp::v6());
        acceptor.set_option(net::ip::v6_only{false});
        acceptor.set_option(tcp::acceptor::reuse_address{true});
        acceptor.bind({net::ip::address_v6::any(), port});
        acceptor.listen();
        net::co_spawn(io, accept_all(acceptor), [self = shared_from_this()](std::exception_ptr) {});
    }

    net::awaitable<void> accept_all(tcp::acceptor& acceptor) {  // NOLINT: `listen` holds its owner
        for (;;) {
            auto [ec, socket] = co_await acceptor.async_accept(as_values);
            if (ec) co_return;
            const auto address = local_address(socket);
            const auto port    = socket.local_endpoint().port();
            const bool is_web =
                where.web_addresses.contains(address.to_string()) &&
                std::find(where.web_ports.begin(), where.web_ports.end(), port) != where.web_ports.end();
            if (!is_web) {
                hits.push_back(address.to_string() + ' ' + std::to_string(port));
                continue;  // which closes it
            }
            auto shared = std::make_shared<tcp::socket>(std::move(socket));
            open.insert(shared);
            net::co_spawn(io, serve(shared), [self = shared_from_this(), shared](std::exception_ptr) {
                self->open.erase(shared);
            });
        }
    }

    net::awaitable<void> serve(std::shared_ptr<tcp::socket> socket) {
        std::string head;
        const auto [failed, size] =
            co_await net::async_read_until(*socket, net::dynamic_buffer(head), "\r\n\r\n", as_values);
        if (failed) co_return;
        const auto made = answers(read_question(head));
        if (made.delay.count() > 0) {
            auto timer = std::make_shared<net::steady_timer>(io, made.delay);
            waiting.insert(timer);
            co_await timer->async_wait(as_values);
            waiting.erase(timer);
        }
        co_await net::async_write(*socket, net::buffer(made.bytes), as_values);
    }

    void stop() {
        boost::system::error_code ignored;
        for (auto& acceptor : acceptors) acceptor.close(ignored);
        for (const auto& socket : open) socket->close(ignored);
        for (const auto& timer : waiting) timer->cancel();
    }
};

address_traps::address_traps(net::io_context& io, settings where, script answers)
    : impl_{std::make_shared<impl>(io, std::move(where), std::move(answers))} {
    for (const auto port : impl_->where.web_ports) impl_->listen(port);
    for (const auto port : impl_->where.other_ports) impl_->listen(port);
}

address_traps::~address_traps() { stop(); }

std::vector<std::string> address_traps::take_hits() { return std::exchange(impl_->hits, {}); }

void address_traps::stop() { impl_->stop(); }

address_traps::answer address_traps::page(std::string_view text) {
    std::string bytes = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ";
    bytes.append(std::to_string(text.size())).append("\r\n\r\n").append(text);
    return {std::move(bytes), {}};
}

address_traps::answer address_traps::redirect(int status, std::string_view location) {
    std::string bytes = "HTTP/1.1 " + std::to_string(status) + " Over There\r\nConnection: close\r\nLocation: ";
    bytes.append(location).append("\r\nContent-Length: 0\r\n\r\n");
    return {std::move(bytes), {}};
}

}  // namespace forage::testing
