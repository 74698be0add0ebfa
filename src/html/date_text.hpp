// Dates as pages write them, as ISO 8601: those made for machines with time and zone, those for people as days.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace forage::detail {

/// What 3/4/2023 means where the page is from.
enum class day_order : std::uint8_t { day_first, month_first };

/// By a language tag: month first in American English and where English is of no country.
[[nodiscard]] day_order order_in(std::string_view language) noexcept;

/// The date that an attribute or a value of JSON holds: ISO 8601, RFC 5322, or one for people. "2023-05-17T08:30:00Z",
/// "2023-05-17", and if there is nothing else "2023-05" or "2023"; empty if there is none. Days that no calendar has,
/// and years before 1990 or after 2099, are none: pages have zeros for what they do not know. Looks at the first 256
/// bytes.
[[nodiscard]] std::string machine_date(std::string_view text, day_order order);

struct found_date {
    std::string date;             ///< a day; empty if there is none
    bool is_of_a_change = false;  ///< what stands before it says so: "Updated", "Stand:"
    std::size_t begin = 0, end = 0;
};

/// The first date in text for people. Numbers alone are one with the year in four digits, or in two after points.
/// Linear.
[[nodiscard]] found_date find_date(std::string_view text, day_order order);

/// The day in a URL's path: /2023/05/17/, /2023-05-17-, /20230517/. Empty if there is none.
[[nodiscard]] std::string date_in_path(std::string_view path);

}  // namespace forage::detail
