// What an answer says about how often its service may be asked, in whichever dialect the service speaks. Pure.
#pragma once

#include "search/answer.hpp"

#include <chrono>
#include <optional>

namespace forage::detail {

struct rate_limits {
    using time_point = std::chrono::system_clock::time_point;

    std::optional<time_point> not_before;          ///< the next request is not wanted before
    std::optional<std::chrono::milliseconds> gap;  ///< wanted between two requests
    bool is_spent = false;                         ///< some window has no request left
    bool is_long  = false;                         ///< … and that window is a day or a month rather than a minute
};

/// Understands Retry-After in all forms, retry-after-ms, X-RateLimit-* and RateLimit-* with one window or several and
/// with times of day or from now, the RateLimit field of the IETF, and x-rate-limit-limit with its interval.
/// Source: RFC 9110 §10.2.3; https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/;
/// https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api;
/// https://api-dashboard.search.brave.com/documentation/guides/rate-limiting
[[nodiscard]] rate_limits read_rate_limits(const provider_answer& answer);

/// What two parts of an answer say; where they differ, the one that wants more patience.
[[nodiscard]] rate_limits combined(rate_limits a, const rate_limits& b);

/// The later of the two.
void postpone(std::optional<rate_limits::time_point>& not_before, rate_limits::time_point until) noexcept;

}  // namespace forage::detail
