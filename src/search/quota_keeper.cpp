#include "search/quota_keeper.hpp"

#include "core/with_deadline.hpp"
#include "core/worker_pool.hpp"

#include <forage/error.hpp>

#include <atomic>
#include <optional>
#include <utility>

namespace forage::detail {
namespace {

/// Where a service does not say when its quota is renewed, others look again after so long.
constexpr std::chrono::hours unknown_renewal{1};

bool was_sent(const error& e) noexcept {
    if (e.code == errc::blocked_address || e.code == errc::bad_url || e.code == errc::bad_argument) return false;
    switch (e.where) {
    case phase::queue:
    case phase::robots:
    case phase::resolve:
    case phase::connect:
    case phase::proxy:
    case phase::tls: return false;
    default: return true;
    }
}

std::optional<quota_store::time_point> when_spent(const result<hit_page>& outcome) {
    const auto later = quota_store::time_point::clock::now() + unknown_renewal;
    if (!outcome) {
        const auto& why = outcome.error();
        return why.code == errc::quota_exceeded ? std::optional{why.retry_at.value_or(later)} : std::nullopt;
    }
    const auto& limits = outcome->limits;
    if (limits.is_spent && limits.is_long) return limits.not_before.value_or(later);
    return std::nullopt;
}

}  // namespace

quota_keeper::quota_keeper(const std::shared_ptr<search_state>& state, provider p)
    : store_{state->quota}, asked_{to_string(p), provider_of(p).key(*state->options)},
      limits_{quota_limits::of(state->options->quota, p, asked_.has_key())} {}

awaitable<result<void>> quota_keeper::reserve(deadline until) {
    if (!store_) co_return result<void>::success();
    asked_at_  = std::chrono::system_clock::now();
    auto count = [store = store_, asked = asked_, limits = limits_, now = asked_at_](const std::atomic<bool>& stop
                 ) -> result<void> {
        if (stop) return error{errc::cancelled, "given up before it was counted"};
        auto counted = store->reserve(asked, limits, now);
        if (counted && stop) store->give_back(asked, limits, now);  // nobody is left to make it
        return counted;
    };
    auto done = co_await with_deadline(offload<result<void>>(std::move(count)), last_call(until));
    if (!done)
        co_return error{errc::timed_out, "the request was not counted in time", "allow more time"}.at(phase::queue);
    co_return *std::move(done);
}

quota_keeper::settlement quota_keeper::settlement_of(const result<hit_page>& outcome) {
    settlement made;
    made.is_unused   = !outcome && !was_sent(outcome.error());
    made.spent_until = when_spent(outcome);
    return made;
}

awaitable<void> quota_keeper::settle(settlement what, deadline until) {
    if (!store_ || (!what.is_unused && !what.spent_until)) co_return;
    auto write = [store = store_, asked = asked_, limits = limits_, then = asked_at_, what](const std::atomic<bool>&) {
        if (what.is_unused) store->give_back(asked, limits, then);
        if (what.spent_until) store->is_spent(asked, *what.spent_until);
        return true;
    };
    // Late or not, the job does it.
    const auto done = co_await with_deadline(offload<bool>(std::move(write)), last_call(until));
    static_cast<void>(done);
}

}  // namespace forage::detail
