// Handshakes that fail, in words; and what a connection says about its end.
#include "net/tls_stream.hpp"
#include "support/raw_server.hpp"
#include "support/tls_client_fixture.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <memory>
#include <openssl/ssl.h>
#include <string>

namespace forage::testing {
namespace {

namespace net = boost::asio;
using tcp     = net::ip::tcp;

class tls_handshake_test : public tls_client_fixture {
public:
    /// Expects the handshake to fail with these words and some advice.
    awaitable<void> expect_failure(std::uint16_t port, const char* words) {
        const auto made = co_await secure(port);
        EXPECT_FALSE(made) << words;
        if (made) co_return;
        EXPECT_EQ(made.error().code, errc::tls_failed);
        EXPECT_EQ(made.error().where, phase::tls);
        EXPECT_NE(made.error().what.find(words), std::string::npos) << made.error().what;
        EXPECT_FALSE(made.error().hint.empty()) << words;
    }
    /// Handshake with a server that says `bytes` to whoever connects and closes, gently or with a reset.
    awaitable<void> expect_failure_after(std::string bytes, bool reset, const char* words) {
        tcp::acceptor acceptor{io, {net::ip::address_v4::loopback(), 0}};
        const auto serve = [&]() -> awaitable<void> {
            auto peer = co_await acceptor.async_accept(net::use_awaitable);
            // What the client says is read first, else closing would reset the connection.
            std::array<char, 4096> heard{};
            if (!reset) co_await peer.async_read_some(net::buffer(heard), net::use_awaitable);
            co_await net::async_write(peer, net::buffer(bytes), net::use_awaitable);
            if (reset) peer.set_option(net::socket_base::linger{true, 0});
        };
        auto serving = net::co_spawn(io, serve(), net::deferred);
        auto asking  = net::co_spawn(io, expect_failure(acceptor.local_endpoint().port(), words), net::deferred);
        auto both    = net::experimental::make_parallel_group(std::move(serving), std::move(asking));
        co_await both.async_wait(net::experimental::wait_for_all(), net::use_awaitable);
    }
};

CO_TEST_F(tls_handshake_test, what_is_no_tls) {
    co_await expect_failure_after("HTTP/1.1 400 Bad Request\r\n\r\n", false, "does not speak TLS");
    co_await expect_failure_after("220 mail.test ESMTP\r\n", false, "does not speak TLS");
    co_await expect_failure_after("", false, "closed the connection during the handshake");
    co_await expect_failure_after("", true, "cut the connection during the handshake");
}

CO_TEST_F(tls_handshake_test, alerts_in_words) {
    // Fatal alerts by RFC 8446 §6.2: a record of type 21, version 3.3, two bytes.
    const auto alert = [](char description) { return std::string{"\x15\x03\x03\x00\x02\x02", 6} + description; };
    co_await expect_failure_after(alert(40), false, "no cipher in common");
    co_await expect_failure_after(alert(70), false, "no version of TLS from 1.2 on");
    co_await expect_failure_after(alert(80), false, "an error of its own");
    co_await expect_failure_after(alert(112), false, "no site of that name");
    co_await expect_failure_after(alert(116), false, "a certificate from its clients");
    co_await expect_failure_after(alert(120), false, "does not offer HTTP/1.1");
    co_await expect_failure_after(alert(90), false, "no TLS handshake");
}

CO_TEST_F(tls_handshake_test, servers_that_are_too_old) {
    tls_peer old{io, identity, [](SSL_CTX* offered) {
                     SSL_CTX_set_cipher_list(offered, "ALL:@SECLEVEL=0");
                     SSL_CTX_set_min_proto_version(offered, TLS1_VERSION);
                     SSL_CTX_set_max_proto_version(offered, TLS1_1_VERSION);
                 }};
    co_await expect_failure(old.port(), "no version of TLS from 1.2 on");
    tls_peer without_encryption{io, identity, [](SSL_CTX* offered) {
                                    SSL_CTX_set_max_proto_version(offered, TLS1_2_VERSION);
                                    SSL_CTX_set_cipher_list(offered, "eNULL:@SECLEVEL=0");
                                }};
    co_await expect_failure(without_encryption.port(), "no cipher in common");
}

CO_TEST_F(tls_handshake_test, certificates_for_others_name_them) {
    const auto many = authority.issue(
        {.names = {"a.test", "b.test", "c.test", "d.test", "e.test", "f.test", "g.test"}, .addresses = {}}
    );
    tls_peer server{io, many};
    const auto refused = co_await secure(server.port());
    CO_ASSERT_TRUE(!refused);
    EXPECT_NE(refused.error().what.find("DNS:a.test"), std::string::npos) << refused.error().what;
    EXPECT_NE(refused.error().what.find("and 2 more"), std::string::npos) << refused.error().what;
    EXPECT_EQ(server.handshakes(), 0U);
}

CO_TEST_F(tls_handshake_test, an_end_that_is_not_announced_is_no_plain_end) {
    tls_peer server{io, identity};
    auto made = co_await secure(server.port());
    CO_ASSERT_TRUE(made);
    const bool heard = co_await exchange(*made->connection);
    EXPECT_TRUE(heard);
    server.stop();
    std::array<char, 16> bytes{};
    const auto [ec, size] = co_await made->connection->read_some(net::buffer(bytes));
    EXPECT_TRUE(ec);
    EXPECT_NE(ec, net::error::eof);
    EXPECT_EQ(size, 0U);
}

CO_TEST_F(tls_handshake_test, much_goes_both_ways) {
    tls_peer server{io, identity};
    auto made = co_await secure(server.port());
    CO_ASSERT_TRUE(made);
    // More than the sockets' buffers would hold at once is not needed: the echo is read while it comes.
    const std::string sent(100'000, 'x');
    const auto [failed, written] = co_await made->connection->write_all(net::buffer(sent));
    EXPECT_FALSE(failed);
    EXPECT_EQ(written, sent.size());
    std::string heard;
    std::string piece(10'000, '\0');
    while (heard.size() < sent.size()) {
        const auto [ec, size] = co_await made->connection->read_some(net::buffer(piece));
        CO_ASSERT_TRUE(!ec);
        heard.append(piece, 0, size);
    }
    EXPECT_EQ(heard, sent);
}

// OpenSSL has no reason to give when it is called again after a failure; none is not success.
CO_TEST_F(tls_handshake_test, a_stream_that_has_failed_never_succeeds) {
    raw_server_options garbage;
    garbage.greeting = std::string(64, 'Z');
    raw_server server{io, raw_answer{"", raw_answer::ending::hang}, garbage};
    const auto port =
        static_cast<std::uint16_t>(std::stoi(server.url().substr(std::string{"http://127.0.0.1:"}.size())));
    tcp::socket socket{io};
    const tcp::endpoint there{net::ip::address_v4::loopback(), port};
    co_await socket.async_connect(there, net::use_awaitable);
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> offered{SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
    detail::tls_stream stream{offered.get(), std::move(socket)};
    const auto failed = co_await stream.handshake();
    EXPECT_TRUE(failed);
    for (int i = 0; i < 2; ++i) {
        std::string into(16, '\0');
        const auto [read, got] = co_await stream.read_some(net::buffer(into));
        EXPECT_TRUE(read);
        EXPECT_EQ(got, 0U);
        const auto [written, put] = co_await stream.write_all(net::buffer(into));
        EXPECT_TRUE(written);
        EXPECT_EQ(put, 0U);
    }
    server.stop();
}

}  // namespace
}  // namespace forage::testing
