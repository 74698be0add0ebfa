// A range of addresses from the system, most of which never gets memory: what grows in it need not move.
#pragma once

#include <cstddef>

namespace forage::detail {

class address_range {
public:
    address_range() = default;
    /// Of `size` bytes, beginning at a multiple of `alignment`, which is a power of two. Empty if the system has none.
    explicit address_range(std::size_t size, std::size_t alignment = 1) noexcept;
    ~address_range();
    address_range(address_range&& other) noexcept;
    address_range& operator=(address_range&& other) noexcept;

    [[nodiscard]] bool is_empty() const noexcept { return begin_ == nullptr; }
    [[nodiscard]] std::byte* begin() const noexcept { return begin_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// Gives back the memory from `offset` to `end`, which may be written to again.
    void discard(std::size_t offset, std::size_t end) noexcept;
    /// Asks for memory in pages of 2 MiB: with those of 4 KiB, the faults cost as much as the writing.
    void prefer_huge_pages() noexcept;

private:
    std::byte* begin_        = nullptr;
    std::size_t size_        = 0;
    void* mapped_            = nullptr;  // with what alignment left over in front
    std::size_t mapped_size_ = 0;
};

}  // namespace forage::detail
