// The compiled part of fan_out: lanes, deadline, and the strand they run on.
#pragma once

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/function_ref.hpp>
#include <forage/result.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>

namespace forage::detail {

/// Why a bounded run ended.
enum class run_ending : std::uint8_t { finished, deadline, cancelled };

/// Pulls tasks from `next` into at most `lanes` lanes until it gives none, the deadline (zero: none) passes or the
/// caller is cancelled; returns when no task runs any more. Needs an executor that runs one thing at a time.
awaitable<run_ending>
run_bounded(int lanes, std::chrono::milliseconds deadline, function_ref<std::optional<awaitable<void>>()> next);

/// Awaits `body()` on a new strand of the caller's executor.
awaitable<void> run_on_strand(function_ref<awaitable<void>()> body);

/// What a child threw, as an error: cancellation is `cancelled`, everything else `internal`.
error error_from_exception(std::exception_ptr thrown);

/// The error of an input whose turn did not come.
error never_started(run_ending ending);

/// A child's own error; `cancelled` becomes `timed_out` when it was the deadline that cancelled it.
error as_ended(run_ending ending, error e);

}  // namespace forage::detail
