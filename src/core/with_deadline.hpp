// with_deadline: an operation and the point in time by which it must have ended. The only place that makes timers for
// time-outs.
#pragma once

#include "core/deadline.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/function_ref.hpp>

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <utility>

namespace forage::detail {

/// Awaits `op`, and cancels it when `until` passes. True if `op` ended by itself, false if it was cut off. Returns only
/// when `op` has ended. Cancellation of the caller unwinds as operation_aborted. Needs a one-at-a-time executor.
awaitable<bool> ended_by(awaitable<void> op, deadline until);

/// The same for a deadline that moves away while `op` makes progress: `until` is asked at the start, and again whenever
/// what it said has passed. One timer serves, however often the deadline moves. `until` must outlive the operation.
awaitable<bool> ended_by(awaitable<void> op, function_ref<deadline()> until);

namespace with_deadline_detail {
template <class T>
awaitable<void> store(awaitable<T> op, std::optional<T>& box) {  // NOLINT: awaited in place
    box.emplace(co_await std::move(op));
}
}  // namespace with_deadline_detail

/// The same for an operation with a value: nothing if it was cut off. A value that came is never thrown away.
template <class T>
awaitable<std::optional<T>> with_deadline(awaitable<T> op, deadline until) {
    std::optional<T> box;
    co_await ended_by(with_deadline_detail::store(std::move(op), box), until);
    co_return box;
}

}  // namespace forage::detail
