// The lanes of fan_out. Every lane pulls the next task when it has finished its last, so at most `lanes` run.
#include "core/deadline.hpp"
#include "core/run_on.hpp"
#include "core/with_deadline.hpp"

#include <forage/detail/run_bounded.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <vector>

namespace forage::detail {
namespace net = boost::asio;

namespace {

using task_source = function_ref<std::optional<awaitable<void>>()>;

awaitable<void> lane(awaitable<void> first, task_source next) {
    co_await std::move(first);
    for (;;) {
        // A cancelled lane stops starting; what it ran has recorded its own outcome.
        const auto state = co_await net::this_coro::cancellation_state;
        if (state.cancelled() != net::cancellation_type::none) co_return;
        auto task = next();
        if (!task) co_return;
        co_await *std::move(task);
    }
}

awaitable<void> run_lanes(int lanes, task_source next) {
    auto here = co_await net::this_coro::executor;
    using op  = decltype(net::co_spawn(here, lane(awaitable<void>{}, next), net::deferred));
    std::vector<op> group;
    while (static_cast<int>(group.size()) < std::max(lanes, 1)) {
        auto task = next();
        if (!task) break;
        group.push_back(net::co_spawn(here, lane(*std::move(task), next), net::deferred));
    }
    if (group.empty()) co_return;  // ASIO126: an empty group never completes
    auto [order, thrown] = co_await net::experimental::make_parallel_group(std::move(group))
                               .async_wait(net::experimental::wait_for_all(), net::use_awaitable);
    for (const auto& e : thrown) {
        if (e) std::rethrow_exception(e);
    }
}

}  // namespace

awaitable<run_ending> run_bounded(int lanes, std::chrono::milliseconds limit, task_source next) {
    const auto until = deadline::after(limit);
    bool by_itself   = false;
    try {
        by_itself = co_await ended_by(run_lanes(lanes, next), until);
    } catch (const boost::system::system_error& e) {
        if (e.code() != net::error::operation_aborted) throw;
    }
    const auto state = co_await net::this_coro::cancellation_state;
    if (state.cancelled() != net::cancellation_type::none) co_return run_ending::cancelled;
    // The last lane may end in the same moment as the deadline, having been cancelled by it.
    co_return by_itself && !until.has_passed() ? run_ending::finished : run_ending::deadline;
}

awaitable<void> run_on_strand(function_ref<awaitable<void>()> body) {
    struct done {};
    auto wrapped = [](function_ref<awaitable<void>()> inner) -> awaitable<done> {
        co_await inner();
        co_return done{};
    };
    net::any_io_executor strand = net::make_strand(co_await net::this_coro::executor);
    co_await run_on<done>(std::move(strand), wrapped(body));
}

error error_from_exception(std::exception_ptr thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const boost::system::system_error& e) {
        if (e.code() == net::error::operation_aborted) return error{errc::cancelled, "cancelled by the caller"};
        return error{errc::internal, e.code().message()};
    } catch (const exception& e) {
        return e.why();
    } catch (const std::exception& e) {
        return error{errc::internal, e.what()};
    } catch (...) {
        return error{errc::internal, "an exception of an unknown type"};
    }
}

error never_started(run_ending ending) {
    if (ending == run_ending::cancelled) return error{errc::not_run, "cancelled before its turn came"};
    return error{errc::not_run, "the deadline passed before its turn came", "allow more time or more concurrency"};
}

error as_ended(run_ending ending, error e) {
    if (ending == run_ending::deadline && e.code == errc::cancelled) {
        e.code = errc::timed_out;
        e.what = "cut off by the deadline for all";
        e.hint = "allow more time or more concurrency";
    }
    return e;
}

}  // namespace forage::detail
