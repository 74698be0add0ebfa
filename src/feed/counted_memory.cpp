#include "feed/counted_memory.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

namespace forage::detail {
namespace {

thread_local read_budget* budget = nullptr;

/// In front of each block, as large as the alignment that every object gets.
struct alignas(std::max_align_t) header {
    std::size_t size;  // with the header
};

header* header_of(void* block) noexcept { return static_cast<header*>(block) - 1; }

}  // namespace

counted_memory::counted_memory(read_budget& of) noexcept { budget = &of; }
counted_memory::~counted_memory() { budget = nullptr; }

void* counted_memory::allocate(std::size_t size) noexcept {
    const auto whole = size + sizeof(header);
    if (whole < size || !budget->take(whole)) return nullptr;
    void* memory = std::malloc(whole);
    if (memory == nullptr) {
        budget->give_back(whole);
        return nullptr;
    }
    return new (memory) header{whole} + 1;
}

void* counted_memory::reallocate(void* block, std::size_t size) noexcept {
    void* larger = allocate(size);
    if (larger == nullptr || block == nullptr) return larger;
    std::memcpy(larger, block, std::min(size, header_of(block)->size - sizeof(header)));
    release(block);
    return larger;
}

void counted_memory::release(void* block) noexcept {
    if (block == nullptr) return;
    budget->give_back(header_of(block)->size);
    std::free(header_of(block));
}

}  // namespace forage::detail
