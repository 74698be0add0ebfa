// An array of plain values that grows by moving its memory, and once it is large within a range of addresses of its
// own, where it stays. What it takes is counted in the reader's budget before it is taken.
#pragma once

#include "html/address_range.hpp"
#include "html/budget.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <type_traits>
#include <utility>

namespace forage::detail {

/// Thrown by what a document keeps its parts in when the budget has no more; why is in the budget.
struct budget_spent {};

/// One thread. `budget` must outlive it.
template <class T>
class growing_array {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    explicit growing_array(read_budget& budget) noexcept : budget_{&budget} {}
    ~growing_array() {
        if (range_.is_empty()) std::free(data_);  // NOLINT(cppcoreguidelines-no-malloc): from realloc
        budget_->give_back(capacity_ * sizeof(T));
    }
    growing_array(const growing_array&)            = delete;
    growing_array& operator=(const growing_array&) = delete;

    [[nodiscard]] T* data() noexcept { return data_; }
    [[nodiscard]] const T* data() const noexcept { return data_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] T& operator[](std::size_t i) noexcept { return data_[i]; }
    [[nodiscard]] const T& operator[](std::size_t i) const noexcept { return data_[i]; }

    /// Throws budget_spent.
    void reserve(std::size_t wanted) {
        if (wanted > capacity_) move_to(std::max(wanted, capacity_ + step()));
    }
    /// Throws budget_spent.
    void push_back(const T& value) { add() = value; }
    /// One more value, whatever is in it: what is written to it in parts must not be copied as a whole at once, as the
    /// processor would wait for the parts. Throws budget_spent.
    [[nodiscard]] T& add() {
        if (size_ == capacity_) move_to(capacity_ + step());
        return data_[size_++];
    }
    /// Throws budget_spent. `from` may lie in this array.
    void append(const T* from, std::size_t count) {
        if (count > capacity_ - size_) {
            const bool is_own = from >= data_ && from < data_ + size_;
            const auto offset = is_own ? from - data_ : 0;
            move_to(std::max(capacity_ + step(), size_ + count + fewest));
            if (is_own) from = data_ + offset;
        }
        if (count != 0) std::memcpy(data_ + size_, from, count * sizeof(T));
        size_ += count;
    }
    /// Up to what was reserved; values that were not written yet are not to be read.
    void set_size(std::size_t size) noexcept { size_ = size; }

private:
    static constexpr std::size_t fewest  = 64 / sizeof(T) + 8;
    static constexpr std::size_t largest = 0x7FFF'FFFF;  // places in it are told by 31 bits
    static constexpr std::size_t large = 8 * 1024 * 1024, huge_page = 2 * 1024 * 1024;

    /// By half, and by less once moving is cheap: what is not used yet is memory as well.
    [[nodiscard]] std::size_t step() const noexcept {
        constexpr std::size_t many = 64 * 1024;
        return capacity_ * sizeof(T) < many ? capacity_ / 2 + fewest : capacity_ / 4;
    }

    [[gnu::noinline]] void move_to(std::size_t capacity) {
        // In whole pages, so that what is counted is what is taken.
        if (capacity * sizeof(T) >= large)
            capacity = (capacity * sizeof(T) + huge_page - 1) / huge_page * huge_page / sizeof(T);
        if (capacity * sizeof(T) > largest) {
            budget_->use_up_memory();
            throw budget_spent{};
        }
        if (!budget_->take((capacity - capacity_) * sizeof(T))) throw budget_spent{};
        if (capacity * sizeof(T) >= large && range_.is_empty()) settle();
        if (!range_.is_empty()) {
            capacity_ = capacity;
            return;
        }
        void* moved = std::realloc(data_, capacity * sizeof(T));  // NOLINT(cppcoreguidelines-no-malloc): the point
        if (moved == nullptr) {
            budget_->give_back((capacity - capacity_) * sizeof(T));
            budget_->use_up_memory();
            throw budget_spent{};
        }
        data_     = static_cast<T*>(moved);
        capacity_ = capacity;
    }

    /// Moves into a range for all that the budget allows, if the system gives one.
    void settle() {
        address_range range{std::min(budget_->max_memory(), largest) + huge_page, huge_page};
        if (range.is_empty()) return;
        range.prefer_huge_pages();
        if (size_ != 0) std::memcpy(range.begin(), data_, size_ * sizeof(T));
        std::free(data_);                              // NOLINT(cppcoreguidelines-no-malloc): from realloc
        data_  = reinterpret_cast<T*>(range.begin());  // NOLINT: aligned for all, and T is trivial
        range_ = std::move(range);
    }

    read_budget* budget_;
    T* data_              = nullptr;
    std::size_t size_     = 0;
    std::size_t capacity_ = 0;
    address_range range_;  // empty while it is not large
};

}  // namespace forage::detail
