// loop_watch: for how long an event loop was held by what runs on it, seen by a timer that rings every millisecond.
#pragma once

#include "support/stopwatch.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <memory>

namespace forage::testing {

/// Watches from `start` to `stop`, on the loop's one thread. Time for which the thread was ready to run, but other
/// processes had the cores, is not the loop's fault and does not count, where the kernel tells of it.
class loop_watch {
public:
    explicit loop_watch(boost::asio::io_context& io) : io_{io} {}
    loop_watch(const loop_watch&)            = delete;
    loop_watch& operator=(const loop_watch&) = delete;

    void start() {
        round_ = std::make_shared<round>(io_);
        wait(round_);
    }
    void stop() {
        longest_ = std::max(longest_, round_->longest);
        round_.reset();
    }
    [[nodiscard]] std::chrono::milliseconds longest() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(longest_);
    }

private:
    static constexpr std::chrono::milliseconds interval{1};
    struct round {
        explicit round(boost::asio::io_context& io) : timer{io} {}
        boost::asio::steady_timer timer;
        std::chrono::nanoseconds longest{};
    };

    // A timer that has rung cannot be cancelled any more, so that its handler may come when the watch is over.
    static void wait(const std::shared_ptr<round>& on) {
        on->timer.expires_after(interval);
        on->timer.async_wait([since = stopwatch{}, weak = std::weak_ptr{on}](boost::system::error_code ec) {
            const auto still = weak.lock();
            if (ec || !still) return;
            still->longest = std::max(still->longest, since.elapsed() - interval);
            wait(still);
        });
    }

    boost::asio::io_context& io_;
    std::shared_ptr<round> round_;
    std::chrono::nanoseconds longest_{};
};

}  // namespace forage::testing
