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

    /// Whether `bytes` are more than may be held; if so, reading must end.
    [[nodiscard]] bool exceeds_memory(std::size_t bytes) noexcept;
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
    overrun why_ = overrun::none;
};

}  // namespace forage::detail
