// Several providers in turn: who is asked, what counts as success, what the attempts say.
#include "search/chain.hpp"
#include "support/co_test.hpp"
#include "unit/search_script.hpp"

#include <gtest/gtest.h>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using detail::search_call;

class search_in_turn : public loop_fixture {
public:
    search_script script;
    search_call call{"wal mode", search_options{}};
    std::vector<provider> chain{provider::google, provider::bing, provider::duckduckgo};

    search_in_turn() { call.retry = no_retry; }
    awaitable<result<search_results>> ask() { return search_chain(script.context(), call, chain); }
    [[nodiscard]] static errc code(const search_attempt& attempt) {
        return attempt.error ? attempt.error->code : errc::ok;
    }
};

CO_TEST_F(search_in_turn, the_first_with_hits_is_the_answer) {
    script.answer(500, "");
    script.answer(200, bing_nothing);
    script.answer(200, duckduckgo_second);
    const auto found = co_await ask();
    CO_ASSERT_TRUE(found);
    EXPECT_EQ(found->hits.at(0).provider, provider::duckduckgo);
    CO_ASSERT_TRUE(found->attempts.size() == 3);
    EXPECT_EQ(found->attempts[0].provider, provider::google);
    EXPECT_EQ(code(found->attempts[0]), errc::server_error);
    EXPECT_EQ(found->attempts[1].provider, provider::bing);
    EXPECT_EQ(code(found->attempts[1]), errc::ok);
    EXPECT_EQ(found->attempts[1].hits, 0u);
    EXPECT_EQ(found->attempts[2].hits, 1u);
}

CO_TEST_F(search_in_turn, later_ones_are_not_asked) {
    script.answer(200, google_page(1, 10, 0));
    const auto found = co_await ask();
    CO_ASSERT_TRUE(found);
    EXPECT_EQ(script.requests.size(), 1u);
    EXPECT_EQ(found->attempts.size(), 1u);
}

CO_TEST_F(search_in_turn, unconfigured_ones_are_skipped_and_listed) {
    script.options.google_key = "";
    script.options.bing_key   = "";
    script.answer(200, duckduckgo_second);
    const auto found = co_await ask();
    CO_ASSERT_TRUE(found);
    CO_ASSERT_TRUE(found->attempts.size() == 3);
    EXPECT_EQ(code(found->attempts[0]), errc::not_configured);
    EXPECT_EQ(code(found->attempts[1]), errc::not_configured);
    EXPECT_EQ(code(found->attempts[2]), errc::ok);
    EXPECT_EQ(script.requests.size(), 1u);
}

CO_TEST_F(search_in_turn, none_configured_is_an_error) {
    script.options.google_key = "";
    chain                     = {provider::google};
    const auto found          = co_await ask();
    EXPECT_EQ(found.error().code, errc::not_configured);
}

CO_TEST_F(search_in_turn, nothing_found_anywhere_is_a_success) {
    chain = {provider::google, provider::bing};
    script.answer(200, google_nothing);
    script.answer(500, "");
    const auto found = co_await ask();
    CO_ASSERT_TRUE(found);
    EXPECT_TRUE(found->hits.empty());
    EXPECT_EQ(found->total_estimate, 0u);
    CO_ASSERT_TRUE(found->attempts.size() == 2);
    EXPECT_EQ(code(found->attempts[1]), errc::server_error);
}

CO_TEST_F(search_in_turn, all_failing_gives_the_last_error) {
    chain = {provider::google, provider::bing};
    script.answer(500, "");
    script.answer(401, "");
    const auto found = co_await ask();
    EXPECT_EQ(found.error().code, errc::invalid_key);
    EXPECT_EQ(found.error().host, "bing");
    EXPECT_EQ(script.log.size(), 2u);
}

CO_TEST_F(search_in_turn, order_is_the_callers_and_repeats_are_asked_once) {
    chain = {provider::bing, provider::bing, provider::google};
    script.answer(500, "");
    script.answer(500, "");
    (void)co_await ask();
    CO_ASSERT_TRUE(script.requests.size() == 2);
    EXPECT_EQ(script.requests[0].target.host(), "api.bing.microsoft.com");
    EXPECT_EQ(script.requests[1].target.host(), "www.googleapis.com");
}

