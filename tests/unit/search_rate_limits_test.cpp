// What services say of their limits, each dialect as its service writes it.
#include "http/message.hpp"
#include "search/rate_limits.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace forage::detail {
namespace {

using namespace std::chrono_literals;

const auto now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 28} + 12h;

rate_limits limits(const std::vector<field>& fields) {
    provider_answer answer;
    answer.fields = &fields;
    answer.now    = now;
    return read_rate_limits(answer);
}

std::chrono::milliseconds wait(const rate_limits& said) {
    return said.not_before ? std::chrono::duration_cast<std::chrono::milliseconds>(*said.not_before - now) : -1ms;
}

TEST(rate_limits, nothing_said) {
    const auto said = limits({{"Content-Type", "application/json"}});
    EXPECT_FALSE(said.not_before || said.gap || said.is_spent || said.is_long);
}

TEST(rate_limits, retry_after_in_every_form) {
    EXPECT_EQ(wait(limits({{"Retry-After", "120"}})), 120s);
    EXPECT_EQ(wait(limits({{"Retry-After", "Sat, 28 Nov 2026 12:00:30 GMT"}})), 30s);
    EXPECT_EQ(wait(limits({{"Retry-After", "Saturday, 28-Nov-26 12:00:30 GMT"}})), 30s);
    EXPECT_EQ(wait(limits({{"Retry-After", "Sat Nov 28 12:00:30 2026"}})), 30s);
    EXPECT_EQ(wait(limits({{"retry-after-ms", "1500"}})), 1500ms) << "Azure";
    EXPECT_EQ(wait(limits({{"Retry-After", "1"}, {"retry-after-ms", "1500"}})), 1500ms) << "the later of two";
    EXPECT_EQ(wait(limits({{"retry-after-ms", "-5"}})), -1ms);
}

TEST(rate_limits, braves_windows) {
    const auto open = limits(
        {{"X-RateLimit-Limit", "1, 15000"},
         {"X-RateLimit-Policy", "1;w=1, 15000;w=2592000"},
         {"X-RateLimit-Remaining", "1, 14832"},
         {"X-RateLimit-Reset", "1, 1419704"}}
    );
    EXPECT_FALSE(open.is_spent);
    EXPECT_FALSE(open.not_before);
    const auto second = limits({{"X-RateLimit-Remaining", "0, 14832"}, {"X-RateLimit-Reset", "1, 1419704"}});
    EXPECT_TRUE(second.is_spent);
    EXPECT_FALSE(second.is_long);
    EXPECT_EQ(wait(second), 1s);
    const auto month = limits({{"X-RateLimit-Remaining", "1, 0"}, {"X-RateLimit-Reset", "1, 1419704"}});
    EXPECT_TRUE(month.is_spent && month.is_long);
    EXPECT_EQ(wait(month), 1419704s);
}

TEST(rate_limits, a_limit_of_0_is_none) {
    const auto metered =
        limits({{"X-RateLimit-Limit", "50, 0"}, {"X-RateLimit-Remaining", "49, 0"}, {"X-RateLimit-Reset", "1, 719977"}}
        );
    EXPECT_FALSE(metered.is_spent);
    EXPECT_FALSE(metered.not_before);
}

TEST(rate_limits, githubs_time_of_day) {
    const auto said = limits({{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "1795867260"}});
    EXPECT_TRUE(said.is_spent);
    EXPECT_FALSE(said.is_long) << "a minute is no quota";
    EXPECT_EQ(wait(said), 60s);
    EXPECT_EQ(wait(limits({{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "1795867260000"}})), 60s) << "in ms";
    EXPECT_FALSE(limits({{"x-ratelimit-remaining", "9"}, {"x-ratelimit-reset", "1795867260"}}).not_before);
}

TEST(rate_limits, crossrefs_interval) {
    EXPECT_EQ(limits({{"x-rate-limit-limit", "50"}, {"x-rate-limit-interval", "1s"}}).gap, 20ms);
    EXPECT_EQ(limits({{"x-rate-limit-limit", "6"}, {"x-rate-limit-interval", "1m"}}).gap, 10s);
    EXPECT_FALSE(limits({{"x-rate-limit-limit", "0"}, {"x-rate-limit-interval", "1s"}}).gap);
    EXPECT_FALSE(limits({{"x-rate-limit-limit", "50"}}).gap);
}

TEST(rate_limits, the_ietfs_fields) {
    const auto now_spent =
        limits({{"RateLimit-Policy", "\"b\";q=10;w=2"}, {"RateLimit", "\"b\";r=0;t=2, \"day\";r=41;t=7200"}});
    EXPECT_TRUE(now_spent.is_spent);
    EXPECT_FALSE(now_spent.is_long);
    EXPECT_EQ(wait(now_spent), 2s);
    EXPECT_EQ(wait(limits({{"RateLimit", "limit=100, remaining=0, reset=9"}})), 9s) << "an earlier draft";
    EXPECT_EQ(wait(limits({{"RateLimit-Remaining", "0"}, {"RateLimit-Reset", "7"}})), 7s) << "the first draft";
    EXPECT_TRUE(limits({{"RateLimit", "\"day\";r=0;t=7200"}}).is_long);
}

TEST(rate_limits, of_nonsense_nothing_comes) {
    for (const char* value : {"", "x", ",", "=;=,", "\"a\";r=;t=", "-1", "0x10", ";;;;"}) {
        const auto said = limits(
            {{"RateLimit", value},
             {"X-RateLimit-Remaining", value},
             {"X-RateLimit-Reset", value},
             {"Retry-After", value},
             {"retry-after-ms", value}}
        );
        EXPECT_FALSE(said.not_before) << value;
        EXPECT_FALSE(said.is_spent) << value;
    }
    for (const char* reset : {"999999999", "999999999999999", "4000000"})
        EXPECT_EQ(wait(limits({{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", reset}})), -1ms) << reset;
}

TEST(rate_limits, combined_the_more_patient_counts) {
    rate_limits header, body;
    header.not_before = now + 1s;
    header.is_spent   = true;
    body.not_before   = now + 10s;
    body.is_long      = true;
    const auto both   = combined(header, body);
    EXPECT_EQ(wait(both), 10s);
    EXPECT_TRUE(both.is_spent && both.is_long);
    EXPECT_EQ(wait(combined(both, {})), 10s);
}

}  // namespace
}  // namespace forage::detail
