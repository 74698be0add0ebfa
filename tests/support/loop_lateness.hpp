// loop_lateness: how late a loop has been with its timers, so that a test of deadlines does not blame the code under
// test for a machine that is busy with something else.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <memory>

namespace forage::testing {

/// Watches while it lives.
class loop_lateness {
public:
    explicit loop_lateness(boost::asio::io_context& io) : watch_{std::make_shared<watch>(io)} { wait(watch_); }
    ~loop_lateness() { watch_->timer.cancel(); }
    loop_lateness(const loop_lateness&)            = delete;
    loop_lateness& operator=(const loop_lateness&) = delete;

    /// The worst so far.
    [[nodiscard]] std::chrono::steady_clock::duration worst() const noexcept { return watch_->worst; }

private:
    struct watch {
        explicit watch(boost::asio::io_context& io) : timer{io} {}
        boost::asio::steady_timer timer;
        std::chrono::steady_clock::duration worst{};
    };

    // A timer that has rung cannot be cancelled any more, so that its handler may come when the watch is over.
    static void wait(const std::shared_ptr<watch>& on) {
        on->timer.expires_after(std::chrono::milliseconds{5});
        on->timer.async_wait([weak = std::weak_ptr{on}](boost::system::error_code ec) {
            const auto still = weak.lock();
            if (ec || !still) return;
            still->worst = std::max(still->worst, std::chrono::steady_clock::now() - still->timer.expiry());
            wait(still);
        });
    }

    std::shared_ptr<watch> watch_;
};

}  // namespace forage::testing
