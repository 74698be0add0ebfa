// The dates of cookies: a forgiving form of its own, not the HTTP-date of http/retry_after.hpp. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace forage::detail {

/// The date in an Expires attribute, years 1601 to 9999. Nothing when a part is missing or there is no such date.
/// Source: RFC 6265bis §5.1.1.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_cookie_date(std::string_view text) noexcept;

}  // namespace forage::detail
