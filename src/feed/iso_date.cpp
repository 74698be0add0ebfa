// Either form is taken apart into the same parts, which are then checked and written in one way.
#include "feed/iso_date.hpp"

#include "text/ascii.hpp"
#include "text/calendar_day.hpp"
#include "text/month_names.hpp"
#include "text/time_zone.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace forage::detail {
namespace {

constexpr std::size_t longest = 64;  // no date is longer

struct date_parts {
    int year   = -1;
    int month  = -1;
    int day    = -1;
    int hour   = -1;
    int minute = 0;
    int second = -1;
    std::string fraction;  // with its point
    std::string zone;      // as it is written
};

/// The number of exactly `digits` digits at the front, which it removes.
std::optional<int> take_number(std::string_view& text, std::size_t digits) noexcept {
    if (text.size() < digits ||
        !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(digits), is_digit)) {
        return std::nullopt;
    }
    int value = 0;
    for (const char c : text.substr(0, digits)) value = value * 10 + (c - '0');
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, char c) noexcept {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
}

std::size_t digits_at_front(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

/// RFC 3339 §4.3: what is no zone that anybody knows.
std::string zone_of(std::string_view text) { return time_zone(text).value_or("-00:00"); }

/// `hh:mm`, `hh:mm:ss` and `hh:mm:ss.fff`, which it removes. An hour may have one digit.
bool take_time(std::string_view& text, date_parts& to) {
    const auto hour = take_number(text, text.size() > 1 && is_digit(text[1]) ? 2 : 1);
    if (!hour || !take(text, ':')) return false;
    const auto minute = take_number(text, 2);
    if (!minute) return false;
    to.hour   = *hour;
    to.minute = *minute;
    if (!take(text, ':')) return true;
    const auto second = take_number(text, 2);
    if (!second) return false;
    to.second = *second;
    if (text.starts_with('.') || text.starts_with(',')) {
        const auto digits = digits_at_front(text.substr(1));
        if (digits == 0) return false;
        to.fraction = '.' + std::string{text.substr(1, digits)};
        text.remove_prefix(1 + digits);
    }
    return true;
}

std::optional<date_parts> read_iso(std::string_view text) {
    date_parts parts;
    const auto year = take_number(text, 4);
    if (!year) return std::nullopt;
    parts.year = *year;
    for (int* part : {&parts.month, &parts.day}) {
        if (!take(text, '-')) break;
        const auto number = take_number(text, 2);
        if (!number) return std::nullopt;
        *part = *number;
    }
    if (text.empty()) return parts;
    if (parts.day < 0 || (!take(text, 'T') && !take(text, 't') && !take(text, ' '))) return std::nullopt;
    if (!take_time(text, parts)) return std::nullopt;
    text = trim(text);
    if (text.empty()) return parts;
    const auto zone = time_zone(text);
    if (!zone && !std::all_of(text.begin(), text.end(), is_letter)) return std::nullopt;
    parts.zone = zone_of(text);
    return parts;
}

/// RFC 2822 §4.3: years of two digits are from 1950 on, of three from 1900.
int full_year(int year, std::size_t digits) noexcept {
    if (digits == 2) return year < 50 ? 2000 + year : 1900 + year;
    return digits == 3 ? 1900 + year : year;
}

/// The words of a date in whatever order; each means what it can be first: a zone comes behind the time.
std::optional<date_parts> read_words(std::string_view text) {
    date_parts parts;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(" \t\r\n\f,"), text.size());
        auto word      = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty()) continue;
        const auto digits = digits_at_front(word);
        if (digits == 0) {
            const bool is_pm = equals_ignoring_case(word, "pm");
            const auto month = static_cast<int>(month_named(word));
            if (parts.hour >= 0 && (is_pm || equals_ignoring_case(word, "am"))) {
                parts.hour = parts.hour % 12 + (is_pm ? 12 : 0);
            } else if (parts.hour >= 0 && parts.zone.empty() && month == 0) {
                parts.zone = zone_of(word);
            } else if (month != 0 && (parts.month < 0 || parts.year < 0)) {
                parts.month = month;  // what came before it was the day of the week: "mar" is one too
            }
        } else if (parts.hour < 0 && word.substr(digits).starts_with(':')) {
            if (!take_time(word, parts)) return std::nullopt;
            if (!word.empty()) parts.zone = zone_of(word);
        } else if (parts.day < 0 && digits <= 2) {
            parts.day = *take_number(word, digits);
            if (take(word, '-')) {  // 02-Oct-2002
                const auto dash = std::min(word.find('-'), word.size());
                parts.month     = static_cast<int>(month_named(word.substr(0, dash)));
                word.remove_prefix(std::min(dash + 1, word.size()));
                if (const auto left = digits_at_front(word); left >= 2 && left <= 4 && left == word.size()) {
                    parts.year = full_year(*take_number(word, left), left);
                }
            }
        } else if (parts.year < 0 && digits >= 2 && digits <= 4 && digits == word.size()) {
            parts.year = full_year(*take_number(word, digits), digits);
        }
    }
    if (parts.year < 0 || parts.month <= 0 || parts.day < 0) return std::nullopt;
    return parts;
}

bool is_possible(const date_parts& p) noexcept {
    const auto of         = [](int part) { return static_cast<unsigned>(part < 0 ? 1 : part); };
    const bool end_of_day = p.hour == 24 && p.minute == 0 && p.second <= 0;
    const bool has_time   = (p.hour < 24 || end_of_day) && p.minute < 60 && p.second <= 60;  // a leap second
    return has_time && p.year > 0 && exists({of(p.year), of(p.month), of(p.day)});
}

std::string written(const date_parts& p) {
    std::string out;
    const auto append = [&](int number, std::size_t digits) {
        append_digits(out, static_cast<unsigned>(number), digits);
    };
    append(p.year, 4);
    for (const int part : {p.month, p.day}) {
        if (part < 0) return out;
        out += '-';
        append(part, 2);
    }
    if (p.hour < 0) return out;
    out += 'T';
    append(p.hour, 2);
    out += ':';
    append(p.minute, 2);
    out += ':';
    append(std::max(p.second, 0), 2);
    return out + p.fraction + p.zone;
}

}  // namespace

std::string iso_date(std::string_view text) {
    text = trim(text);
    if (text.empty() || text.size() > longest) return {};
    auto parts = read_iso(text);
    if (!parts) parts = read_words(text);
    return parts && is_possible(*parts) ? written(*parts) : std::string{};
}

}  // namespace forage::detail
