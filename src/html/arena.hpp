// Memory for one parsed tree: handed out piece by piece, given back all at once, never more than the budget allows.
// The budget's clock and stop flag are looked at here, because a parser allocates whatever else it does.
#pragma once

#include "html/budget.hpp"

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace forage::detail {

class arena {
public:
    explicit arena(read_budget& budget) noexcept : budget_{budget} {}
    ~arena();
    arena(const arena&)            = delete;
    arena& operator=(const arena&) = delete;

    /// `size` bytes aligned for anything, or nullptr once the budget is spent; why is in the budget. Never throws.
    [[nodiscard]] void* allocate(std::size_t size) noexcept {
        if (--until_next_check_ == 0 || size >= left_ || round_up(size) > left_) return allocate_slowly(size);
        size = round_up(size);
        left_ -= size;
        return std::exchange(next_, next_ + size);
    }

    /// Bytes taken from the system so far.
    [[nodiscard]] std::size_t taken() const noexcept { return taken_; }

private:
    struct block {
        std::unique_ptr<std::byte[]> bytes;
        std::size_t size;
    };

    static constexpr std::size_t round_up(std::size_t size) noexcept {
        constexpr std::size_t unit = alignof(std::max_align_t);
        return (size + (size == 0) + unit - 1) / unit * unit;
    }

    [[nodiscard]] void* allocate_slowly(std::size_t size) noexcept;
    [[nodiscard]] void* allocate_from_new_block(std::size_t size) noexcept;
    [[nodiscard]] bool add_block(std::size_t size) noexcept;

    read_budget& budget_;
    std::vector<block> blocks_;
    std::byte* next_           = nullptr;
    std::size_t left_          = 0;
    std::size_t taken_         = 0;
    unsigned until_next_check_ = 1;
};

}  // namespace forage::detail
