// The clocks and the breaker of one host, and the budget of retries: time is passed in.
#include "http/host_state.hpp"
#include "http/retry_budget.hpp"

#include <cstdint>
#include <gtest/gtest.h>
#include <limits>

namespace forage::detail {
namespace {

using namespace std::chrono_literals;
using time_point = host_state::time_point;

const time_point t0{1'000s};

TEST(host_state, keeps_requests_apart_by_the_longest_delay_that_is_asked_for) {
    host_limits limits;
    limits.delay = 100ms;
    host_state host{limits};
    host.started(t0);
    EXPECT_EQ(host.pace_clock(), t0 + 100ms);
    host.set_crawl_delay(2s, t0 + 10ms);
    EXPECT_EQ(host.pace_clock(), t0 + 2'010ms);
    host.started(t0 + 3s);
    EXPECT_EQ(host.pace_clock(), t0 + 5s);
}

TEST(host_state, is_busy_at_its_limit_and_free_below_it) {
    host_limits limits;
    limits.concurrency = 2;
    host_state host{limits};
    host.started(t0);
    EXPECT_FALSE(host.is_busy());
    host.started(t0);
    EXPECT_TRUE(host.is_busy());
    host.ended();
    EXPECT_FALSE(host.is_busy());
}

TEST(host_state, waits_as_long_as_it_was_asked_to) {
    const host_limits limits;
    host_state host{limits};
    host.throttled(t0, t0 + 10ms, 7s);
    EXPECT_EQ(host.backoff_clock(), t0 + 7'010ms);
    // A shorter wait that is asked for later does not cut the longer one.
    host.throttled(t0 + 20ms, t0 + 30ms, 1s);
    EXPECT_EQ(host.backoff_clock(), t0 + 7'010ms);
}

TEST(host_state, doubles_its_own_wait_up_to_half_a_minute) {
    host_limits limits;
    limits.failures = 0;
    host_state host{limits};
    auto now = t0;
    for (const auto wait : {1s, 2s, 4s, 8s, 16s, 30s, 30s}) {
        host.throttled(now, now, std::nullopt);
        EXPECT_EQ(host.backoff_clock(), now + wait);
        now = host.backoff_clock();
    }
    host.answered();
    host.throttled(now, now, std::nullopt);
    EXPECT_EQ(host.backoff_clock(), now + 1s);
}

TEST(host_state, takes_refusals_of_requests_that_were_out_together_as_one) {
    const host_limits limits;
    host_state host{limits};
    for (int i = 0; i < 20; ++i) host.throttled(t0, t0 + 50ms + i * 1ms, std::nullopt);
    EXPECT_LE(host.backoff_clock(), t0 + 50ms + 19ms + 1s);
    EXPECT_LT(host.open_until(), t0);
}

TEST(host_state, lets_one_request_try_after_trouble_and_more_with_each_answer) {
    const host_limits limits;
    host_state host{limits};
    host.throttled(t0, t0, 1s);
    host.started(t0 + 1s);
    EXPECT_TRUE(host.is_busy());
    host.answered();
    EXPECT_FALSE(host.is_busy());
    host.started(t0 + 3s);
    EXPECT_TRUE(host.is_busy());
}

TEST(host_state, slows_down_after_a_refusal_and_recovers) {
    const host_limits limits;
    host_state host{limits};
    host.throttled(t0, t0, 2s);
    host.started(t0 + 2s);
    EXPECT_EQ(host.pace_clock(), t0 + 4s);
    auto now = t0 + 4s;
    for (int i = 0; i < 20; ++i) {
        host.answered();
        host.ended();
        host.started(now);
        now += 10s;
    }
    EXPECT_EQ(host.pace_clock(), now - 10s);
}

TEST(host_state, opens_the_breaker_after_failures_in_a_row_and_again_after_a_failed_try) {
    const host_limits limits;
    host_state host{limits};
    for (int i = 0; i < 4; ++i) host.failed(t0);
    host.answered();
    for (int i = 0; i < 4; ++i) host.failed(t0);
    EXPECT_LT(host.open_until(), t0);
    host.failed(t0);
    EXPECT_EQ(host.open_until(), t0 + 10s);
    host.started(t0 + 10s);
    EXPECT_TRUE(host.is_busy()) << "one request tries, not many";
    host.failed(t0 + 11s);
    EXPECT_EQ(host.open_until(), t0 + 21s);
}

TEST(host_state, is_forgettable_only_when_nothing_is_known_of_it) {
    const host_limits limits;
    host_state host{limits};
    EXPECT_TRUE(host.is_forgettable(t0));
    host.started(t0);
    EXPECT_FALSE(host.is_forgettable(t0));
    host.ended();
    EXPECT_TRUE(host.is_forgettable(t0));
    host.failed(t0);
    EXPECT_FALSE(host.is_forgettable(t0 + 1h));
}

TEST(retry_budget, allows_a_few_retries_and_then_a_share_of_the_requests) {
    retry_budget budget{0.1};
    for (int i = 0; i < 1'000; ++i) budget.count_request(t0);
    int allowed = 0;
    while (budget.take(t0) && allowed < 1'000) ++allowed;
    EXPECT_EQ(allowed, 100);

    retry_budget quiet{0.1};
    allowed = 0;
    while (quiet.take(t0) && allowed < 1'000) ++allowed;
    EXPECT_EQ(allowed, 10);
}

TEST(retry_budget, forgets_what_is_older_than_ten_seconds) {
    retry_budget budget{0.1};
    int allowed = 0;
    while (budget.take(t0) && allowed < 1'000) ++allowed;
    EXPECT_FALSE(budget.take(t0 + 9s));
    EXPECT_TRUE(budget.take(t0 + 10s));
}

TEST(retry_budget, of_nothing_allows_none) {
    retry_budget budget{0};
    for (int i = 0; i < 100; ++i) budget.count_request(t0);
    EXPECT_FALSE(budget.take(t0));
}

TEST(host_state, a_host_without_a_limit_stays_without_one) {
    host_limits limits;
    limits.concurrency = SIZE_MAX;
    host_state state{limits};
    for (int i = 0; i < 200; ++i) {
        state.started(t0);
        state.ended();
        state.answered();
    }
    EXPECT_FALSE(state.is_busy());
}

TEST(retry_budget, without_a_limit_is_never_used_up) {
    retry_budget budget{std::numeric_limits<double>::infinity()};
    for (int i = 0; i < 100; ++i) {
        budget.count_request(t0);
        EXPECT_TRUE(budget.take(t0));
    }
}

}  // namespace
}  // namespace forage::detail
