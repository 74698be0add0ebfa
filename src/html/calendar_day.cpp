#include "html/calendar_day.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

bool is_leap(unsigned year) noexcept { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

}  // namespace

std::optional<calendar_day> valid_day(unsigned year, unsigned month, unsigned number) noexcept {
    constexpr std::array<unsigned, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1990 || year > 2099 || month < 1 || month > 12 || number < 1) return std::nullopt;
    const auto length = lengths[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
    return number <= length ? std::optional{calendar_day{year, month, number}} : std::nullopt;
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
