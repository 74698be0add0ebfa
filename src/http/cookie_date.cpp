#include "http/cookie_date.hpp"

#include "http/message.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace forage::detail {
namespace {

bool is_delimiter(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x09 || (byte >= 0x20 && byte <= 0x2F) || (byte >= 0x3B && byte <= 0x40) ||
           (byte >= 0x5B && byte <= 0x60) || (byte >= 0x7B && byte <= 0x7E);
}

// The number of `least` to `most` digits at the front, which it removes. A further digit means that there is none.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) noexcept {
    std::size_t digits = 0;
    int value          = 0;
    for (; digits < text.size() && is_digit(text[digits]); ++digits) {
        if (digits == most) return std::nullopt;
        value = value * 10 + (text[digits] - '0');
    }
    if (digits < least) return std::nullopt;
    text.remove_prefix(digits);
    return value;
}

bool take_colon(std::string_view& text) noexcept {
    if (!text.starts_with(':')) return false;
    text.remove_prefix(1);
    return true;
}

struct clock_time {
    int hour, minute, second;
};

std::optional<clock_time> time_in(std::string_view token) noexcept {
    const auto hour = take_number(token, 1, 2);
    if (!hour || !take_colon(token)) return std::nullopt;
    const auto minute = take_number(token, 1, 2);
    if (!minute || !take_colon(token)) return std::nullopt;
    const auto second = take_number(token, 1, 2);
    if (!second) return std::nullopt;
    return clock_time{*hour, *minute, *second};
}

std::optional<unsigned> month_in(std::string_view token) noexcept {
    constexpr std::array<std::string_view, 12> names{
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
    };
    const auto* const found = std::find_if(names.begin(), names.end(), [&](std::string_view name) {
        return equal_ignoring_case(token.substr(0, 3), name);
    });
    if (found == names.end()) return std::nullopt;
    return static_cast<unsigned>(found - names.begin()) + 1;
}

// What the tokens seen so far have told. Each part is taken from the first token that can be it.
struct date_parts {
    std::optional<clock_time> time;
    std::optional<int> day, year;
    std::optional<unsigned> month;

    void take(std::string_view token) noexcept {
        if (!time && (time = time_in(token))) return;
        auto rest = token;
        if (!day && (day = take_number(rest, 1, 2))) return;
        if (!month && (month = month_in(token))) return;
        if (!year) year = take_number(token, 2, 4);
    }
};

}  // namespace

std::optional<std::chrono::sys_seconds> parse_cookie_date(std::string_view text) noexcept {
    date_parts seen;
    while (!text.empty()) {
        const auto end = std::find_if(text.begin(), text.end(), is_delimiter) - text.begin();
        if (end > 0) seen.take(text.substr(0, static_cast<std::size_t>(end)));
        text.remove_prefix(std::min(text.size(), static_cast<std::size_t>(end) + 1));
    }
    if (!seen.time || !seen.day || !seen.month || !seen.year) return std::nullopt;
    int year = *seen.year;
    if (year < 100) year += year >= 70 ? 1900 : 2000;
    if (year < 1601 || seen.time->hour > 23 || seen.time->minute > 59 || seen.time->second > 59) return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year{year}, std::chrono::month{*seen.month}, std::chrono::day{static_cast<unsigned>(*seen.day)}
    };
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{seen.time->hour} + std::chrono::minutes{seen.time->minute} +
           std::chrono::seconds{seen.time->second};
}

}  // namespace forage::detail
