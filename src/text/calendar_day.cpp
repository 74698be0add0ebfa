#include "text/calendar_day.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <chrono>

namespace forage::detail {

bool exists(const calendar_day& d) noexcept {
    const std::chrono::year_month_day date{
        std::chrono::year{static_cast<int>(d.year)}, std::chrono::month{d.month}, std::chrono::day{d.number}
    };
    return date.ok() && d.year > 0;
}

std::optional<calendar_day> valid_day(unsigned year, unsigned month, unsigned number) noexcept {
    const calendar_day day{year, month, number};
    return year >= 1990 && year <= 2099 && exists(day) ? std::optional{day} : std::nullopt;
}

std::optional<calendar_day> day_of_digits(std::string_view text) noexcept {
    if (text.size() != 8 || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    const auto number = [&](std::size_t from, std::size_t count) {
        unsigned value = 0;
        for (const char c : text.substr(from, count)) value = value * 10 + static_cast<unsigned>(c - '0');
        return value;
    };
    return valid_day(number(0, 4), number(4, 2), number(6, 2));
}

void append_digits(std::string& out, unsigned value, std::size_t digits) {
    const auto text = std::to_string(value);
    if (text.size() < digits) out.append(digits - text.size(), '0');
    out += text;
}

std::string text_of(const calendar_day& d) {
    std::string out;
    append_digits(out, d.year, 4);
    append_digits(out += '-', d.month, 2);
    append_digits(out += '-', d.number, 2);
    return out;
}

}  // namespace forage::detail
