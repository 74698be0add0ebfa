// Errors, results and secrets: what they print and what they never print.
#include <forage/client.hpp>
#include <forage/result.hpp>
#include <forage/retry_policy.hpp>

#include <gtest/gtest.h>

namespace forage {
namespace {

TEST(error, message_says_what_where_and_what_to_do) {
    auto e = error{errc::timed_out, "no answer", "allow more time"}.at(phase::first_byte).on("example.com");
    EXPECT_EQ(e.message(), "example.com: timed_out (first_byte): no answer; allow more time");
    e.retry_at = std::chrono::system_clock::time_point{std::chrono::seconds{86400}};
    EXPECT_NE(e.message().find("retry at 1970-01-02T00:00:00Z"), std::string::npos);
}

TEST(error, every_code_has_a_name_of_its_own_in_the_category) {
    std::vector<std::string> names;
    for (int i = 0; i <= static_cast<int>(errc::internal); ++i) names.push_back(category().message(i));
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
    const std::error_code code = errc::timed_out;
    EXPECT_EQ(code.message(), "timed_out");
}

TEST(result, is_not_run_until_something_is_put_in) {
    result<int> r;
    EXPECT_FALSE(r);
    EXPECT_EQ(r.error().code, errc::not_run);
    EXPECT_THROW((void)r.value(), exception);
    r = 7;
    EXPECT_EQ(r.value(), 7);
    EXPECT_EQ(result<int>{}.value_or(3), 3);
    EXPECT_FALSE(result<void>{});
    EXPECT_TRUE(result<void>::success());
}

template <class T>
concept prints = requires(std::ostream& out, const T& t) { out << t; };
static_assert(!prints<secret>, "a secret must not be printable");
static_assert(!std::is_convertible_v<secret, std::string>);

TEST(retry, obeys_the_server_and_gives_up_when_asked_to_wait_too_long) {
    error busy{errc::rate_limited, "slow down"};
    busy.retry_at   = std::chrono::system_clock::now() + std::chrono::seconds{2};
    const auto wait = delay_before_retry({}, 1, busy);
    ASSERT_TRUE(wait);
    EXPECT_GT(*wait, std::chrono::milliseconds{1500});
    EXPECT_LE(*wait, std::chrono::milliseconds{2100});
    busy.retry_at = std::chrono::system_clock::now() + std::chrono::hours{1};
    EXPECT_FALSE(delay_before_retry({}, 1, busy));
    EXPECT_FALSE(delay_before_retry({}, 3, error{errc::timed_out})) << "three tries are all";
    EXPECT_FALSE(delay_before_retry({}, 1, error{errc::bad_request}));
}

}  // namespace
}  // namespace forage
