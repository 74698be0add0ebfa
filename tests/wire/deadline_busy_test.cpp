// Calls end by their deadline where it is not the other side that takes the time: all connections, workers or turns are
// taken. And where no deadline was given.
#include "http/client_impl.hpp"
#include "support/background_server.hpp"
#include "support/encoders.hpp"
#include "support/hostile_documents.hpp"
#include "support/loopback_web.hpp"
#include "support/silent_server.hpp"
#include "support/slowness.hpp"

#include <forage/research.hpp>
#include <forage/scrape.hpp>
#include <forage/search.hpp>

#include <boost/asio/co_spawn.hpp>

#include <memory>
#include <string>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using ending = raw_answer::ending;

class busy_test : public loopback_web {
protected:
    const std::chrono::milliseconds limit    = slowness > 1 ? 1s : 300ms;
    const std::chrono::milliseconds lateness = 100ms * slowness;

    /// The page's error and that it came in time.
    awaitable<error> page_in_time(const client& web, const std::string& url) {  // NOLINT: awaited in place
        const auto began = std::chrono::steady_clock::now();
        auto got         = co_await scrape_page(web, url, {.timeout = limit});
        EXPECT_LT(std::chrono::steady_clock::now() - began, limit + lateness);
        co_return got ? error{errc::ok} : std::move(got).error();
    }
};

CO_TEST_F(busy_test, the_only_connection_is_held_by_a_silent_host) {
    raw_server silent{io, raw_answer{"", ending::hang}};
    auto settings            = options();
    settings.max_connections = 1;
    const client web{io.get_executor(), settings};
    boost::asio::co_spawn(io, scrape_page(web, silent.url()), [](std::exception_ptr, result<forage::page>) {});
    while (silent.requests() == 0) co_await let_pass(1ms);

    auto& quick      = http([](const miniweb::request&) { return html_page("free"); });
    const auto alone = co_await page_in_time(web, url_of(quick, "/"));
    EXPECT_EQ(alone.code, errc::timed_out);
    EXPECT_EQ(alone.where, phase::queue);
    const std::vector<std::string> urls{url_of(quick, "/1"), url_of(quick, "/2")};
    const auto began = std::chrono::steady_clock::now();
    const auto batch = co_await scrape_pages(web, urls, {.deadline = limit});
    EXPECT_LT(std::chrono::steady_clock::now() - began, limit + lateness);
    EXPECT_EQ(batch.failures.size(), 2U);
    client{web}.cancel();
    stop_servers();
    silent.stop();
}

