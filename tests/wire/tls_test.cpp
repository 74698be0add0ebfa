// Whom TLS trusts, and what it says when it does not.
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"

#include <forage/scrape.hpp>

namespace forage::testing {
namespace {

using tls_test = loopback_web;
using namespace std::chrono_literals;

miniweb::response hello(const miniweb::request&) { return html_page("secret"); }

CO_TEST_F(tls_test, refuses_what_it_cannot_verify_and_says_why) {
    const auto names = std::vector<std::string>{"web.test"};
    struct refused_certificate {
        const char* name;
        miniweb::tls_identity identity;
        const char* says;
    };
    const miniweb::certificate_authority stranger{"a stranger"};
    const std::vector<refused_certificate> cases{
        {"expired",
         authority.issue({.names = names, .addresses = {}, .not_before = -48h, .not_after = -24h}),
         "expired on"},
        {"not yet",
         authority.issue({.names = names, .addresses = {}, .not_before = 24h, .not_after = 48h}),
         "valid only from"},
        {"other name", authority.issue({.names = {"elsewhere.test"}, .addresses = {}}), "DNS:elsewhere.test"},
        {"self-signed", miniweb::self_signed({.names = names, .addresses = {}}), "not trusted"},
        {"unknown authority", stranger.issue({.names = names, .addresses = {}}), "not trusted"},
    };
    for (const auto& c : cases) {
        auto& server    = https(hello, c.identity);
        const auto web  = make_client();
        const auto page = co_await scrape_page(web, url_of(server, "/", true));
        EXPECT_FALSE(page) << c.name;
        if (page) continue;
        EXPECT_EQ(page.error().code, errc::tls_failed) << c.name;
        EXPECT_EQ(page.error().where, phase::tls) << c.name;
        EXPECT_NE(page.error().what.find(c.says), std::string::npos) << c.name << ": " << page.error().what;
        EXPECT_EQ(server.counters().requests, 0U) << c.name;
    }
    stop_servers();
}

CO_TEST_F(tls_test, checks_addresses_like_names) {
    auto& server          = https(hello);
    const auto web        = make_client();
    const auto by_address = co_await scrape_page(web, "https://127.0.0.1:" + std::to_string(server.port()) + "/");
    EXPECT_TRUE(by_address);
    const auto other_address = co_await scrape_page(web, "https://127.0.0.2:" + std::to_string(server.port()) + "/");
    EXPECT_FALSE(other_address);  // nothing listens there, or the certificate does not fit
    const auto other_name = co_await scrape_page(web, "https://other.test:" + std::to_string(server.port()) + "/");
    CO_ASSERT_TRUE(!other_name);
    EXPECT_EQ(other_name.error().code, errc::tls_failed);
    stop_servers();
}

CO_TEST_F(tls_test, a_server_that_speaks_no_tls) {
    auto& plain     = http(hello);
    const auto web  = make_client();
    const auto page = co_await scrape_page(web, url_of(plain, "/", true));
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::tls_failed);
    stop_servers();
}

CO_TEST_F(tls_test, a_handshake_that_stalls_ends_by_its_deadline) {
    boost::asio::io_context& context = io;
    raw_server silent{context, raw_answer{"", raw_answer::ending::hang}};
    auto url = silent.url();
    url.replace(0, 4, "https");
    auto settings        = options();
    settings.tls_timeout = 150ms;
    const client web{io.get_executor(), settings};
    const auto page = co_await scrape_page(web, url);
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::timed_out);
    EXPECT_EQ(page.error().where, phase::tls);
}

CO_TEST_F(tls_test, a_missing_ca_file_is_said_so) {
    auto& server     = https(hello);
    auto settings    = options();
    settings.ca_file = "/nonexistent/ca.pem";
    const client web{io.get_executor(), settings};
    const auto page = co_await scrape_page(web, url_of(server, "/", true));
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::tls_failed);
    EXPECT_NE(page.error().message().find("/nonexistent/ca.pem"), std::string::npos);
    stop_servers();
}

}  // namespace
}  // namespace forage::testing
