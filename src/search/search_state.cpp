// Durations are rounded up, so that a wait of what is said here is always enough.
#include "search/search_state.hpp"

#include "core/environment.hpp"
#include "search/service_description.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {
namespace {

using std::chrono::milliseconds;

milliseconds time_until(provider_gate::time_point then, provider_gate::time_point now) noexcept {
    return then <= now ? milliseconds{0} : std::chrono::ceil<milliseconds>(then - now);
}

std::shared_ptr<const client_options> with_environment(client_options options) {
    for (std::size_t i = 0; i < provider_count(); ++i) {
        const auto p        = static_cast<provider>(i);
        const auto* service = description_of(p);
        if (service == nullptr) continue;
        auto& access = options.services[p];
        if (access.key.empty()) access.key = environment(service->key_environment.c_str());
        if (access.url.empty()) access.url = environment(service->url_environment.c_str());
    }
    return std::make_shared<const client_options>(std::move(options));
}

}  // namespace

milliseconds provider_gate::blocked_for(time_point now) const noexcept { return time_until(blocked_until_, now); }

milliseconds provider_gate::wait_for_turn(time_point now) const noexcept {
    return time_until(std::max(next_turn_, limited_until_), now);
}

milliseconds provider_gate::limited_for(time_point now) const noexcept { return time_until(limited_until_, now); }

void provider_gate::took_turn(time_point now, manners pace) noexcept {
    next_turn_ = now + pace.gap;
    // After failures this is the one request that tries: the door is shut behind it until it is answered.
    if (pause_.count() > 0) open_until_ = now + pause_;
}

void provider_gate::was_refused(time_point now, manners pace) noexcept {
    block_         = std::clamp(block_ * 2, pace.first_block, std::max(pace.first_block, pace.longest_block));
    blocked_until_ = now + block_;
}

void provider_gate::was_answered() noexcept {
    block_ = milliseconds{0};
    has_spoken();
}

void provider_gate::has_spoken() noexcept {
    failures_   = 0;
    pause_      = milliseconds{0};
    open_until_ = {};
}

milliseconds provider_gate::open_for(time_point now) const noexcept { return time_until(open_until_, now); }

void provider_gate::has_failed(time_point now, int most, milliseconds pause) noexcept {
    ++failures_;
    if (most <= 0 || failures_ < most) return;
    pause_      = pause;
    open_until_ = now + pause;
}

search_state::search_state(const client_options& given)
    : options{with_environment(given)},
      quota{given.quota.file.empty() ? nullptr : std::make_shared<quota_store>(given.quota.file)} {}

}  // namespace forage::detail
