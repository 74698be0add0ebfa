// TLS sessions: resumed for the host and port they were made with, and for nobody else.
#include "support/tls_client_fixture.hpp"

#include <openssl/ssl.h>

namespace forage::testing {
namespace {

using tls_resumption_test = tls_client_fixture;

void only_tls12(SSL_CTX* context) { SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION); }

CO_TEST_F(tls_resumption_test, the_second_handshake_resumes) {
    for (const auto& tune : {std::function<void(SSL_CTX*)>{}, std::function<void(SSL_CTX*)>{only_tls12}}) {
        tls_peer server{io, identity, tune};
        const bool first  = co_await visit(server.port());
        const bool second = co_await visit(server.port());
        const bool third  = co_await visit(server.port());
        EXPECT_FALSE(first);
        EXPECT_TRUE(second);
        EXPECT_TRUE(third);
        EXPECT_EQ(server.handshakes(), 3U);
    }
}

CO_TEST_F(tls_resumption_test, not_for_another_name_or_port) {
    for (const auto& tune : {std::function<void(SSL_CTX*)>{}, std::function<void(SSL_CTX*)>{only_tls12}}) {
        tls_peer server{io, identity, tune};
        tls_peer neighbour{io, identity, tune};
        const bool first      = co_await visit(server.port(), "web.test");
        const bool other_name = co_await visit(server.port(), "other.test");
        const bool by_address = co_await visit(server.port(), "127.0.0.1");
        const bool other_port = co_await visit(neighbour.port(), "web.test");
        EXPECT_FALSE(first || other_name || by_address || other_port);
        const bool same = co_await visit(server.port(), "web.test");
        EXPECT_TRUE(same);
    }
}

CO_TEST_F(tls_resumption_test, a_name_that_the_certificate_lacks_is_refused_all_the_same) {
    tls_peer server{io, identity};
    const bool first = co_await visit(server.port());
    EXPECT_FALSE(first);
    const auto refused = co_await secure(server.port(), "third.test");
    CO_ASSERT_TRUE(!refused);
    EXPECT_EQ(refused.error().code, errc::tls_failed);
}

CO_TEST_F(tls_resumption_test, a_ticket_of_tls13_is_used_once) {
    tls_peer server{io, identity};
    const bool first = co_await visit(server.port());
    // Nothing is read from the connections, so no further ticket is taken in.
    const auto one     = co_await secure(server.port());
    const auto another = co_await secure(server.port());
    CO_ASSERT_TRUE(one && another);
    EXPECT_FALSE(first);
    EXPECT_TRUE(one->is_resumed);
    EXPECT_FALSE(another->is_resumed);
}

CO_TEST_F(tls_resumption_test, a_server_that_forgot_shakes_hands_in_full) {
    for (const auto& tune : {std::function<void(SSL_CTX*)>{}, std::function<void(SSL_CTX*)>{only_tls12}}) {
        tls_peer server{io, identity, tune};
        const bool first = co_await visit(server.port());
        server.renew();
        const bool renewed = co_await visit(server.port());
        const bool again   = co_await visit(server.port());
        EXPECT_FALSE(first || renewed);
        EXPECT_TRUE(again);
    }
}

CO_TEST_F(tls_resumption_test, contexts_share_nothing) {
    tls_peer server{io, identity};
    const bool first = co_await visit(server.port());
    context          = new_context();
    const bool other = co_await visit(server.port());
    EXPECT_FALSE(first || other);
}

CO_TEST_F(tls_resumption_test, tickets_on_an_idle_connection_do_not_spoil_it) {
    tls_peer server{io, identity};
    auto made = co_await secure(server.port());
    CO_ASSERT_TRUE(made);
    co_await let_pass(std::chrono::milliseconds{20});  // the server's tickets arrive
    EXPECT_TRUE(made->connection->is_quiet());
    const bool heard = co_await exchange(*made->connection);
    EXPECT_TRUE(heard);
    const bool resumed = co_await visit(server.port());
    EXPECT_TRUE(resumed);
    server.stop();
    co_await let_pass(std::chrono::milliseconds{20});  // and its end
    EXPECT_FALSE(made->connection->is_quiet());
}

}  // namespace
}  // namespace forage::testing
