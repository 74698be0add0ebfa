#include "html/address_range.hpp"

#include <cstdint>
#include <sys/mman.h>
#include <utility>

namespace forage::detail {

address_range::address_range(std::size_t size, std::size_t alignment) noexcept {
    const auto more = size + alignment - 1;
    void* at        = ::mmap(nullptr, more, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) return;
    mapped_          = at;
    mapped_size_     = more;
    const auto shift = (alignment - reinterpret_cast<std::uintptr_t>(at) % alignment) % alignment;
    begin_           = static_cast<std::byte*>(at) + shift;
    size_            = size;
}

address_range::~address_range() {
    if (mapped_ != nullptr) ::munmap(mapped_, mapped_size_);
}

address_range::address_range(address_range&& other) noexcept
    : begin_{std::exchange(other.begin_, nullptr)}, size_{std::exchange(other.size_, 0)},
      mapped_{std::exchange(other.mapped_, nullptr)}, mapped_size_{std::exchange(other.mapped_size_, 0)} {}

address_range& address_range::operator=(address_range&& other) noexcept {
    std::swap(begin_, other.begin_);
    std::swap(size_, other.size_);
    std::swap(mapped_, other.mapped_);
    std::swap(mapped_size_, other.mapped_size_);
    return *this;
}

void address_range::discard(std::size_t offset, std::size_t end) noexcept {
    ::madvise(begin_ + offset, end - offset, MADV_DONTNEED);
}

void address_range::prefer_huge_pages() noexcept { ::madvise(begin_, size_, MADV_HUGEPAGE); }

}  // namespace forage::detail
