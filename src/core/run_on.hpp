// run_on: await an operation on another executor and resume on one's own.
#pragma once

#include <forage/detail/awaitable_fwd.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <memory>
#include <utility>

namespace forage::detail {

/// ASIO126: `co_await co_spawn(other, op, use_awaitable)` is a use-after-free when a cancellation crosses the
/// completion (chriskohlhoff/asio #1332, fixed in 1.28.2). Here the signal is shared, so a late cancellation finds
/// something alive. `signal` cancels `op`; emit on it only from `target`. T must be default-constructible.
template <class T>
awaitable<T>
run_on(boost::asio::any_io_executor target, awaitable<T> op, std::shared_ptr<boost::asio::cancellation_signal> signal) {
    namespace net = boost::asio;
    auto start    = [](auto handler, net::any_io_executor there, auto shared_signal, awaitable<T> work) {
        auto slot = net::get_associated_cancellation_slot(handler);
        if (slot.is_connected()) {
            slot.assign([shared_signal, there](net::cancellation_type type) {
                net::post(there, [shared_signal, type] { shared_signal->emit(type); });
            });
        }
        auto home   = net::prefer(net::get_associated_executor(handler), net::execution::outstanding_work.tracked);
        auto finish = [shared_signal, home, handler = std::move(handler)](std::exception_ptr thrown, T value) mutable {
            net::post(home, [handler = std::move(handler), thrown, value = std::move(value)]() mutable {
                std::move(handler)(thrown, std::move(value));
            });
        };
        net::dispatch(there, [there, shared_signal, work = std::move(work), finish = std::move(finish)]() mutable {
            auto bound = net::bind_cancellation_slot(shared_signal->slot(), std::move(finish));
            net::co_spawn(there, std::move(work), std::move(bound));
        });
    };
    co_return co_await net::async_initiate<const net::use_awaitable_t<>&, void(std::exception_ptr, T)>(
        start, net::use_awaitable, std::move(target), std::move(signal), std::move(op)
    );
}

template <class T>
awaitable<T> run_on(boost::asio::any_io_executor target, awaitable<T> op) {
    return run_on(std::move(target), std::move(op), std::make_shared<boost::asio::cancellation_signal>());
}

}  // namespace forage::detail
