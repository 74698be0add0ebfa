#include "support/tls_peer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <exception>
#include <openssl/ssl.h>
#include <set>

namespace forage::testing {
namespace net = boost::asio;
using tcp     = net::ip::tcp;

namespace {
constexpr auto as_values = net::as_tuple(net::use_awaitable);
using secure_socket      = net::ssl::stream<tcp::socket>;
}  // namespace

struct tls_peer::impl : std::enable_shared_from_this<impl> {
    net::io_context& io;
    miniweb::tls_identity identity;
    std::function<void(ssl_ctx_st*)> tune;
    std::shared_ptr<net::ssl::context> context;
    tcp::acceptor acceptor;
    std::set<std::shared_ptr<secure_socket>> open;
    std::size_t handshakes = 0;

    impl(net::io_context& loop, const miniweb::tls_identity& shown, std::function<void(ssl_ctx_st*)> t)
        : io{loop}, identity{shown}, tune{std::move(t)}, acceptor{io, {net::ip::address_v4::loopback(), 0}} {
        renew();
    }

    void renew() {
        context = std::make_shared<net::ssl::context>(net::ssl::context::tls_server);
        context->use_certificate_chain(net::buffer(identity.certificate));
        context->use_private_key(net::buffer(identity.private_key), net::ssl::context::pem);
        if (tune) tune(context->native_handle());
    }

    net::awaitable<void> accept_all() {
        for (;;) {
            auto [ec, socket] = co_await acceptor.async_accept(as_values);
            if (ec) co_return;
            auto secure = std::make_shared<secure_socket>(std::move(socket), *context);
            open.insert(secure);
            auto self = shared_from_this();
            net::co_spawn(io, serve(secure, context), [self, secure](std::exception_ptr) { self->open.erase(secure); });
        }
    }

    net::awaitable<void> serve(std::shared_ptr<secure_socket> secure, std::shared_ptr<net::ssl::context>) {
        const auto [failed] = co_await secure->async_handshake(net::ssl::stream_base::server, as_values);
        if (failed) co_return;
        ++handshakes;
        std::array<char, 256> bytes{};
        for (;;) {
            const auto [ec, size] = co_await secure->async_read_some(net::buffer(bytes), as_values);
            if (ec) co_return;
            const auto [broken, sent] = co_await net::async_write(*secure, net::buffer(bytes, size), as_values);
            if (broken) co_return;
        }
    }

    void stop() {
        boost::system::error_code ignored;
        acceptor.close(ignored);
        for (const auto& secure : open) secure->next_layer().close(ignored);
    }
};

tls_peer::tls_peer(net::io_context& io, const miniweb::tls_identity& identity, std::function<void(ssl_ctx_st*)> tune)
    : impl_{std::make_shared<impl>(io, identity, std::move(tune))} {
    net::co_spawn(io, impl_->accept_all(), [self = impl_](std::exception_ptr) {});
}
tls_peer::~tls_peer() { stop(); }
std::uint16_t tls_peer::port() const { return impl_->acceptor.local_endpoint().port(); }
std::size_t tls_peer::handshakes() const { return impl_->handshakes; }
void tls_peer::renew() { impl_->renew(); }
void tls_peer::stop() { impl_->stop(); }

}  // namespace forage::testing
