// Memory for one parsed tree: handed out piece by piece, used again when a piece comes back, and gone as a whole at the
// end, never more than the budget allows. The budget's clock and stop flag are looked at here, because a parser
// allocates whatever else it does.
#pragma once

#include "html/address_range.hpp"
#include "html/budget.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace forage::detail {

/// Pieces carry no headers: a piece of up to 2 KiB lies in a page of pieces of its size, and larger ones are few. A
/// tree is small pieces, and a quarter of what a parser allocates it soon gives back.
class arena {
public:
    explicit arena(read_budget& budget) noexcept : budget_{budget} {}
    ~arena();
    arena(const arena&)            = delete;
    arena& operator=(const arena&) = delete;

    /// `size` bytes aligned for pointers, or nullptr once the budget is spent; why is in the budget. Never throws.
    [[nodiscard]] void* allocate(std::size_t size) noexcept {
        if (--until_next_check_ == 0 || size > largest_small) return allocate_slowly(size);
        auto& pieces = classes_[class_of(size)];
        if (pieces.given_back != nullptr) return pieces.take_back();
        if (pieces.next == pieces.end) return allocate_slowly(size);
        auto* piece = pieces.next;
        pieces.next += unit_of(class_of(size));
        return piece;
    }
    /// Takes back what `allocate` gave; nullptr does nothing.
    void release(void* piece) noexcept;

    /// Bytes taken from the system, as counted in the budget.
    [[nodiscard]] std::size_t taken() const noexcept { return taken_; }

private:
    static constexpr std::size_t page_size     = 16 * 1024;
    static constexpr std::size_t finest        = 512;  // up to here a class for every 8 bytes, then one for every 128
    static constexpr std::size_t largest_small = 2048;
    static constexpr std::size_t class_count   = finest / 8 + (largest_small - finest) / 128 + 1;

    struct size_class {
        void* given_back = nullptr;  // each holds the address of the next
        std::byte* next  = nullptr;  // in the page that is being filled
        std::byte* end   = nullptr;  // where no further piece fits

        void* take_back() noexcept;
    };
    struct large_piece;

    static constexpr std::size_t class_of(std::size_t size) noexcept {
        return size <= finest ? (size + (size == 0) + 7) / 8 : finest / 8 + (size - finest + 127) / 128;
    }
    static constexpr std::size_t unit_of(std::size_t size_class) noexcept {
        return size_class <= finest / 8 ? size_class * 8 : finest + (size_class - finest / 8) * 128;
    }

    [[nodiscard]] void* allocate_slowly(std::size_t size) noexcept;
    [[nodiscard]] void* allocate_large(std::size_t size) noexcept;
    [[nodiscard]] bool add_page(std::size_t size_class) noexcept;
    [[nodiscard]] bool reserve() noexcept;
    void release_large(large_piece* piece) noexcept;
    [[nodiscard]] bool take(std::size_t bytes) noexcept;

    read_budget& budget_;
    std::array<size_class, class_count> classes_{};
    std::vector<std::uint8_t> class_of_page_;
    address_range pages_;  // for all of them; memory follows use
    large_piece* large_        = nullptr;
    std::size_t taken_         = 0;
    unsigned until_next_check_ = 1;
};

}  // namespace forage::detail