// Decoding and reading have their turn on the workers, and these have pages that take a second each, with gumbo.
CO_TEST_F(busy_test, all_workers_are_held_by_hostile_pages) {
    const auto nested = filled_with("<div>", 1'000'000);
    const background_server dear{raw_answer{"HTTP/1.1 200 OK\r\n\r\n" + nested}};
    const auto coded = encode_gzip(filled_with("{},[],0", 2'000'000), 1);
    const background_server service{
        raw_answer{"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + filled_with(coded, 40'000)}
    };
    auto settings       = options();
    settings.google_key = "key";
    settings.google_cx  = "engine";
    settings.google_url = service.url();
    const client web{io.get_executor(), settings};
    std::vector<std::string> urls;
    for (int i = 0; i < 16; ++i) urls.push_back(dear.url() + std::to_string(i));
    scrape_options slowly;
    slowly.concurrency = 16;
    slowly.page.reader = html_reader::gumbo;
    const auto is_over = std::make_shared<bool>(false);  // the batch may end after this test has
    auto note          = [is_over](const std::exception_ptr&, const scrape_batch&) { *is_over = true; };
    boost::asio::co_spawn(io, scrape_pages(web, urls, slowly), note);
    co_await let_pass(limit);
    EXPECT_FALSE(*is_over);
    const auto began  = std::chrono::steady_clock::now();
    const auto search = co_await search_google(web, "question", {.timeout = limit});
    EXPECT_LT(std::chrono::steady_clock::now() - began, limit + lateness);
    CO_ASSERT_TRUE(!search);
    EXPECT_EQ(search.error().code, errc::timed_out);
    EXPECT_EQ(search.error().where, phase::decode);
    const auto page = co_await page_in_time(web, dear.url());
    EXPECT_EQ(page.code, errc::timed_out);
    EXPECT_EQ(page.where, phase::read);
    client{web}.cancel();
}

CO_TEST_F(busy_test, a_host_that_is_to_be_left_alone) {
    auto& server = http([](const miniweb::request&) {
        miniweb::response answer{429, "text/plain", "later"};
        answer.fields.add("Retry-After", "30");
        return answer;
    });
    const client web{io.get_executor(), options()};
    const auto told = co_await page_in_time(web, url_of(server, "/"));
    EXPECT_EQ(told.code, errc::rate_limited);
    const auto alone = co_await page_in_time(web, url_of(server, "/"));
    EXPECT_EQ(alone.code, errc::rate_limited);
    EXPECT_EQ(alone.where, phase::queue);
    stop_servers();
}

CO_TEST_F(busy_test, a_server_that_does_not_take_the_request) {
    const silent_server deaf;
    auto settings       = options();
    settings.user_agent = std::string(32U << 20U, 'x');  // more than the buffers of two sockets hold
    const client web{io.get_executor(), settings};
    const auto page = co_await page_in_time(web, deaf.url());
    EXPECT_EQ(page.code, errc::timed_out);
    EXPECT_EQ(page.where, phase::send);
}

CO_TEST_F(busy_test, a_host_whose_turn_comes_too_late) {
    auto& server        = http([](const miniweb::request&) { return html_page("slowly"); });
    auto settings       = options();
    settings.host_delay = 60s;
    const client web{io.get_executor(), settings};
    const auto first = co_await page_in_time(web, url_of(server, "/"));
    EXPECT_EQ(first.code, errc::ok);
    const auto second = co_await page_in_time(web, url_of(server, "/"));
    EXPECT_EQ(second.code, errc::timed_out);
    EXPECT_EQ(second.where, phase::queue);
    stop_servers();
}

// What a caller in a hurry could not wait for says nothing to others.
CO_TEST_F(busy_test, a_short_deadline_is_not_held_against_the_host) {
    bool is_asleep = true;
    raw_server server{io, [&](std::size_t, std::size_t, const std::string&) {
                          if (is_asleep) return raw_answer{"", ending::hang};
                          return raw_answer{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
                      }};
    auto settings           = options();
    settings.respect_robots = true;
    settings.host_failures  = 2;
    const client web{io.get_executor(), settings};
    const std::vector<std::string> urls{server.url("/1"), server.url("/2"), server.url("/3")};
    for (int batches = 0; batches < 3; ++batches) {
        const auto batch = co_await scrape_pages(web, urls, {.deadline = limit / 3});
        EXPECT_EQ(batch.failures.size(), 3U);
    }
    is_asleep        = false;
    const auto awake = co_await page_in_time(web, server.url("/4"));
    EXPECT_EQ(awake.code, errc::ok) << awake.message();
    server.stop();
}

CO_TEST_F(busy_test, research_without_a_deadline_has_the_clients) {
    raw_server silent{io, raw_answer{"", ending::hang}};
    auto settings           = options();
    settings.total_timeout  = limit;
    settings.duckduckgo_url = silent.url();
    const client web{io.get_executor(), settings};
    const auto began = std::chrono::steady_clock::now();
    const auto pack  = co_await research(web, "question", {.deadline = 0ms});
    EXPECT_LT(std::chrono::steady_clock::now() - began, limit + lateness);
    CO_ASSERT_TRUE(!pack);
    EXPECT_EQ(pack.error().code, errc::timed_out);
    silent.stop();
}

TEST(busy, no_total_at_all_is_the_default_one) {
    boost::asio::io_context io;
    client_options settings;
    settings.total_timeout = 0ms;
    const client web{io.get_executor(), settings};
    EXPECT_EQ(web.impl()->time_for(0ms), client_options{}.total_timeout);
    EXPECT_EQ(web.impl()->time_for(5ms), 5ms);
    EXPECT_TRUE(detail::deadline::after(std::chrono::milliseconds::max()).is_never());
}

}  // namespace
}  // namespace forage::testing
