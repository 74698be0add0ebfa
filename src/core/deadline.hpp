// deadline: a point in time by which something must be done, made once from a duration and passed down.
#pragma once

#include <algorithm>
#include <chrono>

namespace forage::detail {

class deadline {
public:
    using clock = std::chrono::steady_clock;

    /// Never passes.
    constexpr deadline() = default;
    /// `span` from now; zero or less means never, as in the public options.
    [[nodiscard]] static deadline after(std::chrono::milliseconds span) {
        deadline d;
        const auto now = clock::now();
        // Compared in milliseconds: the longest span does not fit into the clock's nanoseconds.
        const auto most = std::chrono::duration_cast<std::chrono::milliseconds>(clock::time_point::max() - now);
        if (span.count() > 0 && span < most) d.at_ = now + span;
        return d;
    }
    [[nodiscard]] static constexpr deadline at(clock::time_point when) noexcept {
        deadline d;
        d.at_ = when;
        return d;
    }
    [[nodiscard]] bool is_never() const noexcept { return at_ == clock::time_point::max(); }
    [[nodiscard]] bool has_passed() const noexcept { return !is_never() && clock::now() >= at_; }
    [[nodiscard]] clock::time_point time() const noexcept { return at_; }
    /// Never negative.
    [[nodiscard]] std::chrono::milliseconds left() const noexcept {
        if (is_never()) return std::chrono::milliseconds::max();
        return std::max(
            std::chrono::milliseconds{0}, std::chrono::duration_cast<std::chrono::milliseconds>(at_ - clock::now())
        );
    }
    [[nodiscard]] friend deadline earlier(deadline a, deadline b) noexcept { return a.at_ < b.at_ ? a : b; }
    /// When an operation is given up from outside. All that waits inside goes by `until` and says in which phase it
    /// passed, so this is a little later; it is for work that has no deadline of its own.
    [[nodiscard]] friend deadline last_call(deadline until) noexcept {
        constexpr auto grace = std::chrono::milliseconds{20};
        return until.is_never() ? until : at(until.at_ + grace);
    }

private:
    clock::time_point at_ = clock::time_point::max();
};

/// How long ago that was, for records of what took how long.
[[nodiscard]] inline std::chrono::microseconds since(deadline::clock::time_point from) noexcept {
    return std::chrono::duration_cast<std::chrono::microseconds>(deadline::clock::now() - from);
}

}  // namespace forage::detail
