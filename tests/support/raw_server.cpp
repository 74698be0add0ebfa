#include "support/raw_server.hpp"

#include "support/faulty_wire.hpp"
#include "support/tls_session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <set>
#include <string_view>

namespace forage::testing {
namespace net = boost::asio;
using tcp     = net::ip::tcp;

namespace {

constexpr auto as_values = net::as_tuple(net::use_awaitable);

// A connection, plain or under TLS.
struct channel {
    faulty_wire wire;
    std::optional<tls_session> tls;

    channel(tcp::socket socket, wire_fault fault) : wire{std::move(socket), fault} {}

    awaitable<bool> send(std::string_view bytes) { return tls ? tls->send(bytes) : wire.send(bytes); }
    awaitable<bool> receive(std::string& into) { return tls ? tls->receive(into) : wire.receive(into); }
};

}  // namespace

raw_answer raw_answer::without_end(std::string once, std::string_view text) {
    raw_answer answer{std::move(once)};
    answer.again  = answer.bytes.size();
    answer.repeat = endless;
    while (answer.bytes.size() < answer.again + 64 * 1024) answer.bytes += text;
    return answer;
}

struct raw_server::impl : std::enable_shared_from_this<impl> {
    net::io_context& io;
    script answers;
    raw_server_options options;
    std::shared_ptr<ssl_ctx_st> context;
    tcp::acceptor acceptor;
    std::set<std::shared_ptr<channel>> open;
    std::size_t connections = 0, requests = 0, sent = 0;

    impl(net::io_context& loop, script s, raw_server_options o)
        : io{loop}, answers{std::move(s)}, options{std::move(o)},
          acceptor{io, tcp::endpoint{net::ip::address_v4::loopback(), 0}} {
        if (options.tls) context = tls_server_context(*options.tls, options.only_tls_1_1);
    }

    awaitable<void> accept_all() {
        for (;;) {
            auto [ec, socket] = co_await acceptor.async_accept(as_values);
            if (ec) co_return;
            ++connections;
            const auto fault = options.fault ? options.fault(connections) : wire_fault{};
            auto link        = std::make_shared<channel>(std::move(socket), fault);
            open.insert(link);
            auto self = shared_from_this();
            net::co_spawn(io, serve(link, connections), [self, link](std::exception_ptr) {
                self->sent += link->wire.sent();
                self->open.erase(link);
            });
        }
    }

    awaitable<void> serve(std::shared_ptr<channel> link, std::size_t number) {
        const bool greeted = co_await link->wire.send(options.greeting);
        if (!greeted) co_return;
        if (context) {
            link->tls.emplace(context, link->wire);
            const bool shaken = co_await link->tls->handshake();
            if (!shaken) co_return;
        }
        std::string received;
        for (std::size_t request = 1;; ++request) {
            auto head_end = received.find("\r\n\r\n");
            while (head_end == std::string::npos) {
                const bool came = co_await link->receive(received);
                if (!came) co_return;
                head_end = received.find("\r\n\r\n");
            }
            ++requests;
            const auto answer = answers(number, request, received.substr(0, head_end + 4));
            received.erase(0, head_end + 4);
            const bool sent_all = co_await send(*link, answer);
            if (!sent_all) co_return;
            if (answer.then == raw_answer::ending::keep) continue;
            if (answer.linger.count() > 0) co_await link->wire.wait(answer.linger);
            co_await end(*link, answer.then);
            co_return;
        }
    }

    awaitable<void> end(channel& link, raw_answer::ending how) {
        if (how == raw_answer::ending::hang) co_await link.wire.outlast();
        if (how == raw_answer::ending::reset) link.wire.reset();
        if (how == raw_answer::ending::close && link.tls) co_await link.tls->say_goodbye();
    }

    awaitable<bool> send(channel& link, const raw_answer& answer) {
        for (std::size_t round = 0; round < answer.repeat; ++round) {
            const auto all  = std::string_view{answer.bytes}.substr(round == 0 ? 0 : answer.again);
            const auto step = answer.slice == 0 ? std::max<std::size_t>(all.size(), 1) : answer.slice;
            for (std::size_t at = 0; at < all.size(); at += step) {
                if (at > 0 && answer.between.count() > 0) co_await link.wire.wait(answer.between);
                const bool gone = !co_await link.send(all.substr(at, step));
                if (gone) co_return false;
            }
        }
        co_return true;
    }

    void stop() {
        boost::system::error_code ignored;
        acceptor.close(ignored);
        for (const auto& link : open) link->wire.close();
    }
};

raw_server::raw_server(net::io_context& io, script answers, raw_server_options options)
    : impl_{std::make_shared<impl>(io, std::move(answers), std::move(options))} {
    net::co_spawn(io, impl_->accept_all(), [self = impl_](std::exception_ptr) {});
}
raw_server::raw_server(net::io_context& io, raw_answer always, raw_server_options options)
    : raw_server{
          io, script{[always](std::size_t, std::size_t, const std::string&) { return always; }}, std::move(options)
      } {}
raw_server::~raw_server() { stop(); }
std::string raw_server::url(const std::string& path) const {
    const std::string scheme{impl_->options.tls ? "https" : "http"};
    return scheme + "://127.0.0.1:" + std::to_string(impl_->acceptor.local_endpoint().port()) + path;
}
std::size_t raw_server::connections() const { return impl_->connections; }
std::size_t raw_server::requests() const { return impl_->requests; }
std::size_t raw_server::bytes_sent() const {
    auto all = impl_->sent;
    for (const auto& link : impl_->open) all += link->wire.sent();
    return all;
}
void raw_server::stop() { impl_->stop(); }

}  // namespace forage::testing
