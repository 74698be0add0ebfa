// What a client remembers about the services it asks: how each is reached, and when it may be asked again. Lives on the
// client's strand.
#pragma once

#include "search/provider.hpp"
#include "search/quota_store.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <memory>

namespace forage::detail {

/// Keeps the distance a service wants between requests, and leaves it alone after it refused us. Time is passed in.
class provider_gate {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// How long the service must still be left alone; zero when it may be asked.
    [[nodiscard]] std::chrono::milliseconds blocked_for(time_point now) const noexcept;
    /// How long until the next request may go out, blocks aside.
    [[nodiscard]] std::chrono::milliseconds wait_for_turn(time_point now) const noexcept;

    void took_turn(time_point now, manners pace) noexcept;
    /// The service said that it is not to be asked before `then`, or not sooner than `gap` after this.
    void is_limited(time_point then) noexcept { limited_until_ = std::max(limited_until_, then); }
    void wants_gap(time_point now, std::chrono::milliseconds gap) noexcept {
        next_turn_ = std::max(next_turn_, now + gap);
    }
    [[nodiscard]] std::chrono::milliseconds limited_for(time_point now) const noexcept;
    /// The service refused us: it is blocked, twice as long as the last time.
    void was_refused(time_point now, manners pace) noexcept;
    /// The service answered as it was asked to: the next block is a first one again.
    void was_answered() noexcept;
    /// It answered, if only by a refusal: it is not broken, and failures are not in a row any more.
    void has_spoken() noexcept;

    /// The circuit breaker: how long the service is left alone after failures in a row; zero when it may be asked.
    [[nodiscard]] std::chrono::milliseconds open_for(time_point now) const noexcept;
    /// No answer, or one that says the service is broken. From the `most`th in a row on (0: never) it is left alone for
    /// `pause`; then one request tries again.
    void has_failed(time_point now, int most, std::chrono::milliseconds pause) noexcept;

private:
    time_point next_turn_{};
    time_point limited_until_{};
    time_point blocked_until_{};
    std::chrono::milliseconds block_{};
    time_point open_until_{};
    std::chrono::milliseconds pause_{};  // of the breaker, while it is open or tries
    int failures_ = 0;
};

struct search_state {
    explicit search_state(const client_options& given);

    const std::shared_ptr<const client_options> options;  ///< with what the environment says of services filled in
    const std::shared_ptr<quota_store> quota;             ///< nullptr: nothing is counted
    std::array<provider_gate, most_providers> gates;

    [[nodiscard]] provider_gate& gate(provider p) noexcept {
        return gates[static_cast<std::size_t>(p) % most_providers];
    }
};

}  // namespace forage::detail
