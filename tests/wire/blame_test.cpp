// Whose fault a failure is: what comes of our own limits, options or haste, or of a proxy, is not held against a host.
#include "support/busy_pool.hpp"
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"
#include "support/slowness.hpp"

#include <forage/scrape.hpp>
#include <forage/search.hpp>

#include <string>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;

// Its servers hang until they are told to answer.
class blame_test : public loopback_web {
protected:
    raw_server::script asleep_until_woken() {
        return [this](std::size_t, std::size_t, const std::string&) {
            if (is_asleep) return raw_answer{"", raw_answer::ending::hang};
            return raw_answer{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
        };
    }
    bool is_asleep = true;
};

CO_TEST_F(blame_test, a_page_with_little_time_is_not_held_against_the_host) {
    for (const bool robots : {false, true}) {
        is_asleep = true;
        raw_server server{io, asleep_until_woken()};
        auto settings           = options();
        settings.respect_robots = robots;
        settings.host_failures  = 2;
        const client web{io.get_executor(), settings};
        for (int i = 0; i < 4; ++i) {
            const auto page = co_await scrape_page(web, server.url(), {.timeout = 50ms * slowness});
            CO_ASSERT_TRUE(!page);
            EXPECT_EQ(page.error().code, errc::timed_out) << page.error().message();
        }
        is_asleep       = false;
        const auto page = co_await scrape_page(web, server.url());
        EXPECT_TRUE(page) << page.error().message();
        server.stop();
    }
}

CO_TEST_F(blame_test, a_page_with_all_the_time_a_client_gives_is) {
    raw_server server{io, asleep_until_woken()};
    auto settings          = options();
    settings.total_timeout = 100ms * slowness;
    settings.host_failures = 2;
    const client web{io.get_executor(), settings};
    for (const auto expected : {errc::timed_out, errc::timed_out, errc::host_unavailable}) {
        const auto page = co_await scrape_page(web, server.url(), {.timeout = 0ms});
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, expected) << page.error().message();
    }
    server.stop();
}

CO_TEST_F(blame_test, a_phase_that_took_too_long_is_whatever_time_the_page_has) {
    raw_server server{io, asleep_until_woken()};
    auto settings               = options();
    settings.first_byte_timeout = 50ms * slowness;
    settings.host_failures      = 2;
    const client web{io.get_executor(), settings};
    for (const auto expected : {errc::timed_out, errc::timed_out, errc::host_unavailable}) {
        const auto page = co_await scrape_page(web, server.url(), {.timeout = 5s});
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, expected) << page.error().message();
    }
    server.stop();
}

CO_TEST_F(blame_test, certificates_that_cannot_be_read_are_the_callers_trouble) {
    auto& server           = https([](const miniweb::request&) { return html_page("x"); });
    auto settings          = options();
    settings.ca_file       = "/nonexistent/authority.pem";
    settings.host_failures = 2;
    for (const bool robots : {false, true}) {
        settings.respect_robots = robots;
        const client web{io.get_executor(), settings};
        for (int i = 1; i <= 4; ++i) {
            const auto page = co_await scrape_page(web, url_of(server, "/", true));
            CO_ASSERT_TRUE(!page);
            EXPECT_EQ(page.error().code, errc::tls_failed) << page.error().message();
            EXPECT_NE(page.error().what.find("cannot read certificates"), std::string::npos) << page.error().what;
            EXPECT_EQ(web.stats().robots_fetched, robots ? static_cast<std::uint64_t>(i) : 0U) << "or it was kept";
        }
    }
    stop_servers();
}

CO_TEST_F(blame_test, certificates_that_are_not_read_in_time_are_the_callers_trouble) {
    auto& server           = https([](const miniweb::request&) { return html_page("x"); });
    auto settings          = options();
    settings.total_timeout = 50ms * slowness;
    settings.host_failures = 2;
    const client web{io.get_executor(), settings};
    const busy_pool busy;
    for (int i = 0; i < 4; ++i) {
        const auto page = co_await scrape_page(web, url_of(server, "/", true), {.timeout = 0ms});
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::timed_out) << page.error().message();
        EXPECT_EQ(page.error().where, phase::queue) << page.error().message();
    }
    stop_servers();
}

CO_TEST_F(blame_test, what_a_proxy_refuses_is_not_held_against_the_host_behind_it) {
    for (const std::string answer :
         {"503 Service Unavailable\r\nRetry-After: 3600", "429 Slow Down", "502 Bad Gateway", "407 No", "403 No"}) {
        raw_server server{io, raw_answer{"HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n"}};
        auto settings          = options();
        settings.proxy         = server.url();
        settings.host_failures = 2;
        const client web{io.get_executor(), settings};
        for (int i = 0; i < 4; ++i) {
            const auto page = co_await scrape_page(web, "https://web.test/");
            CO_ASSERT_TRUE(!page);
            EXPECT_EQ(page.error().code, errc::proxy_failed) << page.error().message();
        }
        EXPECT_EQ(server.requests(), 4U) << answer;
        server.stop();
    }
}

CO_TEST_F(blame_test, a_search_with_little_time_is_not_held_against_the_service) {
    raw_server server{io, asleep_until_woken()};
    auto settings          = options();
    settings.google_url    = server.url();
    settings.google_key    = "key";
    settings.google_cx     = "cx";
    settings.host_failures = 2;
    const client web{io.get_executor(), settings};
    for (int i = 0; i < 4; ++i) {
        const auto found = co_await search_google(web, "question", {.timeout = 50ms * slowness});
        CO_ASSERT_TRUE(!found);
        EXPECT_EQ(found.error().code, errc::timed_out) << found.error().message();
    }
    settings.total_timeout = 100ms * slowness;
    const client hasty{io.get_executor(), settings};
    for (const auto expected : {errc::timed_out, errc::timed_out, errc::host_unavailable}) {
        const auto found = co_await search_google(hasty, "question", {.timeout = 0ms, .retry = no_retry});
        CO_ASSERT_TRUE(!found);
        EXPECT_EQ(found.error().code, expected) << found.error().message();
    }
    server.stop();
}

}  // namespace
}  // namespace forage::testing
