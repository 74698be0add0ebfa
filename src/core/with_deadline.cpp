#include "core/with_deadline.hpp"

#include <forage/retry.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <exception>

namespace forage::detail {
namespace net = boost::asio;

namespace {

bool is_cancellation(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const boost::system::system_error& e) {
        return e.code() == net::error::operation_aborted;
    } catch (...) {
        return false;
    }
}

// A wait for a deadline that may have been moved when its timer rings. Not a coroutine: one would cost more than what
// it times.
struct moving_alarm {
    net::steady_timer& timer;
    function_ref<deadline()> until;

    template <class Self>
    void operator()(Self& self, boost::system::error_code ec = {}) {
        const auto at = until();
        if (!ec && !at.has_passed()) {
            // Cancelled between the ring and here, the timer does not know.
            if (self.get_cancellation_state().cancelled() == net::cancellation_type::none) {
                timer.expires_at(at.time());
                timer.async_wait(std::move(self));
                return;
            }
            ec = net::error::operation_aborted;
        }
        self.complete(ec);
    }
};

}  // namespace

awaitable<bool> ended_by(awaitable<void> op, deadline until) {
    if (until.is_never()) {
        co_await std::move(op);
        co_return true;
    }
    auto here = co_await net::this_coro::executor;
    net::steady_timer alarm{here, until.time()};
    // GCC12 G1: every temporary of a co_await expression that owns something has a name.
    auto spawned                      = net::co_spawn(here, std::move(op), net::deferred);
    auto ringing                      = alarm.async_wait(net::deferred);
    auto both                         = net::experimental::make_parallel_group(std::move(spawned), std::move(ringing));
    auto either                       = both.async_wait(net::experimental::wait_for_one(), net::use_awaitable);
    auto [order, thrown, alarm_error] = co_await std::move(either);
    // When the caller is cancelled both sides are, and the alarm may come first in `order`; but then it did not ring.
    const bool rang = !alarm_error;
    if (thrown && !(rang && is_cancellation(thrown))) std::rethrow_exception(thrown);
    co_return !thrown;
}

awaitable<bool> ended_by(awaitable<void> op, function_ref<deadline()> until) {
    auto here = co_await net::this_coro::executor;
    net::steady_timer alarm{here};
    auto spawned = net::co_spawn(here, std::move(op), net::deferred);
    auto ringing = net::async_compose<const net::deferred_t, void(boost::system::error_code)>(
        moving_alarm{alarm, until}, net::deferred, alarm
    );
    auto both                         = net::experimental::make_parallel_group(std::move(spawned), std::move(ringing));
    auto either                       = both.async_wait(net::experimental::wait_for_one(), net::use_awaitable);
    auto [order, thrown, alarm_error] = co_await std::move(either);
    const bool rang                   = !alarm_error;  // as above
    if (thrown && !(rang && is_cancellation(thrown))) std::rethrow_exception(thrown);
    co_return !thrown;
}

awaitable<void> pause(std::chrono::milliseconds length) {
    net::steady_timer timer{co_await net::this_coro::executor, length};
    co_await timer.async_wait(net::use_awaitable);
}

}  // namespace forage::detail
