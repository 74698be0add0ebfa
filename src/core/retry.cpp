// How long to wait before another try: full jitter, as in "Exponential Backoff And Jitter" (AWS architecture blog),
// so that clients that failed together do not come back together.
#include <forage/retry_policy.hpp>

#include <algorithm>
#include <cstdint>
#include <random>

namespace forage {
namespace {

using std::chrono::milliseconds;

// Not for secrets: only spreads clients. random_device may throw where there is no entropy source; the clock then does.
std::uint64_t seed() noexcept {
    try {
        std::random_device device;
        return (std::uint64_t{device()} << 32) | device();
    } catch (const std::exception&) {
        return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    }
}

milliseconds uniform_up_to(milliseconds most) {
    thread_local std::mt19937_64 generator{seed()};
    return milliseconds{std::uniform_int_distribution<std::int64_t>{0, most.count()}(generator)};
}

milliseconds backoff_limit(const retry_policy& policy, int attempt) {
    auto limit = std::max(policy.base, milliseconds{0});
    for (int doubled = 1; doubled < attempt && limit < policy.cap; ++doubled) {
        if (limit > policy.cap / 2) return std::max(policy.cap, milliseconds{0});
        limit *= 2;
    }
    return std::max(std::min(limit, policy.cap), milliseconds{0});
}

}  // namespace

std::optional<milliseconds> delay_before_retry(const retry_policy& policy, int attempt, const error& failure) {
    if (attempt >= policy.attempts) return std::nullopt;
    const bool deserves = policy.retries ? policy.retries(failure) : failure.is_transient();
    if (!deserves) return std::nullopt;

    if (failure.retry_at) {
        const auto now = std::chrono::system_clock::now();
        // A time already past says nothing but "now": then the backoff decides, or a server that answers
        // "Retry-After: 0" would be hammered.
        if (*failure.retry_at > now) {
            const auto wait = std::chrono::ceil<milliseconds>(*failure.retry_at - now);
            if (wait > policy.max_wait) return std::nullopt;
            return wait;
        }
    }
    return uniform_up_to(backoff_limit(policy, std::max(attempt, 1)));
}

}  // namespace forage
