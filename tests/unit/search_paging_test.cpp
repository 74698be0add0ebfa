// From pages to a list: counts, tokens, ranks, retries, manners, and what a failure half way leaves.
#include "search/form.hpp"
#include "support/co_test.hpp"
#include "unit/search_script.hpp"

#include <gtest/gtest.h>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using detail::deadline;
using detail::search_call;

class search_paging : public loop_fixture {
public:
    search_script script;
    search_call call{"wal mode", search_options{}};
    deadline until = deadline::after(60s);

    search_paging() { call.retry = no_retry; }
    awaitable<result<search_results>> ask(provider p) {
        return search_provider_pages(script.context(), p, call, until);
    }
    std::string sent(std::size_t request, std::string_view name) {
        return detail::form_value(script.requests.at(request).target.query(), name).value_or("none");
    }
};

CO_TEST_F(search_paging, pages_until_the_count_is_reached) {
    call.count = 15;
    script.answer(200, google_page(1, 10, 11));
    script.answer(200, google_page(11, 15, 16));
    const auto found = co_await ask(provider::google);
    CO_ASSERT_TRUE(found);
    EXPECT_EQ(found->hits.size(), 15u);
    EXPECT_EQ(found->hits.front().rank, 1);
    EXPECT_EQ(found->hits.back().rank, 15);
    EXPECT_EQ(found->hits.back().title, "T15");
    EXPECT_EQ(found->next_page, "google:16");
    EXPECT_EQ(found->total_estimate, 500u);
    EXPECT_EQ(sent(0, "num"), "10");
    EXPECT_EQ(sent(1, "num"), "5");
    EXPECT_EQ(sent(1, "start"), "11");
    CO_ASSERT_TRUE(found->attempts.size() == 1);
    EXPECT_EQ(found->attempts[0].hits, 15u);
    EXPECT_FALSE(found->attempts[0].error);
    EXPECT_FALSE(script.requests[0].follow_redirects);
    EXPECT_EQ(script.requests[0].until.time(), until.time());
}

CO_TEST_F(search_paging, goes_on_from_a_token_with_its_ranks) {
    call.page  = "google:16";
    call.count = 3;
    script.answer(200, google_page(16, 25, 26));
    const auto found = co_await ask(provider::google);
    CO_ASSERT_TRUE(found);
    EXPECT_EQ(sent(0, "start"), "16");
    EXPECT_EQ(found->hits.size(), 3u);
    EXPECT_EQ(found->hits.front().rank, 16);
    EXPECT_EQ(found->next_page, "google:19") << "more came than was asked for: nothing is lost";
}

CO_TEST_F(search_paging, never_asks_google_past_100) {
    call.count = 1000;
    for (int page = 0; page < 10; ++page)
        script.answer(200, google_page(page * 10 + 1, page * 10 + 10, page * 10 + 11));
    const auto found = co_await ask(provider::google);
    CO_ASSERT_TRUE(found);
    EXPECT_EQ(script.requests.size(), 10u);
    EXPECT_EQ(sent(9, "start"), "91");
    EXPECT_EQ(found->hits.size(), 100u);
    EXPECT_EQ(found->next_page, "");
}

CO_TEST_F(search_paging, a_service_that_repeats_itself_ends) {
    call.count = 50;
    script.answer(200, google_page(1, 10, 11));
    script.answer(200, google_page(1, 10, 21));
    const auto found = co_await ask(provider::google);
    CO_ASSERT_TRUE(found);
    EXPECT_EQ(found->hits.size(), 10u) << "no URL twice";
    EXPECT_EQ(script.requests.size(), 2u);
}

CO_TEST_F(search_paging, no_hits_are_a_success) {
    script.answer(200, google_nothing);
    const auto found = co_await ask(provider::google);
    CO_ASSERT_TRUE(found);
    EXPECT_TRUE(found->hits.empty());
    EXPECT_EQ(found->next_page, "");
}

CO_TEST_F(search_paging, a_failure_on_the_second_page_keeps_the_first) {
    call.count = 20;
    script.answer(200, google_page(1, 10, 11));
    script.answer(500, "");
    const auto found = co_await ask(provider::google);
    CO_ASSERT_TRUE(found);
    EXPECT_EQ(found->hits.size(), 10u);
    EXPECT_EQ(found->next_page, "google:11") << "where it stopped";
    CO_ASSERT_TRUE(found->attempts.at(0).error);
    EXPECT_EQ(found->attempts[0].error->code, errc::server_error);
}

