// The deadline is fixed when the budget is made, so decoding counts as well as parsing.
#include "html/budget.hpp"

#include <algorithm>
#include <limits>

namespace forage::detail {

read_budget::read_budget(const read_options& options) noexcept
    : stop_{options.stop}, max_memory_{std::min(options.max_memory, std::numeric_limits<std::size_t>::max() / 4)} {
    using clock      = std::chrono::steady_clock;
    const auto now   = clock::now();
    const auto limit = std::chrono::duration_cast<clock::duration>(std::chrono::hours{24});
    end_             = now + (options.time_limit < limit ? clock::duration{options.time_limit} : limit);
}

bool read_budget::is_spent() noexcept {
    if (why_ != overrun::none) return true;
    if (stop_ && stop_->load(std::memory_order_relaxed)) {
        why_ = overrun::stopped;
    } else if (std::chrono::steady_clock::now() >= end_) {
        why_ = overrun::time;
    }
    return why_ != overrun::none;
}

bool read_budget::take(std::size_t bytes) noexcept {
    if (bytes <= max_memory_ - held_) {
        held_ += bytes;
        return true;
    }
    if (why_ == overrun::none) why_ = overrun::memory;
    return false;
}

forage::error read_budget::to_error() const {
    switch (why_) {
    case overrun::stopped: return error{errc::cancelled, "reading the document was stopped"}.at(phase::read);
    case overrun::memory:
        return error{errc::parse_failed, "the document needs more memory than it may", "raise max_memory"}.at(
            phase::read
        );
    case overrun::time:
        return error{errc::parse_failed, "the document took too long to read", "raise time_limit"}.at(phase::read);
    case overrun::none: break;
    }
    return error{errc::internal, "reading ended without a reason"}.at(phase::read);
}

}  // namespace forage::detail
