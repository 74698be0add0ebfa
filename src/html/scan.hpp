// Finding the next character that means something, sixteen at a time.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace forage::detail::dom {

/// The first place in [at, end) that holds one of `Wanted`; `end` if there is none. One character after the other.
template <char... Wanted>
[[nodiscard]] inline const char* find_one_by_one(const char* at, const char* end) noexcept {
    while (at != end && ((*at != Wanted) && ...)) ++at;
    return at;
}

/// The same, eight at a time, on any machine.
template <char... Wanted>
[[nodiscard]] inline const char* find_by_words(const char* at, const char* end) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
    const auto has_zero = [](std::uint64_t x) { return (x - ones) & ~x & tops; };
    for (; end - at >= 8; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        if ((has_zero(word ^ (ones * static_cast<unsigned char>(Wanted))) | ...) != 0) break;
    }
    return find_one_by_one<Wanted...>(at, end);
}

#if defined(__SSE2__)
/// The same, sixteen at a time.
template <char... Wanted>
[[nodiscard]] inline const char* find_by_vectors(const char* at, const char* end) noexcept {
    for (; end - at >= 16; at += 16) {
        const auto block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));  // NOLINT: how these are loaded
        auto hits        = _mm_setzero_si128();
        ((hits = _mm_or_si128(hits, _mm_cmpeq_epi8(block, _mm_set1_epi8(Wanted)))), ...);
        if (const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits)); mask != 0) {
            return at + std::countr_zero(mask);
        }
    }
    return find_one_by_one<Wanted...>(at, end);
}
#endif

/// The same, by the best that this machine surely has.
template <char... Wanted>
[[nodiscard]] inline const char* find_any(const char* at, const char* end) noexcept {
#if defined(__SSE2__)
    return find_by_vectors<Wanted...>(at, end);
#else
    return find_by_words<Wanted...>(at, end);
#endif
}

}  // namespace forage::detail::dom
