// Retry-After and the three forms of HTTP-date.
#include "http/retry_after.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <string_view>

namespace forage::detail {
namespace {

using namespace std::chrono_literals;
using time_point = std::chrono::system_clock::time_point;

// RFC 9110 §5.6.7 gives this moment in all three forms.
constexpr time_point example{784111777s};
constexpr time_point start{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};

TEST(http_date, is_read_in_all_three_forms) {
    EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT", start), example);
    EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", start), example);
    EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994", start), example);
    EXPECT_EQ(parse_http_date("Wed Nov 16 08:49:37 1994", start), example + 240h);
    EXPECT_EQ(parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT", start), time_point{1483228800s}) << "a leap second";
}

TEST(http_date, of_two_digits_lies_at_most_fifty_years_ahead) {
    const auto year_of = [](std::string_view text, time_point now) {
        const auto date = parse_http_date(text, now);
        return date ? static_cast<int>(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(*date)}.year())
                    : 0;
    };
    EXPECT_EQ(year_of("Sunday, 01-Mar-76 00:00:00 GMT", start), 2076);
    EXPECT_EQ(year_of("Monday, 01-Mar-77 00:00:00 GMT", start), 1977);
    EXPECT_EQ(year_of("Friday, 01-Mar-00 00:00:00 GMT", start), 2000);
    constexpr time_point late{std::chrono::sys_days{std::chrono::year{2080} / 3 / 1}};
    EXPECT_EQ(year_of("Friday, 01-Mar-00 00:00:00 GMT", late), 2100);
    EXPECT_EQ(year_of("Friday, 01-Mar-31 00:00:00 GMT", late), 2031);
}

TEST(http_date, is_nothing_else) {
    for (const char* text :
         {"",
          "Sun, 06 Nov 1994 08:49:37",
          "Sun, 06 Nov 1994 08:49:37 UTC",
          "Sun, 06 Nov 1994 08:49:37 GMT ",
          "Sun, 6 Nov 1994 08:49:37 GMT",
          "Sun, 06 nov 1994 08:49:37 GMT",
          "Sun, 31 Nov 1994 08:49:37 GMT",
          "Sun, 00 Nov 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 24:00:00 GMT",
          "Sun, 06 Nov 1994 08:60:00 GMT",
          "Sun, 06 Nov 1994 08:49:61 GMT",
          "Sun, 06 Nov 9999 08:49:37 GMT",
          "Sun, 06 Nov 1701 08:49:37 GMT",  // so long ago that the clock cannot count the time since
          "Sun, 06-Nov-1994 08:49:37 GMT",
          "06 Nov 1994 08:49:37 GMT",
          "Sunday Nov  6 08:49:37 1994",
          "Sun Nov 6 08:49:37 1994",
          "1994-11-06T08:49:37Z"}) {
        EXPECT_FALSE(parse_http_date(text, start)) << text;
    }
}

TEST(retry_after, is_seconds_or_a_date_and_a_year_at_most) {
    EXPECT_EQ(parse_retry_after("0", start), start);
    EXPECT_EQ(parse_retry_after("120", start), start + 120s);
    EXPECT_EQ(parse_retry_after(" \t007 ", start), start + 7s);
    EXPECT_EQ(parse_retry_after("31536000", start), start + 24h * 365);
    EXPECT_EQ(parse_retry_after("31536001", start), start + 24h * 365);
    EXPECT_EQ(parse_retry_after("99999999999999999999999999", start), start + 24h * 365);
    EXPECT_EQ(parse_retry_after("Sun, 01 Mar 2026 00:02:00 GMT", start), start + 120s);
    EXPECT_EQ(parse_retry_after("Sunday, 01-Mar-26 00:02:00 GMT", start), start + 120s);
    EXPECT_EQ(parse_retry_after("Sun Mar  1 00:02:00 2026", start), start + 120s);
    EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", start), example) << "a date that has passed";
    EXPECT_EQ(parse_retry_after("Fri, 31 Dec 2199 23:59:59 GMT", start), start + 24h * 365);
    for (const char* text : {"", " ", "-1", "+1", "1.5", "1s", "soon", "0x10", "1 2"}) {
        EXPECT_FALSE(parse_retry_after(text, start)) << text;
    }
}

}  // namespace
}  // namespace forage::detail
