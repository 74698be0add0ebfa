// A small reader for fixed forms: no locale, no time zone database, nothing that throws.
#include "http/retry_after.hpp"

#include "http/field_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace forage::detail {
namespace {

using time_point = std::chrono::system_clock::time_point;

// Eats its way through the text; after the first thing that does not fit, `ok` stays false.
struct date_reader {
    std::string_view rest;
    bool ok = true;

    void literal(std::string_view expected) noexcept {
        ok = ok && rest.starts_with(expected);
        if (ok) rest.remove_prefix(expected.size());
    }
    int number(std::size_t digits) noexcept {
        ok        = ok && rest.size() >= digits;
        int value = 0;
        for (std::size_t i = 0; ok && i < digits; ++i) {
            ok    = is_digit(rest[i]);
            value = value * 10 + (rest[i] - '0');
        }
        if (ok) rest.remove_prefix(digits);
        return ok ? value : 0;
    }
    // asctime pads the day with a space.
    int padded_day() noexcept {
        if (ok && rest.starts_with(' ')) {
            rest.remove_prefix(1);
            return number(1);
        }
        return number(2);
    }
    unsigned month() noexcept {
        constexpr std::array<std::string_view, 12> names{
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
        };
        const auto* const found = std::find(names.begin(), names.end(), rest.substr(0, 3));
        ok                      = ok && found != names.end();
        if (!ok) return 1;
        rest.remove_prefix(3);
        return static_cast<unsigned>(found - names.begin()) + 1;
    }
    // The day's name adds nothing to the date, so any word will do.
    std::size_t word() noexcept {
        std::size_t length = 0;
        while (length < rest.size() && is_letter(rest[length])) ++length;
        ok = ok && length >= 3;
        if (ok) rest.remove_prefix(length);
        return length;
    }
    std::chrono::seconds clock_time() noexcept {
        const int hours = number(2);
        literal(":");
        const int minutes = number(2);
        literal(":");
        const int seconds = number(2);
        ok                = ok && hours < 24 && minutes < 60 && seconds <= 60;  // 60: a leap second
        return std::chrono::hours{hours} + std::chrono::minutes{minutes} + std::chrono::seconds{seconds};
    }
};

// RFC 9110 §5.6.7: a two-digit year that would lie more than 50 years ahead is the one before.
int full_year(int two_digits, time_point now) noexcept {
    const int this_year =
        static_cast<int>(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(now)}.year());
    int year = this_year - this_year % 100 + two_digits;
    if (year > this_year + 50) year -= 100;
    if (year < this_year - 49) year += 100;
    return year;
}

}  // namespace

std::optional<time_point> parse_http_date(std::string_view text, time_point now) noexcept {
    date_reader in{text};
    int day        = 0;
    unsigned month = 1;
    int year       = 0;
    std::chrono::seconds of_day{};
    const auto name_size = in.word();
    if (in.rest.starts_with(", ")) {
        in.literal(", ");
        day                   = in.number(2);
        const bool short_name = in.rest.starts_with(' ');
        in.literal(short_name ? " " : "-");
        month = in.month();
        in.literal(short_name ? " " : "-");
        year = short_name ? in.number(4) : full_year(in.number(2), now);
        in.literal(" ");
        of_day = in.clock_time();
        in.literal(" GMT");
    } else {
        in.ok = in.ok && name_size == 3;
        in.literal(" ");
        month = in.month();
        in.literal(" ");
        day = in.padded_day();
        in.literal(" ");
        of_day = in.clock_time();
        in.literal(" ");
        year = in.number(4);
    }
    const std::chrono::year_month_day date{
        std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{static_cast<unsigned>(day)}
    };
    // The clock counts nanoseconds in 64 bits: neither years outside 1678..2261 fit, nor spans of more than 292 years.
    if (!in.ok || !in.rest.empty() || !date.ok() || year < 1900 || year > 2200) return std::nullopt;
    return time_point{std::chrono::sys_days{date}} + of_day;
}

std::optional<time_point> parse_retry_after(std::string_view value, time_point now) noexcept {
    value = without_blanks(value);
    if (value.empty()) return std::nullopt;

    constexpr std::chrono::seconds year = std::chrono::hours{24 * 365};
    if (std::all_of(value.begin(), value.end(), is_digit)) {
        std::chrono::seconds wait{};
        for (const char c : value) wait = std::min(wait * 10 + std::chrono::seconds{c - '0'}, year);
        return now + wait;
    }
    const auto date = parse_http_date(value, now);
    if (!date) return std::nullopt;
    return std::min(*date, now + year);
}

}  // namespace forage::detail
