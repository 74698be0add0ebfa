// Retry as a value: how often, how long between, and which errors. Used by the searches, and for your own coroutines.
#pragma once

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/retry_policy.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <type_traits>

namespace forage {

namespace detail {
/// Waits on the caller's executor; throws boost::system::system_error(operation_aborted) when cancelled.
awaitable<void> pause(std::chrono::milliseconds length);
template <class Operation>
using operation_result = typename std::invoke_result_t<Operation&>::value_type;
}  // namespace detail

/// Runs `operation()` (a callable that returns awaitable<result<T>>) until it succeeds, fails with an error that
/// `policy` does not retry, or has been tried `policy.attempts` times; returns the last outcome. `operation` is moved
/// into the returned awaitable.
/// Cancellation: at once, also while waiting. Threads: runs on the caller's executor.
template <class Operation>
auto async_retry(retry_policy policy, Operation operation) -> awaitable<detail::operation_result<Operation>> {
    for (int attempt = 1;; ++attempt) {
        auto outcome = co_await operation();
        if (outcome) co_return outcome;
        const auto wait = delay_before_retry(policy, attempt, outcome.error());
        if (!wait) co_return outcome;
        co_await detail::pause(*wait);
    }
}

}  // namespace forage
