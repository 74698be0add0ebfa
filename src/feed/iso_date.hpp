// The dates of feeds and sitemaps as ISO 8601. Pure.
#pragma once

#include <string>
#include <string_view>

namespace forage::detail {

/// `text` as `2002-10-02T15:00:00+02:00`, from RFC 822 and what is close to it (names in full, the month first, two
/// digits for the year, no seconds, no day of the week) or from ISO 8601. Of the latter it may be the beginning
/// (`2002-10`), and seconds may have a fraction. The time zone is the one that was given: `Z` for UTC, none if there is
/// none, `-00:00` (RFC 3339 §4.3) for a name that RFC 822 does not have. Empty if unreadable, or no such date or time.
/// Source: RFC 822 §5, RFC 2822 §4.3, RFC 3339, https://www.w3.org/TR/NOTE-datetime
[[nodiscard]] std::string iso_date(std::string_view text);

}  // namespace forage::detail
