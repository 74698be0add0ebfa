// libFuzzer target for Retry-After and HTTP-date: never more than a year ahead, seconds never in the past, the same
// twice, and every date that a number stands for is read back from all three forms of RFC 9110 §5.6.7. The input's
// first eight bytes are that number, the rest is the text.
#include "fuzz/require.hpp"
#include "http/retry_after.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

namespace {

using namespace forage::detail;
using time_point = std::chrono::system_clock::time_point;

constexpr time_point now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};

using forage::fuzz::require;

template <class... Args>
std::string printed(const char* format, Args... args) {
    char text[64];
    std::snprintf(text, sizeof text, format, args...);
    return text;
}

void check_round_trips(std::uint64_t number) {
    constexpr std::chrono::sys_seconds first = std::chrono::sys_days{std::chrono::year{1900} / 1 / 1};
    constexpr std::chrono::sys_seconds last  = std::chrono::sys_days{std::chrono::year{2200} / 12 / 31};
    const auto span                          = static_cast<std::uint64_t>((last - first).count());
    const auto when                          = first + std::chrono::seconds{static_cast<std::int64_t>(number % span)};

    const auto day_start = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date{day_start};
    const std::chrono::hh_mm_ss time{when - day_start};
    constexpr const char* months[] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    const auto* month  = months[static_cast<unsigned>(date.month()) - 1];
    const auto day     = static_cast<unsigned>(date.day());
    const auto year    = static_cast<int>(date.year());
    const auto hours   = static_cast<int>(time.hours().count());
    const auto minutes = static_cast<int>(time.minutes().count());
    const auto seconds = static_cast<int>(time.seconds().count());

    const auto fixed = printed("Mon, %02u %s %04d %02d:%02d:%02d GMT", day, month, year, hours, minutes, seconds);
    require(parse_http_date(fixed, now) == when, "not read back", fixed);
    const auto asctime = printed("Mon %s %2u %02d:%02d:%02d %04d", month, day, hours, minutes, seconds, year);
    require(parse_http_date(asctime, now) == when, "not read back", asctime);
    const auto rfc850 =
        printed("Monday, %02u-%s-%02d %02d:%02d:%02d GMT", day, month, year % 100, hours, minutes, seconds);
    const bool is_near = year > 2026 - 50 && year <= 2026 + 50;
    require(!is_near || parse_http_date(rfc850, now) == when, "not read back", rfc850);
    require(
        parse_retry_after(fixed, now) == std::min<time_point>(when, now + std::chrono::hours{24 * 365}), "cut", fixed
    );
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::uint64_t number = 0;
    const auto used      = std::min(size, sizeof number);
    if (used > 0) std::memcpy(&number, data, used);
    check_round_trips(number);

    const std::string text{reinterpret_cast<const char*>(data) + used, size - used};
    const auto date = parse_http_date(text, now);
    require(date == parse_http_date(text, now), "another date the second time", text);
    const auto wait = parse_retry_after(text, now);
    require(wait == parse_retry_after(text, now), "another wait the second time", text);
    require(!wait || *wait <= now + std::chrono::hours{24 * 365}, "more than a year", text);
    require(!date || wait == std::min(*date, now + std::chrono::hours{24 * 365}), "a date that is no wait", text);
    const bool is_number = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    require(!is_number || (wait && *wait >= now), "a number that is no wait", text);
    return 0;
}
