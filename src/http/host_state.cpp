#include "http/host_state.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

using std::chrono::milliseconds;

// Without Retry-After: one second, doubling. Half a minute is as long as anyone waits for a page.
constexpr milliseconds first_backoff{1'000};
constexpr milliseconds longest_backoff{30'000};
// A host that asked for a minute's rest does not mean a page a minute.
constexpr milliseconds longest_learned_delay{5'000};
constexpr milliseconds negligible_delay{50};

}  // namespace

milliseconds host_state::pace() const noexcept { return std::max({limits_->delay, crawl_delay_, learned_delay_}); }

bool host_state::is_forgettable(time_point now) const noexcept {
    return in_flight_ == 0 && failures_ == 0 && throttles_ == 0 && learned_delay_.count() == 0 && next_start_ <= now &&
           backoff_until_ <= now;
}

void host_state::set_crawl_delay(milliseconds delay, time_point now) noexcept {
    crawl_delay_ = delay;
    if (delay.count() > 0) next_start_ = std::max(next_start_, now + delay);
}

void host_state::started(time_point now) noexcept {
    ++in_flight_;
    next_start_ = now + pace();
}

void host_state::answered() noexcept {
    failures_  = 0;
    throttles_ = 0;
    most_      = most_ > limits_->concurrency / 2 ? limits_->concurrency : most_ * 2;
    learned_delay_ -= learned_delay_ / 4;
    if (learned_delay_ < negligible_delay) learned_delay_ = milliseconds{0};
}

void host_state::throttled(time_point began, time_point now, std::optional<milliseconds> retry_after) noexcept {
    // Requests that were out together are told off together; that is one refusal.
    const bool is_news = began >= last_throttle_;
    if (is_news) {
        last_throttle_ = now;
        ++throttles_;
        failed(now);
    }
    auto wait = first_backoff;
    for (int doubled = 1; doubled < throttles_ && wait < longest_backoff; ++doubled) wait *= 2;
    wait = std::min(wait, longest_backoff);
    if (retry_after) wait = *retry_after;
    backoff_until_ = std::max(backoff_until_, now + wait);
    learned_delay_ = std::max(learned_delay_, std::min(wait, longest_learned_delay));
    most_          = 1;
}

void host_state::failed(time_point now) noexcept {
    ++failures_;
    if (limits_->failures <= 0 || failures_ < limits_->failures) return;
    // After the pause one request tries; `failures_` stays, so that one more failure closes the door again.
    open_until_ = now + limits_->pause;
    most_       = 1;
}

}  // namespace forage::detail
