// The part of retrying that is a plain value, free of Boost.
#pragma once

#include <forage/detail/safe_in_co_await.hpp>
#include <forage/error.hpp>
#include <forage/function_ref.hpp>

#include <chrono>
#include <optional>

namespace forage {

/// Exponential backoff with full jitter: before retry n the wait is uniform in [0, min(cap, base * 2^(n-1))].
/// An error that says when to come back (`error::retry_at`) is obeyed instead, if that is within `max_wait`.
struct retry_policy {
    int attempts                       = 3;  ///< tries in all, the first included; 1 means no retry
    std::chrono::milliseconds base     = std::chrono::milliseconds{200};
    std::chrono::milliseconds cap      = std::chrono::seconds{5};
    std::chrono::milliseconds max_wait = std::chrono::seconds{5};

    /// Which errors deserve another try; empty means `error::is_transient`. Must outlive the operation.
    function_ref<bool(const error&)> retries = {};
};
static_assert(detail::safe_in_co_await<retry_policy>);

inline constexpr retry_policy no_retry{.attempts = 1};

/// How long to wait after failed try number `attempt` (from 1), or nothing when it must not be repeated.
[[nodiscard]] std::optional<std::chrono::milliseconds>
delay_before_retry(const retry_policy& policy, int attempt, const error& failure);

}  // namespace forage
