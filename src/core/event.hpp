// event: something that happens once, and coroutines that wait for it.
#pragma once

#include <forage/detail/awaitable_fwd.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace forage::detail {

/// Not thread-safe: `set` and `wait` belong to one executor that runs one thing at a time. The timer never rings; it is
/// Asio's smallest thing that can be waited for and woken.
class event {
public:
    explicit event(const boost::asio::any_io_executor& executor)
        : bell_{executor, boost::asio::steady_timer::time_point::max()} {}

    void set() {
        is_set_ = true;
        bell_.cancel();
    }
    [[nodiscard]] bool is_set() const noexcept { return is_set_; }

    /// Returns once `set` was called; throws operation_aborted when cancelled before.
    awaitable<void> wait() {
        if (is_set_) co_return;
        co_await bell_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        if (!is_set_) throw boost::system::system_error{boost::asio::error::operation_aborted};
    }

private:
    boost::asio::steady_timer bell_;
    bool is_set_ = false;
};

}  // namespace forage::detail
