// What reading one document may cost: time, memory, and the caller's patience. One per call, one thread.
#pragma once

#include <forage/html.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace forage::detail {

enum class overrun : std::uint8_t { none, time, memory, stopped };

class read_budget {
public:
    explicit read_budget(const read_options& options) noexcept;

    /// Looks at the stop flag and the clock; true when reading must end. Costs a clock reading: call it every so often.
    [[nodiscard]] bool is_spent() noexcept;

    /// Counts `bytes` as held. False when that is more than may be: then they are not counted, and reading must end.
    [[nodiscard]] bool take(std::size_t bytes) noexcept;
    void give_back(std::size_t bytes) noexcept { held_ -= bytes; }
    [[nodiscard]] std::size_t held() const noexcept { return held_; }
    [[nodiscard]] std::size_t max_memory() const noexcept { return max_memory_; }
    /// The system has no more, whatever the limit says.
    void use_up_memory() noexcept { why_ = overrun::memory; }

    [[nodiscard]] overrun why() const noexcept { return why_; }
    /// `why()` as the error the caller gets.
    [[nodiscard]] forage::error to_error() const;

private:
    std::chrono::steady_clock::time_point end_;
    const std::atomic<bool>* stop_;
    std::size_t max_memory_;
    std::size_t held_ = 0;
    overrun why_      = overrun::none;
};

/// What one part of the reader holds, counted in the budget while it lives.
class budget_share {
public:
    /// `budget` must outlive it.
    explicit budget_share(read_budget& budget) noexcept : budget_{budget} {}
    ~budget_share() { budget_.give_back(most_); }
    budget_share(const budget_share&)            = delete;
    budget_share& operator=(const budget_share&) = delete;

    /// Whether it may hold `bytes` in all. Once it says no, reading must end. What was held once stays counted.
    [[nodiscard]] bool may_hold(std::size_t bytes) noexcept {
        if (bytes <= most_) return true;
        if (!budget_.take(bytes - most_)) return false;
        most_ = bytes;
        return true;
    }

private:
    read_budget& budget_;
    std::size_t most_ = 0;
};

}  // namespace forage::detail
