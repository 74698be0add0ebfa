// Where a research ends: at its limits of pages, depth, hosts, requests, bytes and time, or when it is cancelled.
#include "support/search_web.hpp"

#include <forage/research.hpp>

#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;

using research_limits_test = search_web;

CO_TEST_F(research_limits_test, goes_no_deeper_than_it_may) {
    std::map<std::string, answer> chain;
    for (int i = 0; i < 6; ++i) {
        const auto next = "/p" + std::to_string(i + 1);
        chain["/p" + std::to_string(i)] =
            page_of("P", prose("p" + std::to_string(i) + "x") + "<a href=" + next + ">subject</a>");
    }
    serve(std::move(chain), {"/p0"});
    const auto web = searching_client();
    for (int depth = 0; depth <= 3; ++depth) {
        const auto pack = co_await research(web, "subject", {.pages = 100, .depth = depth});
        CO_ASSERT_TRUE(pack);
        EXPECT_EQ(pack->stats.pages_read, depth + 1);
        EXPECT_EQ(pack->ending, research_ending::no_more);
    }
    stop_servers();
}

CO_TEST_F(research_limits_test, keeps_the_limits_of_pages_hosts_requests_and_bytes) {
    serve(linked_pages(30, "subject"), {"/start"});
    const auto web = searching_client();
    auto pack      = co_await research(web, "subject", {.pages = 10, .depth = 1});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->stats.pages_read, 10);
    EXPECT_EQ(pack->stats.urls_considered, 31U);

    pack = co_await research(web, "subject", {.pages = 30, .depth = 1, .host_pages = 4});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->stats.pages_read, 4);
    EXPECT_EQ(pack->stats.requests, 4);
    EXPECT_EQ(pack->ending, research_ending::no_more);
    EXPECT_EQ(std::ranges::count(pack->ledger, url_fate::host_limit, &ledger_entry::fate), 27);

    const auto before = asked().size();
    pack              = co_await research(web, "subject", {.pages = 30, .depth = 1, .max_requests = 6});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->stats.requests, 6);
    EXPECT_EQ(asked().size() - before, 6U);
    EXPECT_EQ(pack->ending, research_ending::requests);
    EXPECT_TRUE(pack->is_partial());

    pack = co_await research(web, "subject", {.pages = 30, .depth = 1, .max_bytes = 2'000, .concurrency = 1});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->ending, research_ending::bytes);
    EXPECT_LT(pack->stats.pages_read, 5);
    stop_servers();
}

CO_TEST_F(research_limits_test, gives_what_it_has_when_time_is_out) {
    serve({{"/good", page_of("Good", prose("good", "This is good."))}, {"/slow", late_page()}}, {"/good", "/slow"});
    const auto web  = searching_client();
    const auto pack = co_await research(web, "good", {.pages = 2, .deadline = 500ms});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->sources.size(), 1U);
    EXPECT_FALSE(pack->passages.empty());
    EXPECT_EQ(pack->ending, research_ending::deadline);
    EXPECT_EQ(fate(*pack, "/slow"), "timed_out");
    stop_servers();
}

CO_TEST_F(research_limits_test, what_failed_counts_too) {
    std::vector<std::string> hits;
    std::map<std::string, answer> pages;
    for (int i = 0; i < 9; ++i) {
        hits.push_back("/big" + std::to_string(i));
        pages[hits.back()] = [](const miniweb::request&) {
            return miniweb::response{200, "image/png", std::string(5'000, 'x')};
        };
    }
    serve(std::move(pages), std::move(hits));
    const auto web  = searching_client();
    const auto pack = co_await research(web, "subject", {.pages = 9, .max_bytes = 12'000, .concurrency = 1});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->stats.requests, 3);
    EXPECT_GT(pack->stats.bytes, 12'000U);
    EXPECT_EQ(pack->ending, research_ending::bytes);
    stop_servers();
}

CO_TEST_F(research_limits_test, what_is_under_way_at_the_deadline_has_timed_out_at_any_depth) {
    serve(
        {{"/good", page_of("Good", prose("good", "This is good.") + "<a href=/slow>good</a>")}, {"/slow", late_page()}},
        {"/good"}
    );
    const auto web  = searching_client();
    const auto pack = co_await research(web, "good", {.pages = 5, .depth = 1, .deadline = 500ms});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(fate(*pack, "/good"), "read");
    EXPECT_EQ(fate(*pack, "/slow"), "timed_out");
    EXPECT_EQ(pack->ending, research_ending::deadline);
    stop_servers();
}

CO_TEST_F(research_limits_test, a_host_with_a_pace_does_not_hold_up_what_its_limit_ends) {
    serve(linked_pages(30, "subject"), {"/start"});
    const auto web  = searching_client(300ms);
    const auto pack = co_await research(web, "subject", {.pages = 30, .depth = 1, .host_pages = 3, .deadline = 30s});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->ending, research_ending::no_more);
    EXPECT_EQ(asked().size(), 3U);
    EXPECT_LT(pack->stats.elapsed, 5s) << "thirty turns of the host would be nine seconds";
    stop_servers();
}

CO_TEST_F(research_limits_test, one_that_is_cancelled_ends_at_once_with_nothing) {
    serve({{"/slow", late_page()}}, {"/slow"});
    auto web = searching_client();
    boost::asio::steady_timer later{io, 200ms};
    later.async_wait([&](const boost::system::error_code&) { web.cancel(); });
    const auto pack = co_await research(web, "q", {.pages = 1, .depth = 1});
    EXPECT_EQ(pack.error().code, errc::cancelled);
    stop_servers();
}

CO_TEST_F(research_limits_test, an_adaptive_one_ends_when_pages_add_nothing) {
    serve(linked_pages(60, "more", prose("start", "The subject is here.")), {"/start"});
    const auto web  = searching_client();
    const auto pack = co_await research(web, "subject", {.pages = 61, .depth = 1, .adaptive = true, .concurrency = 2});
    CO_ASSERT_TRUE(pack);
    EXPECT_EQ(pack->ending, research_ending::enough);
    EXPECT_GE(pack->stats.pages_read, 8);
    EXPECT_LT(pack->stats.pages_read, 20);
    stop_servers();
}

CO_TEST_F(research_limits_test, refuses_options_that_make_no_sense) {
    serve({}, {});
    const auto web = searching_client();
    for (const auto& wrong :
         {research_options{.pages = 0},
          research_options{.pages = 1'001},
          research_options{.depth = 4},
          research_options{.depth = -1},
          research_options{.max_tokens = -1}}) {
        const auto pack = co_await research(web, "q", wrong);
        EXPECT_EQ(pack.error().code, errc::bad_argument);
    }
    stop_servers();
}

}  // namespace
}  // namespace forage::testing
