// What a client handle points to. All of it but the options and the counters lives on `strand`.
#pragma once

#include "core/event.hpp"
#include "core/run_on.hpp"
#include "http/connection_pool.hpp"
#include "http/cookie_jar.hpp"
#include "http/host_manners.hpp"
#include "http/proxy_settings.hpp"
#include "http/retry_budget.hpp"
#include "http/robots_cache.hpp"
#include "net/address_guard.hpp"
#include "net/resolver.hpp"
#include "net/tls.hpp"

#include <forage/client.hpp>
#include <forage/detail/run_bounded.hpp>
#include <forage/result.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <atomic>
#include <list>
#include <memory>
#include <optional>
#include <string_view>

namespace forage::detail {

struct search_state;

/// The counters of client_stats, each written on the strand and read anywhere.
struct counters {
    std::atomic<std::uint64_t> requests{0}, opened{0}, reused{0}, handshakes{0}, resumed{0}, retries{0}, robots{0},
        stale{0}, received{0}, decoded{0};
};

class client_impl : public std::enable_shared_from_this<client_impl> {
public:
    /// Throws forage::exception if an option makes no sense.
    client_impl(boost::asio::any_io_executor executor, client_options given);
    ~client_impl();
    client_impl(const client_impl&)            = delete;
    client_impl& operator=(const client_impl&) = delete;

    const client_options options;  ///< keys from the environment filled in
    const boost::asio::any_io_executor strand;
    const address_guard guard;
    const proxy_settings proxies;
    std::shared_ptr<search_state> search;  ///< the search layer's memory of providers, made by it at first use
    resolver names;
    connection_pool pool;
    host_manners hosts;
    robots_cache robots;
    retry_budget retries;
    std::optional<cookie_jar> cookies;  ///< if the options ask for one
    counters count;

    /// What TLS trusts; loaded on the worker pool at the first call.
    awaitable<result<std::shared_ptr<tls_context>>> trust();

    /// The time of a call that asked for `wanted`: the client's total where that is zero, and never without end.
    [[nodiscard]] std::chrono::milliseconds time_for(std::chrono::milliseconds wanted) const noexcept;

    void log(log_level level, std::string_view line) const;

    using signal_ptr = std::shared_ptr<boost::asio::cancellation_signal>;
    /// How often the client had been cancelled at some moment. Read from any thread, and needs no client.
    class cancel_mark {
    public:
        cancel_mark() = default;
        explicit cancel_mark(std::shared_ptr<const std::atomic<std::uint64_t>> count)
            : count_{std::move(count)}, then_{count_->load(std::memory_order_acquire)} {}
        /// Whether it has been cancelled since.
        [[nodiscard]] bool is_passed() const noexcept {
            return count_ && count_->load(std::memory_order_acquire) != then_;
        }

    private:
        std::shared_ptr<const std::atomic<std::uint64_t>> count_;
        std::uint64_t then_ = 0;
    };
    [[nodiscard]] cancel_mark mark() const { return cancel_mark{cancellations_}; }
    /// A call of a public function: how it is cancelled, and when it was made.
    struct call {
        signal_ptr signal;
        cancel_mark made;
    };
    /// From any thread.
    [[nodiscard]] call new_call() const;
    /// Cancels the calls made until now, also those that have not come to run yet. From any thread.
    void cancel();

    /// Keeps a running operation within reach of `cancel` while it lives.
    class running {
    public:
        running(client_impl& owner, const call& made);
        ~running();
        running(const running&)            = delete;
        running& operator=(const running&) = delete;

    private:
        client_impl& owner_;
        std::list<call>::iterator place_;
    };

private:
    void cancel_running();

    std::shared_ptr<std::atomic<std::uint64_t>> cancellations_ = std::make_shared<std::atomic<std::uint64_t>>(0);
    std::list<call> running_;
    std::shared_ptr<event> trust_loading_;  // while a load runs
    result<std::shared_ptr<tls_context>> trust_;
};

template <class T>
awaitable<result<T>> contained(std::shared_ptr<client_impl> web, awaitable<result<T>> op, client_impl::call made) {
    // The client may have been cancelled while the call was on its way here.
    if (made.made.is_passed()) co_return error{errc::cancelled, "cancelled by the caller"};
    const client_impl::running registered{*web, made};
    try {
        co_return co_await std::move(op);
    } catch (...) {
        co_return error_from_exception(std::current_exception());
    }
}

/// Runs `op` on the client's strand for a public function: cancellation becomes `errc::cancelled`, an exception
/// `errc::internal`. Awaited from any executor.
template <class T>
awaitable<result<T>> on_strand(std::shared_ptr<client_impl> web, awaitable<result<T>> op) {
    auto made   = web->new_call();
    auto strand = web->strand;
    return run_on(std::move(strand), contained(std::move(web), std::move(op), made), made.signal);
}

}  // namespace forage::detail
