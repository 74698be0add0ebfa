// When to come back: the retry policy, Retry-After, and the gate before a service.
#include "http/retry_after.hpp"
#include "search/search_state.hpp"

#include <forage/retry_policy.hpp>

#include <algorithm>
#include <gtest/gtest.h>

namespace forage::detail {
namespace {

using namespace std::chrono_literals;
using wall = std::chrono::system_clock;

const error transient{errc::server_error};

TEST(delay_before_retry, within_the_doubling_limit_and_the_cap) {
    const retry_policy policy{.attempts = 10, .base = 100ms, .cap = 1s};
    const auto longest = [&](int attempt) {
        std::chrono::milliseconds most{0};
        for (int i = 0; i < 500; ++i) most = std::max(most, delay_before_retry(policy, attempt, transient).value());
        return most;
    };
    EXPECT_LE(longest(1), 100ms);
    EXPECT_LE(longest(3), 400ms);
    EXPECT_GT(longest(3), 200ms) << "500 draws from [0, 400] all in the lower half: not in this universe";
    EXPECT_LE(longest(9), 1s);
    EXPECT_GT(longest(9), 500ms);
}

TEST(delay_before_retry, counts_the_first_try) {
    const retry_policy policy{.attempts = 3};
    EXPECT_TRUE(delay_before_retry(policy, 2, transient));
    EXPECT_FALSE(delay_before_retry(policy, 3, transient));
    EXPECT_FALSE(delay_before_retry(no_retry, 1, transient));
}

TEST(delay_before_retry, only_what_may_pass_by_itself) {
    const retry_policy policy{};
    EXPECT_TRUE(delay_before_retry(policy, 1, error{errc::timed_out}));
    EXPECT_FALSE(delay_before_retry(policy, 1, error{errc::invalid_key}));
    EXPECT_FALSE(delay_before_retry(policy, 1, error{errc::quota_exceeded}));
    EXPECT_FALSE(delay_before_retry(policy, 1, error{errc::challenge}));
    const auto everything = [](const error&) { return true; };
    retry_policy own{};
    own.retries = everything;
    EXPECT_TRUE(delay_before_retry(own, 1, error{errc::invalid_key}));
}

TEST(delay_before_retry, obeys_the_server_within_max_wait) {
    const retry_policy policy{.attempts = 3, .base = 1ms, .cap = 1ms, .max_wait = 5s};
    auto told       = transient;
    told.retry_at   = wall::now() + 3s;
    const auto wait = delay_before_retry(policy, 1, told);
    ASSERT_TRUE(wait);
    EXPECT_GT(*wait, 2s);
    EXPECT_LE(*wait, 3s);
    told.retry_at = wall::now() + 1h;
    EXPECT_FALSE(delay_before_retry(policy, 1, told));
    told.retry_at = wall::now() - 1h;
    EXPECT_LE(delay_before_retry(policy, 1, told).value(), 1ms) << "past: the backoff decides";
}

TEST(delay_before_retry, survives_odd_policies) {
    EXPECT_EQ(delay_before_retry({.base = -5ms, .cap = -5ms}, 1, transient), 0ms);
    EXPECT_EQ(delay_before_retry({.base = 0ms}, 2, transient), 0ms);
    const retry_policy huge{
        .attempts = 2'000'000'000, .base = std::chrono::milliseconds::max(), .cap = std::chrono::milliseconds::max()
    };
    EXPECT_GE(delay_before_retry(huge, 1'999'999'999, transient).value(), 0ms);
}

// 2026-11-23 14:00:00 UTC
const wall::time_point noon = wall::time_point{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}} + 14h;

TEST(retry_after, seconds) {
    EXPECT_EQ(parse_retry_after("120", noon), noon + 120s);
    EXPECT_EQ(parse_retry_after(" 0\t", noon), noon);
    EXPECT_EQ(parse_retry_after("99999999999999999999999", noon), noon + 24h * 365) << "a year at most";
}

TEST(retry_after, dates_in_all_three_forms) {
    EXPECT_EQ(parse_retry_after("Mon, 23 Nov 2026 14:05:00 GMT", noon), noon + 5min);
    EXPECT_EQ(parse_retry_after("Monday, 23-Nov-26 14:05:00 GMT", noon), noon + 5min);
    EXPECT_EQ(parse_retry_after("Mon Nov 23 14:05:00 2026", noon), noon + 5min);
    EXPECT_EQ(parse_retry_after("Sun Nov  8 14:00:00 2026", noon), noon - 15 * 24h);
    EXPECT_EQ(parse_retry_after("Fri, 31 Dec 2100 23:59:59 GMT", noon), noon + 24h * 365);
}

TEST(retry_after, two_digit_years_lie_within_fifty) {
    using namespace std::chrono;
    EXPECT_EQ(parse_http_date("Friday, 01-Jan-27 00:00:00 GMT", noon), wall::time_point{sys_days{2027y / 1 / 1}});
    EXPECT_EQ(
        parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", noon),
        wall::time_point{sys_days{1994y / 11 / 6}} + 8h + 49min + 37s
    );
}

TEST(retry_after, what_is_neither) {
    for (const auto* text :
         {"",
          " ",
          "-1",
          "1.5",
          "soon",
          "Mon, 23 Nov 2026 14:05:00",
          "Mon, 23 Nov 2026 14:05:00 CET",
          "Mon, 31 Feb 2026 14:05:00 GMT",
          "Mon, 23 Foo 2026 14:05:00 GMT",
          "Mon, 23 Nov 2026 24:05:00 GMT",
          "Mon, 23 Nov 99999 14:05:00 GMT",
          "Mon, 3 Nov 2026 14:05:00 GMT",
          "Mon, 23 Nov 2026 14:05:00 GMT x",
          "12 "
          "13"})
        EXPECT_EQ(parse_retry_after(text, noon), std::nullopt) << text;
}

class gate : public ::testing::Test {
protected:
    provider_gate door;
    provider_gate::time_point now{1h};
    manners pace{1s, 60s, 10min};
};

TEST_F(gate, keeps_the_distance) {
    EXPECT_EQ(door.wait_for_turn(now), 0ms);
    door.took_turn(now, pace);
    EXPECT_EQ(door.wait_for_turn(now), 1000ms);
    EXPECT_EQ(door.wait_for_turn(now + 400ms), 600ms);
    EXPECT_EQ(door.wait_for_turn(now + 999ms + 1us), 1ms) << "rounded up";
    EXPECT_EQ(door.wait_for_turn(now + 1s), 0ms);
}

TEST_F(gate, blocks_double_up_to_the_longest) {
    for (const auto expected : {60s, 120s, 240s, 480s, 600s, 600s}) {
        door.was_refused(now, pace);
        EXPECT_EQ(door.blocked_for(now), expected);
        now += expected;
        EXPECT_EQ(door.blocked_for(now), 0ms);
    }
    door.was_answered();
    door.was_refused(now, pace);
    EXPECT_EQ(door.blocked_for(now), 60s) << "an answer in between starts anew";
}

TEST_F(gate, a_service_without_manners_is_never_blocked) {
    door.was_refused(now, manners{});
    door.took_turn(now, manners{});
    EXPECT_EQ(door.blocked_for(now), 0ms);
    EXPECT_EQ(door.wait_for_turn(now), 0ms);
}

TEST(provider_gate, leaves_a_failing_service_alone_and_lets_one_request_try) {
    const manners none;
    provider_gate door;
    provider_gate::time_point now{1h};
    for (int i = 0; i < 4; ++i) door.has_failed(now, 5, 10s);
    EXPECT_EQ(door.open_for(now), 0ms);
    door.has_failed(now, 5, 10s);
    EXPECT_EQ(door.open_for(now), 10s);
    now += 10s;
    EXPECT_EQ(door.open_for(now), 0ms);
    door.took_turn(now, none);
    EXPECT_GT(door.open_for(now), 0ms) << "shut behind the one that tries";
    door.was_answered();
    EXPECT_EQ(door.open_for(now), 0ms);
    door.took_turn(now, none);
    EXPECT_EQ(door.open_for(now), 0ms);
}

}  // namespace
}  // namespace forage::detail
