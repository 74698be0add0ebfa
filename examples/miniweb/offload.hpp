// From a coroutine to a thread pool and back, for work that blocks.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <utility>

namespace miniweb {

/// Runs `work` on the pool and resumes on the caller's executor with its result, or with what it threw. `T` is default
/// constructible. Cancelling the caller does not cut the work short. The pool must be joined before the caller's
/// execution context goes.
template <class T, class Work>
boost::asio::awaitable<T> offload(boost::asio::thread_pool& pool, Work work) {
    namespace net = boost::asio;
    auto start    = [](auto handler, net::thread_pool* on, Work job) {
        auto home = net::prefer(net::get_associated_executor(handler), net::execution::outstanding_work.tracked);
        net::post(*on, [home, handler = std::move(handler), job = std::move(job)]() mutable {
            T value{};
            std::exception_ptr thrown;
            try {
                value = job();
            } catch (...) {
                thrown = std::current_exception();
            }
            net::post(home, [handler = std::move(handler), thrown, value = std::move(value)]() mutable {
                std::move(handler)(thrown, std::move(value));
            });
        });
    };
    co_return co_await net::async_initiate<const net::use_awaitable_t<>&, void(std::exception_ptr, T)>(
        start, net::use_awaitable, &pool, std::move(work)
    );
}

}  // namespace miniweb
