// Manners towards hosts over real sockets: Retry-After, retries and their budget, the breaker, and slots of a batch.
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"
#include "support/silent_server.hpp"
#include "support/slowness.hpp"

#include <forage/scrape.hpp>

#include <algorithm>
#include <array>
#include <ctime>
#include <map>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

class manners_test : public loopback_web {
public:
    client_options patient() {
        auto made         = options();
        made.retry_budget = 0.1;
        return made;
    }
};

miniweb::response refusal(int status, std::string_view retry_after) {
    miniweb::response answer{status, "text/plain", "later"};
    if (!retry_after.empty()) answer.fields.add("Retry-After", std::string{retry_after});
    return answer;
}

CO_TEST_F(manners_test, comes_back_when_it_was_told_to) {
    std::vector<clock_type::time_point> asked;
    auto& server = http([&](const miniweb::request&) {
        asked.push_back(clock_type::now());
        return asked.size() == 1 ? refusal(503, "1") : html_page("now");
    });
    const client web{io.get_executor(), patient()};
    const auto page = co_await scrape_page(web, url_of(server, "/"));
    CO_ASSERT_TRUE(page);
    EXPECT_EQ(page->title, "now");
    EXPECT_EQ(page->timing.attempts, 2);
    CO_ASSERT_TRUE(asked.size() == 2);
    const auto waited = asked[1] - asked[0];
    EXPECT_GE(waited, 999ms);
    EXPECT_LE(waited, 1'000ms + 100ms * slowness);
    EXPECT_EQ(web.stats().retries, 1U);
    stop_servers();
}

// RFC 9110 §5.6.7: the three forms of a date.
CO_TEST_F(manners_test, comes_back_at_the_date_it_was_told) {
    using std::chrono::system_clock;
    for (const auto* form : {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"}) {
        SCOPED_TRACE(form);
        // Dates are whole seconds, so this one is 1 to 2 s ahead.
        const auto when = system_clock::to_time_t(system_clock::now() + 2s);
        std::tm parts{};
        ::gmtime_r(&when, &parts);
        std::array<char, 64> date{};
        std::strftime(date.data(), date.size(), form, &parts);

        std::vector<system_clock::time_point> asked;
        auto& server = http([&](const miniweb::request&) {
            asked.push_back(system_clock::now());
            return asked.size() == 1 ? refusal(429, date.data()) : html_page("now");
        });
        const client web{io.get_executor(), patient()};
        const auto page = co_await scrape_page(web, url_of(server, "/"));
        CO_ASSERT_TRUE(page);
        CO_ASSERT_TRUE(asked.size() == 2);
        const auto early = system_clock::from_time_t(when) - asked[1];
        EXPECT_LE(early, 1ms);
        EXPECT_GE(early, -100ms * slowness);
    }
    stop_servers();
}

CO_TEST_F(manners_test, does_not_wait_for_a_host_that_asks_for_more_time_than_there_is) {
    auto& server = http([](const miniweb::request&) { return refusal(429, "3600"); });
    const client web{io.get_executor(), patient()};
    const auto first = co_await scrape_page(web, url_of(server, "/1"));
    CO_ASSERT_TRUE(!first);
    EXPECT_EQ(first.error().code, errc::rate_limited);
    EXPECT_EQ(first.error().http_status, 429);
    EXPECT_TRUE(first.error().retry_at.has_value());
    const auto second = co_await scrape_page(web, url_of(server, "/2"));
    CO_ASSERT_TRUE(!second);
    EXPECT_EQ(second.error().code, errc::rate_limited);
    EXPECT_EQ(second.error().where, phase::queue);
    EXPECT_EQ(server.counters().requests, 1U) << "the second was not even asked for";
    stop_servers();
}

CO_TEST_F(manners_test, tries_a_broken_connection_again) {
    raw_server server{io, [](std::size_t, std::size_t request, const std::string&) {
                          if (request == 0) return raw_answer{"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhal"};
                          return raw_answer{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole"};
                      }};
    const client web{io.get_executor(), patient()};
    const auto page = co_await scrape_page(web, server.url());
    CO_ASSERT_TRUE(page);
    EXPECT_EQ(page->text, "whole");
    server.stop();
}

CO_TEST_F(manners_test, does_not_repeat_what_the_caller_excludes) {
    auto& server = http([](const miniweb::request&) { return refusal(503, ""); });
    const client web{io.get_executor(), patient()};
    page_options once;
    once.retry      = no_retry;
    const auto page = co_await scrape_page(web, url_of(server, "/"), once);
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().http_status, 503);
    EXPECT_EQ(server.counters().requests, 1U);
    stop_servers();
}

// With the breaker off it is the budget alone that keeps a failing host from being hammered.
CO_TEST_F(manners_test, never_sends_more_than_its_retry_budget) {
    auto& server           = http([](const miniweb::request&) { return refusal(500, ""); });
    auto settings          = patient();
    settings.host_failures = 0;
    const client web{io.get_executor(), settings};
    std::vector<std::string> urls;
    for (int i = 0; i < 1'000; ++i) urls.push_back(url_of(server, "/" + std::to_string(i)));
    scrape_options how;
    how.concurrency     = 32;
    how.page.retry.base = 1ms;
    const auto batch    = co_await scrape_pages(web, urls, how);
    EXPECT_EQ(batch.failures.size(), 1'000U);
    EXPECT_GE(server.counters().requests, 1'000U);
    EXPECT_LE(server.counters().requests, 1'200U);
    EXPECT_EQ(web.stats().retries, server.counters().requests - 1'000U);
    stop_servers();
}

CO_TEST_F(manners_test, leaves_a_host_alone_that_keeps_failing_and_tries_again_later) {
    bool is_broken = true;
    auto& server   = http([&](const miniweb::request&) { return is_broken ? refusal(500, "") : html_page("well"); });
    auto settings  = options();
    settings.host_pause = 200ms;
    const client web{io.get_executor(), settings};
    for (int i = 0; i < 5; ++i) {
        const auto page = co_await scrape_page(web, url_of(server, "/"));
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().http_status, 500);
    }
    const auto refused = co_await scrape_page(web, url_of(server, "/"));
    CO_ASSERT_TRUE(!refused);
    EXPECT_EQ(refused.error().code, errc::host_unavailable);
    EXPECT_TRUE(refused.error().retry_at.has_value());
    EXPECT_EQ(server.counters().requests, 5U);

    is_broken = false;
    co_await let_pass(220ms);
    const auto page = co_await scrape_page(web, url_of(server, "/"));
    CO_ASSERT_TRUE(page);
    EXPECT_EQ(page->title, "well");
    stop_servers();
}

CO_TEST_F(manners_test, a_host_is_not_left_alone_for_a_hurry_of_the_callers) {
    const silent_server server;
    const auto web = make_client();
    page_options hurried;
    hurried.timeout = 20ms;
    for (int i = 0; i < 8; ++i) {
        const auto page = co_await scrape_page(web, server.url(), hurried);
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::timed_out) << i;
    }
}

CO_TEST_F(manners_test, a_host_is_left_alone_that_keeps_passing_a_limit_of_the_clients) {
    const silent_server server;
    auto settings               = options();
    settings.first_byte_timeout = 20ms;
    const client web{io.get_executor(), settings};
    std::vector<errc> codes;
    for (int i = 0; i < 6; ++i) {
        const auto page = co_await scrape_page(web, server.url());
        codes.push_back(page ? errc::ok : page.error().code);
    }
    const std::vector<errc> expected{
        errc::timed_out, errc::timed_out, errc::timed_out, errc::timed_out, errc::timed_out, errc::host_unavailable
    };
    EXPECT_EQ(codes, expected);
}

CO_TEST_F(manners_test, keeps_the_delay_between_two_requests_to_a_host) {
    std::vector<clock_type::time_point> asked;  // when it was sent, which is some time before a server sees it
    auto& server        = http([](const miniweb::request&) { return html_page("x"); });
    auto settings       = options();
    settings.host_delay = 100ms;
    settings.on_request = [&](const request_record& r) { asked.push_back(clock_type::now() - r.timing.total); };
    const client web{io.get_executor(), settings};
    std::vector<std::string> urls;
    for (int i = 0; i < 4; ++i) urls.push_back(url_of(server, "/" + std::to_string(i)));
    const auto batch = co_await scrape_pages(web, urls);
    EXPECT_EQ(batch.values.size(), 4U);
    CO_ASSERT_TRUE(asked.size() == 4);
    for (std::size_t i = 1; i < asked.size(); ++i) EXPECT_GE(asked[i] - asked[i - 1], 95ms);
    stop_servers();
}

// Two lanes, a slow host first in the list with as many pages as there are lanes, and a quick host behind it.
CO_TEST_F(manners_test, a_host_that_must_wait_holds_no_slot) {
    std::map<std::string, std::vector<std::string>> seen;
    const auto note = [&](const std::string& name) {
        return [&seen, name](const miniweb::request& r) {
            seen[name].push_back(r.target);
            return html_page(r.target);
        };
    };
    auto& slow          = http(note("slow"));
    auto& quick         = http(note("quick"));
    auto settings       = options();
    settings.host_delay = 300ms;
    const client web{io.get_executor(), settings};
    std::vector<std::string> urls;
    for (int i = 0; i < 3; ++i) urls.push_back(url_of(slow, "/" + std::to_string(i)));
    urls.push_back(url_of(quick, "/"));
    std::vector<std::size_t> order;
    auto mark = [&](std::size_t index, const result<page>&) { order.push_back(index); };
    scrape_options how;
    how.concurrency  = 2;
    how.on_result    = mark;
    const auto batch = co_await scrape_pages(web, urls, how);
    EXPECT_EQ(batch.values.size(), 4U);
    CO_ASSERT_TRUE(order.size() == 4);
    EXPECT_LT(std::find(order.begin(), order.end(), 3U), std::find(order.begin(), order.end(), 1U));
    stop_servers();
}

// A page that is told to come back gives its slot to others meanwhile.
CO_TEST_F(manners_test, a_retry_holds_no_slot_while_it_waits) {
    int refused = 0;
    auto& busy  = http([&](const miniweb::request&) { return refused++ == 0 ? refusal(503, "1") : html_page("late"); });
    auto& quick = http([](const miniweb::request&) { return html_page("quick"); });
    const client web{io.get_executor(), patient()};
    std::vector<std::string> urls{url_of(busy, "/")};
    for (int i = 0; i < 5; ++i) urls.push_back(url_of(quick, "/" + std::to_string(i)));
    std::vector<std::size_t> order;
    auto mark = [&](std::size_t index, const result<page>&) { order.push_back(index); };
    scrape_options how;
    how.concurrency  = 1;
    how.on_result    = mark;
    const auto batch = co_await scrape_pages(web, urls, how);
    EXPECT_EQ(batch.values.size(), 6U);
    const std::vector<std::size_t> expected{1, 2, 3, 4, 5, 0};
    EXPECT_EQ(order, expected);
    stop_servers();
}

CO_TEST_F(manners_test, never_more_requests_at_a_host_than_allowed) {
    auto& server              = http([](const miniweb::request&) {
        auto page  = html_page("x");
        page.delay = 5ms;
        return page;
    });
    auto settings             = options();
    settings.host_concurrency = 3;
    const client web{io.get_executor(), settings};
    std::vector<std::string> urls;
    for (int i = 0; i < 40; ++i) urls.push_back(url_of(server, "/" + std::to_string(i)));
    scrape_options how;
    how.concurrency  = 16;
    const auto batch = co_await scrape_pages(web, urls, how);
    EXPECT_EQ(batch.values.size(), 40U);
    EXPECT_LE(server.counters().peak_open, 3U);
    stop_servers();
}

CO_TEST_F(manners_test, finds_circles_of_redirects) {
    auto& server    = http([](const miniweb::request& r) {
        miniweb::response moved{302, "text/plain", ""};
        moved.fields.add("Location", r.target == "/a" ? "/b" : "/a");
        return moved;
    });
    const auto web  = make_client();
    const auto page = co_await scrape_page(web, url_of(server, "/a"));
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::bad_redirect);
    EXPECT_EQ(server.counters().requests, 2U);
    stop_servers();
}

CO_TEST_F(manners_test, reports_every_request) {
    auto& server = http([](const miniweb::request& r) {
        if (r.target == "/end") return html_page("end");
        miniweb::response moved{302, "text/plain", ""};
        moved.fields.add("Location", "/end");
        return moved;
    });
    std::vector<request_record> records;
    auto settings       = options();
    settings.on_request = [&](const request_record& r) { records.push_back(r); };
    const client web{io.get_executor(), settings};
    const auto page = co_await scrape_page(web, url_of(server, "/start?token=abc"));
    CO_ASSERT_TRUE(page);
    CO_ASSERT_TRUE(records.size() == 2);
    EXPECT_EQ(records[0].status, 302);
    EXPECT_EQ(records[0].url.find("abc"), std::string::npos);
    EXPECT_EQ(records[1].status, 200);
    EXPECT_EQ(records[1].method, "GET");
    EXPECT_TRUE(records[1].timing.reused);
    EXPECT_EQ(page->timing.attempts, 2);
    stop_servers();
}

}  // namespace
}  // namespace forage::testing
