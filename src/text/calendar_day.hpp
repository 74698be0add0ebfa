// Days that the calendar has.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

struct calendar_day {
    unsigned year = 0, month = 0, number = 0;
};

/// Whether the calendar has it, from the year 1 on.
[[nodiscard]] bool exists(const calendar_day& d) noexcept;

/// A day that a page may be of: nothing if there is none such, or its year is before 1990 or after 2099.
[[nodiscard]] std::optional<calendar_day> valid_day(unsigned year, unsigned month, unsigned number) noexcept;

/// "20230517"
[[nodiscard]] std::optional<calendar_day> day_of_digits(std::string_view text) noexcept;

/// "2023-05-17"
[[nodiscard]] std::string text_of(const calendar_day& d);

/// Appends a number with zeros before it.
void append_digits(std::string& out, unsigned value, std::size_t digits);

}  // namespace forage::detail