CO_TEST_F(search_paging, a_failure_on_the_first_page_is_the_result) {
    script.fail(errc::connect_failed);
    const auto found = co_await ask(provider::google);
    CO_ASSERT_TRUE(!found);
    EXPECT_EQ(found.error().code, errc::connect_failed);
    EXPECT_EQ(found.error().where, phase::connect);
    EXPECT_EQ(found.error().host, "google") << "the provider, not the host of its service";
}

CO_TEST_F(search_paging, transient_failures_are_tried_again) {
    call.retry = retry_policy{.attempts = 3, .base = 1ms, .cap = 1ms};
    script.fail(errc::connect_failed);
    script.answer(503, "");
    script.answer(200, google_page(1, 10, 0));
    const auto found = co_await ask(provider::google);
    CO_ASSERT_TRUE(found);
    EXPECT_EQ(script.requests.size(), 3u);
    EXPECT_EQ(script.pauses.size(), 2u);
}

CO_TEST_F(search_paging, other_failures_are_not) {
    call.retry = retry_policy{};
    script.answer(401, "");
    const auto found = co_await ask(provider::bing);
    EXPECT_EQ(found.error().code, errc::invalid_key);
    EXPECT_EQ(script.requests.size(), 1u);
}

CO_TEST_F(search_paging, retry_after_is_obeyed_or_reported) {
    call.retry = retry_policy{};
    script.answer_retry_after(429, "2");
    script.answer_retry_after(429, "3600");
    const auto found = co_await ask(provider::google);
    CO_ASSERT_TRUE(!found);
    EXPECT_EQ(found.error().code, errc::rate_limited);
    EXPECT_TRUE(found.error().retry_at);
    CO_ASSERT_TRUE(script.pauses.size() == 1);
    EXPECT_GT(script.pauses[0], 1900ms);
    EXPECT_LE(script.pauses[0], 2000ms);
}

CO_TEST_F(search_paging, no_wait_is_begun_that_cannot_end_in_time) {
    until      = deadline::after(500ms);
    call.retry = retry_policy{};
    script.answer_retry_after(429, "2");
    const auto found = co_await ask(provider::google);
    EXPECT_EQ(found.error().code, errc::rate_limited) << "says more than 'timed out'";
    EXPECT_TRUE(script.pauses.empty());
}

CO_TEST_F(search_paging, a_key_never_gets_into_an_error_or_the_log) {
    script.options.google_key = "a+secret/key=";
    call.retry                = retry_policy{.attempts = 2, .base = 0ms};
    const std::string body =
        R"({"error":{"code":500,"message":"GET ?key=a%2Bsecret%2Fkey%3D (a+secret/key=) failed"}})";
    script.answer(500, body);
    script.answer(500, body);
    const auto found = co_await ask(provider::google);
    CO_ASSERT_TRUE(!found);
    EXPECT_EQ(found.error().what, "GET ?key=*** (**** failed");
    for (const auto& line : script.log) EXPECT_EQ(line.find("secret"), std::string::npos) << line;
    EXPECT_FALSE(script.log.empty());
}

CO_TEST_F(search_paging, wrong_calls_send_nothing) {
    const auto code_of = [&](auto change) -> awaitable<errc> {  // NOLINT: awaited in place
        const auto before = call;
        change(call);
        const auto found = co_await ask(provider::google);
        call             = before;
        co_return found ? errc::ok : found.error().code;
    };
    auto no_count     = [](search_call& c) { c.count = 0; };
    auto no_query     = [](search_call& c) { c.query = " \n"; };
    auto long_query   = [](search_call& c) { c.query = std::string(2049, 'x'); };
    auto bad_language = [](search_call& c) { c.language = "en\r\nX: y"; };
    auto other_token  = [](search_call& c) { c.page = "bing:10"; };
    auto bare_token   = [](search_call& c) { c.page = "11"; };
    auto bad_number   = [](search_call& c) { c.page = "google:101"; };
    EXPECT_EQ(co_await code_of(no_count), errc::bad_argument);
    EXPECT_EQ(co_await code_of(no_query), errc::bad_argument);
    EXPECT_EQ(co_await code_of(long_query), errc::bad_argument);
    EXPECT_EQ(co_await code_of(bad_language), errc::bad_argument);
    EXPECT_EQ(co_await code_of(other_token), errc::bad_argument);
    EXPECT_EQ(co_await code_of(bare_token), errc::bad_argument);
    EXPECT_EQ(co_await code_of(bad_number), errc::bad_argument);
    EXPECT_TRUE(script.requests.empty());
}

CO_TEST_F(search_paging, missing_keys_send_nothing) {
    script.options.google_key = "";
    const auto found          = co_await ask(provider::google);
    EXPECT_EQ(found.error().code, errc::not_configured);
    EXPECT_EQ(found.error().host, "google");
    EXPECT_TRUE(script.requests.empty());
}

