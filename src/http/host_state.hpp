// What is known of one host: how many requests are out, when the next may go, and whether it is worth asking.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

namespace forage::detail {

/// How a host is treated when it says nothing of its own.
struct host_limits {
    std::size_t concurrency = 64;
    std::chrono::milliseconds delay{0};  ///< least time between the starts of two requests
    int failures = 5;                    ///< in a row, after which the host is left alone; 0: never
    std::chrono::milliseconds pause{10'000};
};

/// Two clocks and a circuit breaker. The pace clock keeps requests apart: by the options, by robots.txt's Crawl-delay,
/// and for a while after the host said we are too fast. The backoff clock leaves the host alone: Retry-After, or a wait
/// that doubles. A request goes when both have run out. Time is passed in; lives on one strand.
class host_state {
public:
    using time_point = std::chrono::steady_clock::time_point;

    explicit host_state(const host_limits& limits) noexcept : limits_{&limits}, most_{limits.concurrency} {}

    [[nodiscard]] time_point pace_clock() const noexcept { return next_start_; }
    [[nodiscard]] time_point backoff_clock() const noexcept { return backoff_until_; }
    /// Until when the breaker refuses requests; a time past when it does not.
    [[nodiscard]] time_point open_until() const noexcept { return open_until_; }
    /// Neither the breaker nor the backoff clock lets anybody in.
    [[nodiscard]] bool is_shut(time_point now) const noexcept { return open_until_ > now || backoff_until_ > now; }
    [[nodiscard]] bool is_busy() const noexcept { return in_flight_ >= most_; }
    [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_; }
    /// Nothing is known of it that a new entry would not know.
    [[nodiscard]] bool is_forgettable(time_point now) const noexcept;

    void set_crawl_delay(std::chrono::milliseconds delay, time_point now) noexcept;

    void started(time_point now) noexcept;
    void ended() noexcept { --in_flight_; }

    // What came of a request that began at `began`.

    void answered() noexcept;
    /// 429 or 503. `retry_after` is what the host asked for, if it did.
    void throttled(time_point began, time_point now, std::optional<std::chrono::milliseconds> retry_after) noexcept;
    /// No answer, or one that says the host is broken.
    void failed(time_point now) noexcept;

private:
    [[nodiscard]] std::chrono::milliseconds pace() const noexcept;

    const host_limits* limits_;
    std::size_t most_;  // requests at once; 1 after trouble, doubling with each answer
    std::size_t in_flight_ = 0;
    int failures_          = 0;  // in a row
    int throttles_         = 0;  // in a row
    std::chrono::milliseconds crawl_delay_{0};
    std::chrono::milliseconds learned_delay_{0};
    time_point next_start_{};
    time_point backoff_until_{};
    time_point open_until_{};
    time_point last_throttle_{};
};

}  // namespace forage::detail
