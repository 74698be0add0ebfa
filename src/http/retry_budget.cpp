// The idea is that of gRPC's retry throttling and Finagle's retry budgets; a window forgets what a token bucket hoards.
#include "http/retry_budget.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

constexpr std::uint32_t always_allowed = 10;  // in the window: a client that makes few requests may retry too

}  // namespace

retry_budget::second& retry_budget::current(time_point now) noexcept {
    const auto number = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    auto& slot        = window_[static_cast<std::size_t>(number) % window_.size()];
    if (slot.number != number) slot = {number, 0, 0};
    return slot;
}

void retry_budget::count_request(time_point now) noexcept { ++current(now).requests; }

bool retry_budget::take(time_point now) noexcept {
    if (!(share_ > 0)) return false;
    auto& slot             = current(now);
    const auto oldest      = slot.number - static_cast<std::int64_t>(window_.size());
    std::uint64_t requests = 0;
    std::uint64_t retries  = 0;
    for (const auto& each : window_) {
        if (each.number <= oldest) continue;
        requests += each.requests;
        retries += each.retries;
    }
    if (retries >= always_allowed && static_cast<double>(retries) + 1 > share_ * static_cast<double>(requests))
        return false;
    ++slot.retries;
    return true;
}

}  // namespace forage::detail
