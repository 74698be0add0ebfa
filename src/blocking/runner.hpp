// A private io_context, the thread that runs it, and a warm client: what a blocking client is.
#pragma once

#include <forage/blocking.hpp>
#include <forage/client.hpp>
#include <forage/detail/run_bounded.hpp>
#include <forage/result.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

namespace forage::blocking {

namespace detail {

/// Where a waiting thread finds the outcome. Values cross the threads, never exceptions.
template <class T>
class mailbox {
public:
    void put(T value) {
        const std::lock_guard lock{mutex_};
        value_.emplace(std::move(value));
        filled_.notify_one();  // under the lock: the waiter may destroy the box right after
    }
    T take() {
        std::unique_lock lock{mutex_};
        filled_.wait(lock, [this] { return value_.has_value(); });
        return std::move(*value_);
    }

private:
    std::mutex mutex_;
    std::condition_variable filled_;
    std::optional<T> value_;
};

template <class T>
struct as_result {
    using type = result<T>;
};
template <class T>
struct as_result<result<T>> {
    using type = result<T>;
};

/// Starts `op` on `io` and waits for it. `io` must be run by another thread.
template <class Op>
auto wait_for(boost::asio::io_context& io, Op op) -> typename as_result<typename Op::value_type>::type {
    using outcome = typename as_result<typename Op::value_type>::type;
    mailbox<outcome> box;
    auto deliver = [&box](std::exception_ptr thrown, typename Op::value_type value) {
        if (thrown)
            box.put(forage::detail::error_from_exception(thrown));
        else
            box.put(std::move(value));
    };
    boost::asio::co_spawn(io, std::move(op), deliver);
    return box.take();
}

}  // namespace detail

class client::runner {
public:
    explicit runner(client_options options);
    ~runner();
    runner(const runner&)            = delete;
    runner& operator=(const runner&) = delete;

    /// Runs `make(web)`, an awaitable, and waits for its outcome. Errors of its own: bad_argument, when called on this
    /// runner's thread; internal, when the system lets no thread or event loop start.
    /// The runner is held by the waiting thread: a callback that drops the last client does not end it on its own
    /// thread.
    template <class Make>
    static auto call(const client& web, Make make) ->
        typename detail::as_result<typename std::invoke_result_t<Make&, forage::client&>::value_type>::type {
        const std::shared_ptr<runner> held = web.impl();
        if (auto ready = held->start(); !ready) return ready.error();
        return detail::wait_for(held->engine_->io, make(held->engine_->web));
    }

    [[nodiscard]] client_stats stats() const;

private:
    struct engine {
        boost::asio::io_context io{1};
        boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{io.get_executor()};
        forage::client web;
        explicit engine(client_options options) : web{io.get_executor(), std::move(options)} {}
    };

    result<void> start();

    mutable std::mutex starting_;
    client_options options_;
    std::unique_ptr<engine> engine_;  // null until the first call
    std::thread thread_;
};

}  // namespace forage::blocking
