// What strings and vectors take, for the budget: counted before they grow, as then the old and the new one are there.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace forage::detail {

/// Bytes that `text` will take more once `added` have been appended. Until then both its old and its new memory are
/// written to, of the new one as much as of the old.
[[nodiscard]] inline std::size_t growth(const std::string& text, std::size_t added) noexcept {
    const auto size = text.size() + added;
    return size <= text.capacity() ? 0 : std::max(size - text.capacity(), text.capacity());
}

/// The same for one element more.
template <class T>
[[nodiscard]] std::size_t growth(const std::vector<T>& all) noexcept {
    return all.size() < all.capacity() ? 0 : std::max(all.capacity(), std::size_t{1}) * sizeof(T);
}

template <class T>
[[nodiscard]] std::size_t footprint(const std::vector<T>& all) noexcept {
    return all.capacity() * sizeof(T);
}

/// What a string takes outside of itself, the allocator's share included.
[[nodiscard]] inline std::size_t footprint(const std::string& text) noexcept {
    constexpr std::size_t kept_inside = 15, share = 16;
    return text.capacity() <= kept_inside ? 0 : text.capacity() + share;
}

}  // namespace forage::detail
