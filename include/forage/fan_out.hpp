// fan_out: the same coroutine for many inputs, a bounded number at a time.
#pragma once

#include <forage/detail/run_bounded.hpp>
#include <forage/detail/safe_in_co_await.hpp>
#include <forage/result.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <exception>
#include <optional>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace forage {

struct fan_out_options {
    int concurrency                    = 8;
    std::chrono::milliseconds deadline = {};  ///< zero means none
};
static_assert(detail::safe_in_co_await<fan_out_options>);

struct fan_out_failure {
    std::size_t index = 0;  ///< position of the input
    forage::error error;
};

/// Every input is accounted for: values.size() + failures.size() is the number of inputs. Both are in input order.
template <class T>
struct fan_out_result {
    std::vector<T> values;
    std::vector<std::size_t> indices;  ///< indices[i] is the position of the input that gave values[i]
    std::vector<fan_out_failure> failures;
};

namespace detail {

template <class T>
struct outcome_of {
    using type = T;
};
template <class T>
struct outcome_of<result<T>> {
    using type = T;
};

/// The T of a callable that returns awaitable<T> or awaitable<result<T>>.
template <class F, class Input>
using fan_out_value = typename outcome_of<typename std::invoke_result_t<F&, Input>::value_type>::type;

template <class T>
struct no_callback {
    void operator()(std::size_t, result<T>&) const noexcept {}
};

// The body of fan_out, on an executor that runs one thing at a time.
// NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): awaited in place
// NOLINTBEGIN(cppcoreguidelines-avoid-capturing-lambda-coroutines): the lambda outlives the run that calls it
template <class Range, class F, class OnResult, class T>
awaitable<fan_out_result<T>> fan_out_here(Range inputs, fan_out_options options, F fn, OnResult on_result) {
    std::vector<result<T>> outcomes;
    auto next       = std::ranges::begin(inputs);
    const auto last = std::ranges::end(inputs);

    // Never throws into a lane: whatever the child does becomes outcome `index`.
    auto run_one = [&](std::size_t index, auto input) -> awaitable<void> {
        result<T> outcome;
        try {
            outcome = co_await fn(std::move(input));
        } catch (...) {
            outcome = error_from_exception(std::current_exception());
        }
        outcomes[index] = std::move(outcome);
        on_result(index, outcomes[index]);
    };
    auto start_next = [&]() -> std::optional<awaitable<void>> {
        if (next == last) return std::nullopt;
        const auto index = outcomes.size();
        outcomes.emplace_back();
        std::ranges::range_value_t<Range> input = *next;
        ++next;
        return run_one(index, std::move(input));
    };
    const auto ending = co_await run_bounded(options.concurrency, options.deadline, start_next);

    for (; next != last; ++next) outcomes.emplace_back(never_started(ending));
    fan_out_result<T> collected;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i]) {
            collected.values.push_back(*std::move(outcomes[i]));
            collected.indices.push_back(i);
        } else {
            collected.failures.push_back({i, as_ended(ending, std::move(outcomes[i]).error())});
        }
    }
    co_return collected;
}
// NOLINTEND(cppcoreguidelines-avoid-capturing-lambda-coroutines)
// NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)

}  // namespace detail

/// Runs `fn(input)` for each input, at most `options.concurrency` at a time, starting in input order, and joins them.
/// `fn` returns awaitable<T> or awaitable<result<T>>. `inputs` may be lazy: elements are taken as lanes become free.
///
/// - A child that fails or throws becomes a failure; its siblings go on.
/// - When the deadline passes, running children are cancelled: their failures are `timed_out`; inputs whose turn had
/// not
///   come are `not_run`; what was done is kept.
/// - When the caller is cancelled, running children are cancelled, and what is returned says `cancelled` for them.
/// - It never returns while a child runs. A child that ignores cancellation holds it.
///
/// `on_result(index, outcome)` sees each outcome of a started child as it comes and may move out of it; it must not
/// throw. Threads: children, and `on_result`, run on a strand of the caller's executor, one at a time.
template <
    std::ranges::input_range Range,
    class F,
    class OnResult = detail::no_callback<detail::fan_out_value<F, std::ranges::range_value_t<Range>>>>
[[nodiscard]] auto fan_out(Range inputs, fan_out_options options, F fn, OnResult on_result = {})
    -> awaitable<fan_out_result<detail::fan_out_value<F, std::ranges::range_value_t<Range>>>> {
    using T = detail::fan_out_value<F, std::ranges::range_value_t<Range>>;
    std::optional<fan_out_result<T>> collected;
    auto body = [&]() -> awaitable<void> {
        collected = co_await detail::fan_out_here<Range, F, OnResult, T>(
            std::move(inputs), options, std::move(fn), std::move(on_result)
        );
    };
    co_await detail::run_on_strand(body);
    co_return std::move(*collected);
}

}  // namespace forage