CO_TEST_F(search_paging, duckduckgo_is_left_a_second_between_requests) {
    call.count = 10;
    script.answer(200, duckduckgo_one);
    script.answer(200, duckduckgo_second);
    const auto found = co_await ask(provider::duckduckgo);
    CO_ASSERT_TRUE(found);
    EXPECT_EQ(found->hits.size(), 2u);
    EXPECT_EQ(script.requests[1].method, "POST");
    EXPECT_EQ(script.requests[1].body, "q=x&s=10");
    EXPECT_EQ(script.pauses, std::vector<std::chrono::milliseconds>{1s});
}

CO_TEST_F(search_paging, duckduckgo_is_not_asked_again_for_a_while_after_a_challenge) {
    script.answer(202, "");
    const auto first = co_await ask(provider::duckduckgo);
    EXPECT_EQ(first.error().code, errc::challenge);
    EXPECT_TRUE(first.error().retry_at);

    script.now += 59s;
    const auto second = co_await ask(provider::duckduckgo);
    EXPECT_EQ(second.error().code, errc::challenge);
    EXPECT_EQ(script.requests.size(), 1u) << "not sent";

    script.now += 2s;
    script.answer(202, "");
    (void)co_await ask(provider::duckduckgo);
    EXPECT_EQ(script.requests.size(), 2u);
    script.now += 119s;
    (void)co_await ask(provider::duckduckgo);
    EXPECT_EQ(script.requests.size(), 2u) << "the block has doubled";
}

CO_TEST_F(search_paging, duckduckgo_is_not_hammered_by_retries) {
    call.retry = retry_policy{};
    script.answer(429, "");
    const auto found = co_await ask(provider::duckduckgo);
    EXPECT_EQ(found.error().code, errc::rate_limited);
    EXPECT_EQ(script.requests.size(), 1u);
    EXPECT_TRUE(script.pauses.empty());
}

CO_TEST_F(search_paging, waiting_for_a_turn_takes_no_longer_than_there_is_time) {
    script.answer(200, duckduckgo_second);
    (void)co_await ask(provider::duckduckgo);
    until            = deadline::after(900ms);
    const auto found = co_await ask(provider::duckduckgo);
    EXPECT_EQ(found.error().code, errc::timed_out);
    EXPECT_EQ(found.error().where, phase::queue);
    EXPECT_EQ(script.requests.size(), 1u);
}

CO_TEST_F(search_paging, duckduckgo_goes_on_in_the_middle_of_a_page) {
    call.count             = 1;
    const std::string both = std::string{duckduckgo_second} + duckduckgo_one;
    script.answer(200, both);
    const auto first = co_await ask(provider::duckduckgo);
    CO_ASSERT_TRUE(first);
    EXPECT_EQ(first->hits.at(0).url, "https://e.example/");
    EXPECT_EQ(first->next_page, "duckduckgo:1:");

    call.page = first->next_page;
    script.answer(200, both);
    const auto second = co_await ask(provider::duckduckgo);
    CO_ASSERT_TRUE(second);
    EXPECT_EQ(second->hits.at(0).url, "https://d.example/");
    EXPECT_EQ(second->hits.at(0).rank, 2);
    EXPECT_EQ(second->next_page, "duckduckgo:q=x&s=10");
}

CO_TEST_F(search_paging, what_an_answer_says_of_limits_holds_for_the_next_search) {
    call.count = 10;
    script.answer(200, google_page(1, 10, 0));
    script.answers.back()->fields.push_back({"X-RateLimit-Remaining", "0"});
    script.answers.back()->fields.push_back({"X-RateLimit-Reset", "5"});
    script.answer(200, google_page(1, 10, 0));
    CO_ASSERT_TRUE(co_await ask(provider::google));
    EXPECT_TRUE(script.pauses.empty());
    CO_ASSERT_TRUE(co_await ask(provider::google));
    CO_ASSERT_TRUE(script.pauses.size() == 1);
    EXPECT_GT(script.pauses[0], 4s);
    EXPECT_LE(script.pauses[0], 5s);
}

CO_TEST_F(search_paging, a_limit_that_outlasts_the_search_is_told_at_once) {
    script.answer_retry_after(429, "3600");
    const auto first = co_await ask(provider::google);
    EXPECT_EQ(first.error().code, errc::rate_limited);
    const auto second = co_await ask(provider::google);
    EXPECT_EQ(second.error().code, errc::rate_limited);
    EXPECT_EQ(second.error().where, phase::queue);
    EXPECT_TRUE(second.error().retry_at);
    EXPECT_EQ(script.requests.size(), 1u);
}

}  // namespace
}  // namespace forage::testing