CO_TEST_F(search_in_turn, one_that_hangs_leaves_time_for_the_others) {
    chain        = {provider::google, provider::bing, provider::duckduckgo};
    call.timeout = 8s;
    script.fail(errc::timed_out);
    script.fail(errc::timed_out);
    script.answer(200, duckduckgo_second);
    const auto found = co_await ask();
    CO_ASSERT_TRUE(found);
    const auto left = [&](std::size_t request) { return script.requests.at(request).until.left(); };
    EXPECT_LE(left(0), 4s);
    EXPECT_LE(left(1), 4s);
    EXPECT_GT(left(2), 4s) << "the last has all that is left";
}

CO_TEST_F(search_in_turn, a_page_token_asks_only_its_provider) {
    call.page = "bing:10";
    script.answer(500, "");
    const auto found = co_await ask();
    EXPECT_EQ(found.error().host, "bing");
    EXPECT_EQ(script.requests.size(), 1u);
    call.page        = "nobody:10";
    const auto wrong = co_await ask();
    EXPECT_EQ(wrong.error().code, errc::bad_argument);
}

CO_TEST_F(search_in_turn, wrong_calls_send_nothing) {
    call.count        = 0;
    const auto counts = co_await ask();
    EXPECT_EQ(counts.error().code, errc::bad_argument);
    call.count       = 1;
    chain            = {static_cast<provider>(77)};
    const auto found = co_await ask();
    EXPECT_EQ(found.error().code, errc::bad_argument);
    EXPECT_TRUE(script.requests.empty());
}

CO_TEST_F(search_in_turn, an_empty_chain_means_the_whole_web) {
    chain = {};
    script.answer(500, "");
    script.answer(500, "");
    script.answer(200, duckduckgo_second);
    const auto found = co_await ask();
    CO_ASSERT_TRUE(found);
    CO_ASSERT_TRUE(found->attempts.size() == 9);
    for (const auto i : {2u, 3u, 4u, 5u, 6u, 7u}) EXPECT_EQ(code(found->attempts[i]), errc::not_configured);
    EXPECT_EQ(found->attempts[8].provider, provider::duckduckgo);
}

CO_TEST_F(search_in_turn, together_all_are_asked_and_their_hits_fused) {
    call.together = true;
    chain         = {provider::google, provider::duckduckgo, provider::brave};
    script.answer(200, google_page(1, 2, 0));
    script.answer(200, duckduckgo_second);
    const auto found = co_await ask();
    CO_ASSERT_TRUE(found);
    EXPECT_EQ(script.requests.size(), 2u);
    CO_ASSERT_TRUE(found->hits.size() == 3);
    EXPECT_EQ(found->hits[0].ranks.size(), 1u);
    EXPECT_EQ(found->hits[2].rank, 3);
    EXPECT_EQ(found->next_page, "");
    CO_ASSERT_TRUE(found->attempts.size() == 3);
    EXPECT_EQ(code(found->attempts[2]), errc::not_configured);
}

CO_TEST_F(search_in_turn, together_one_that_fails_does_not_hold_the_others) {
    call.together = true;
    chain         = {provider::google, provider::duckduckgo};
    script.answer(500, "");
    script.answer(200, duckduckgo_second);
    const auto found = co_await ask();
    CO_ASSERT_TRUE(found);
    EXPECT_EQ(found->hits.size(), 1u);
    EXPECT_EQ(code(found->attempts[0]), errc::server_error);
    script.answer(500, "");
    script.answer(500, "");
    const auto nothing = co_await ask();
    EXPECT_EQ(nothing.error().code, errc::server_error);
}

TEST(provider_names, there_and_back) {
    for (std::size_t i = 0; i < detail::built_in_providers; ++i) {
        const auto p = static_cast<provider>(i);
        EXPECT_EQ(provider_named(to_string(p)), p);
    }
    EXPECT_EQ(provider_named("altavista"), std::nullopt);
    EXPECT_EQ(to_string(static_cast<provider>(77)), "unknown");
}

TEST(search_results_urls, in_order) {
    search_results results;
    results.hits.resize(2);
    results.hits[0].url = "https://a/";
    results.hits[1].url = "https://b/";
    EXPECT_EQ(results.urls(), (std::vector<std::string>{"https://a/", "https://b/"}));
}

}  // namespace
}  // namespace forage::testing
