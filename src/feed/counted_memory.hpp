// Memory for a C library that has no place for a pointer of ours in its allocation functions: counted in the budget of
// the reading that is under way on this thread.
#pragma once

#include "html/budget.hpp"

#include <cstddef>

namespace forage::detail {

/// One at a time on a thread; what is allocated must be released while it lives.
class counted_memory {
public:
    /// `budget` must outlive it.
    explicit counted_memory(read_budget& budget) noexcept;
    ~counted_memory();
    counted_memory(const counted_memory&)            = delete;
    counted_memory& operator=(const counted_memory&) = delete;

    // As malloc, realloc and free. nullptr: the budget, which then knows, or the system has no more.
    [[nodiscard]] static void* allocate(std::size_t size) noexcept;
    [[nodiscard]] static void* reallocate(void* block, std::size_t size) noexcept;
    static void release(void* block) noexcept;
};

}  // namespace forage::detail
