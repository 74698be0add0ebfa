// What tests of the handshake share: a certificate authority, a client's context that trusts it, and a way to connect.
#pragma once

#include "net/tls.hpp"
#include "support/loopback_web.hpp"
#include "support/tls_peer.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <string>
#include <utility>

namespace forage::testing {

class tls_client_fixture : public loop_fixture {
public:
    using secured = detail::tls_context::secured;

    miniweb::certificate_authority authority;
    temporary_file ca_file{authority.certificate()};
    std::shared_ptr<detail::tls_context> context = new_context();
    miniweb::tls_identity identity = authority.issue({.names = {"web.test", "other.test"}, .addresses = {"127.0.0.1"}});

    [[nodiscard]] std::shared_ptr<detail::tls_context> new_context() const {
        return detail::tls_context::load({ca_file.path(), false}).value();
    }

    /// A handshake on a new connection.
    awaitable<result<secured>> secure(std::uint16_t port, std::string host = "web.test") {
        namespace net = boost::asio;
        net::ip::tcp::socket socket{io};
        const net::ip::tcp::endpoint to{net::ip::address_v4::loopback(), port};
        co_await socket.async_connect(to, net::use_awaitable);
        socket.set_option(net::ip::tcp::no_delay{true});
        co_return co_await context->handshake(std::move(socket), std::move(host), port);
    }

    /// Says a word and reads its echo: in TLS 1.3 tickets come with the first data.
    static awaitable<bool> exchange(detail::stream& over) {
        const std::string word = "hello";
        const auto sent        = co_await over.write_all(boost::asio::buffer(word));
        if (std::get<0>(sent)) co_return false;
        std::string heard(16, '\0');
        const auto [ec, size] = co_await over.read_some(boost::asio::buffer(heard));
        heard.resize(size);
        co_return !ec && heard == word;
    }

    /// Connects, says a word, closes; whether the session was resumed.
    awaitable<bool> visit(std::uint16_t port, std::string host = "web.test") {
        auto made = co_await secure(port, std::move(host));
        EXPECT_TRUE(made);
        if (!made) co_return false;
        const bool heard = co_await exchange(*made->connection);
        EXPECT_TRUE(heard);
        co_return made->is_resumed;
    }
};

}  // namespace forage::testing
