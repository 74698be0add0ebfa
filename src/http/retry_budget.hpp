// How many retries a client may make: a share of its requests, so that retries never multiply an overload.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace forage::detail {

/// Counts requests and retries over the last ten seconds, a second at a time. Time is passed in. Lives on one strand.
class retry_budget {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// `share` of the requests may be repeated, and a few always may; none at all if it is 0.
    explicit retry_budget(double share) noexcept : share_{share} {}

    void count_request(time_point now) noexcept;
    /// Whether a retry may be made; it is counted if so.
    [[nodiscard]] bool take(time_point now) noexcept;

private:
    struct second {
        std::int64_t number    = -1;  // since the clock's epoch
        std::uint32_t requests = 0;
        std::uint32_t retries  = 0;
    };
    second& current(time_point now) noexcept;

    std::array<second, 10> window_;
    double share_;
};

}  // namespace forage::detail
