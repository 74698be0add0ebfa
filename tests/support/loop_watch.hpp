// loop_watch: for how long an event loop was held by what runs on it, seen by a timer that rings every millisecond.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>

namespace forage::testing {

/// Runs until stopped; one thread. Time for which the thread was ready to run, but other processes had the cores, is
/// not the loop's fault and does not count, where the kernel tells of it.
class loop_watch {
public:
    using clock = std::chrono::steady_clock;

    explicit loop_watch(boost::asio::io_context& io) : timer_{io} {}
    loop_watch(const loop_watch&)            = delete;
    loop_watch& operator=(const loop_watch&) = delete;

    /// On the loop's thread, as all else.
    void start() {
        is_stopped_ = false;
        waited_     = waited_for_a_core();
        wait();
    }
    void stop() {
        is_stopped_ = true;
        timer_.cancel();
    }
    [[nodiscard]] std::chrono::milliseconds longest() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(longest_);
    }

private:
    void wait() {
        timer_.expires_after(std::chrono::milliseconds{1});
        timer_.async_wait([this](boost::system::error_code ec) {
            if (ec || is_stopped_) return;
            const auto late   = clock::now() - timer_.expiry();
            const auto waited = waited_for_a_core();
            longest_          = std::max(longest_, late - (waited - waited_));
            waited_           = waited;
            wait();
        });
    }

    // /proc/PID/schedstat (the kernel's documentation of sched-stats): the second number is time on the run queue.
    static clock::duration waited_for_a_core() {
        std::uint64_t ran = 0, waited = 0;
        std::ifstream{"/proc/thread-self/schedstat"} >> ran >> waited;
        return std::chrono::nanoseconds{waited};
    }

    boost::asio::steady_timer timer_;
    clock::duration longest_{}, waited_{};
    bool is_stopped_ = false;
};

}  // namespace forage::testing
