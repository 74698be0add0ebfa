// Retry-After and the dates of HTTP, as points of the wall clock. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace forage::detail {

/// An HTTP-date in any of the three forms of RFC 9110 §5.6.7: IMF-fixdate, RFC 850, asctime. `now` decides the century
/// of a two-digit year. Nothing when it is none of them.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point>
parse_http_date(std::string_view text, std::chrono::system_clock::time_point now) noexcept;

/// The value of a Retry-After field (RFC 9110 §10.2.3): seconds from `now`, or a date. Waits of more than a year are
/// cut to one. Nothing when it is neither.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point>
parse_retry_after(std::string_view value, std::chrono::system_clock::time_point now) noexcept;

}  // namespace forage::detail
