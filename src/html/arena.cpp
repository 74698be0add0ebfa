// Blocks of a megabyte: what a small page does not touch of one is never made resident. A few are kept per thread for
// the next document, because writing to fresh pages from the kernel costs 4 % of a parse.
#include "html/arena.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <utility>

namespace forage::detail {
namespace {

constexpr std::size_t full_block = 1024 * 1024;
constexpr unsigned check_every   = 64;  // allocations between two looks at the clock: a few microseconds

constexpr std::size_t blocks_kept = 4;

thread_local std::array<std::unique_ptr<std::byte[]>, blocks_kept> spare;  // of full_block bytes each
thread_local std::size_t spare_count = 0;

}  // namespace

arena::~arena() {
    for (block& b : blocks_) {
        if (b.size == full_block && spare_count < blocks_kept) spare[spare_count++] = std::move(b.bytes);
    }
}

void* arena::allocate_slowly(std::size_t size) noexcept {
    if (until_next_check_ == 0) {
        until_next_check_ = check_every;
        if (budget_.is_spent()) return nullptr;
    }
    if (budget_.exceeds_memory(size)) return nullptr;
    size = round_up(size);
    if (size > left_) return allocate_from_new_block(size);
    left_ -= size;
    return std::exchange(next_, next_ + size);
}

void* arena::allocate_from_new_block(std::size_t size) noexcept {
    if (budget_.exceeds_memory(taken_ + size)) return nullptr;
    if (size > full_block / 4) {  // a block of its own; the current one goes on
        return add_block(size) ? blocks_.back().bytes.get() : nullptr;
    }
    if (!add_block(std::max(size, std::min(full_block, budget_.max_memory() - taken_)))) return nullptr;
    next_ = blocks_.back().bytes.get() + size;
    left_ = blocks_.back().size - size;
    return blocks_.back().bytes.get();
}

bool arena::add_block(std::size_t size) noexcept {
    try {
        if (size == full_block && spare_count != 0) {
            blocks_.push_back({std::move(spare[--spare_count]), size});
        } else {
            blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(size), size});
        }
    } catch (const std::bad_alloc&) {
        budget_.use_up_memory();
        return false;
    }
    taken_ += size;
    return true;
}

}  // namespace forage::detail
