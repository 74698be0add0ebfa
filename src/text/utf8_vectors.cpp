// Validation by three table look-ups on half-bytes: John Keiser, Daniel Lemire, "Validating UTF-8 In Less Than One
// Instruction Per Byte" (2020), https://arxiv.org/abs/2010.03090. Each bit of a table's entry is a kind of fault that
// the half-byte allows; a bit that all three have is a fault.
#include "text/utf8_vectors.hpp"

#include <array>
#include <bit>
#include <cstdint>

#ifdef __SSE2__
#include <tmmintrin.h>
#endif

namespace forage::detail {

#ifdef __SSE2__
namespace {

constexpr std::size_t width = 16;

__m128i load(const char* from) noexcept { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from)); }

bool is_ascii_64(const char* from) noexcept {
    const auto any = _mm_or_si128(
        _mm_or_si128(load(from), load(from + width)), _mm_or_si128(load(from + 2 * width), load(from + 3 * width))
    );
    return _mm_movemask_epi8(any) == 0;
}

/// Where the character begins that has not ended before `at`; `at` itself if all have.
std::size_t character_start(const char* text, std::size_t at) noexcept {
    for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
        const auto byte = static_cast<unsigned char>(text[at - back]);
        if (byte < 0x80) return at;
        if (byte >= 0xC0) return (byte >= 0xF0 ? 4u : byte >= 0xE0 ? 3u : 2u) > back ? at - back : at;
    }
    return at;
}

enum fault : std::uint8_t {
    too_short  = 1 << 0,  // a lead byte without what must follow
    too_long   = 1 << 1,  // ASCII, and a continuation byte
    overlong_3 = 1 << 2,  // E0 80..9F
    too_large  = 1 << 3,  // F4 90.., F5..
    surrogate  = 1 << 4,  // ED A0..BF
    overlong_2 = 1 << 5,  // C0, C1
    overlong_4 = 1 << 6,  // F0 80..8F; and F5.. 80..8F
    two_tails  = 1 << 7,  // two continuation bytes: no fault where they are the second and third, or third and fourth
};

using half_byte_table = std::array<std::uint8_t, 16>;

constexpr half_byte_table table_of(int (*faults_of)(unsigned half_byte)) noexcept {
    half_byte_table table{};
    for (unsigned half_byte = 0; half_byte < 16; ++half_byte) {
        table[half_byte] = static_cast<std::uint8_t>(faults_of(half_byte));
    }
    return table;
}

// What can be wrong with two bytes, as far as each half of the first and the high half of the second tells.
constexpr half_byte_table first_high  = table_of([](unsigned half) -> int {
    if (half < 0x8) return too_long;
    if (half < 0xC) return two_tails;
    if (half < 0xE) return half == 0xC ? too_short | overlong_2 : too_short;
    return half == 0xE ? too_short | overlong_3 | surrogate : too_short | too_large | overlong_4;
});
constexpr half_byte_table first_low   = table_of([](unsigned half) -> int {
    constexpr int always = too_short | too_long | two_tails;
    if (half == 0x0) return always | overlong_2 | overlong_3 | overlong_4;
    if (half == 0x1) return always | overlong_2;
    if (half < 0x5) return half == 0x4 ? always | too_large : always;
    return half == 0xD ? always | too_large | overlong_4 | surrogate : always | too_large | overlong_4;
});
constexpr half_byte_table second_high = table_of([](unsigned half) -> int {
    constexpr int tail = too_long | overlong_2 | two_tails;
    if (half < 0x8 || half >= 0xC) return too_short;
    if (half == 0x8) return tail | overlong_3 | overlong_4;
    return half == 0x9 ? tail | overlong_3 | too_large : tail | surrogate | too_large;
});

#define FORAGE_SSSE3 __attribute__((target("ssse3")))

FORAGE_SSSE3 __m128i look_up(const half_byte_table& table, __m128i half_bytes) noexcept {
    return _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())), half_bytes);
}

/// Bytes other than zero where `now`, with `before` ahead of it, is not UTF-8.
FORAGE_SSSE3 __m128i faults(__m128i now, __m128i before) noexcept {
    const auto low_half = _mm_set1_epi8(0x0F);
    const auto high     = [&](__m128i v) { return _mm_and_si128(_mm_srli_epi16(v, 4), low_half); };
    const auto one_back = _mm_alignr_epi8(now, before, 15);
    const auto pairs    = _mm_and_si128(
        _mm_and_si128(look_up(first_high, high(one_back)), look_up(first_low, _mm_and_si128(one_back, low_half))),
        look_up(second_high, high(now))
    );
    // A byte two behind E0.. or three behind F0.. must be a second tail, and no other may be: 80 exactly there.
    const auto third       = _mm_subs_epu8(_mm_alignr_epi8(now, before, 14), _mm_set1_epi8(0xE0 - 0x80));
    const auto fourth      = _mm_subs_epu8(_mm_alignr_epi8(now, before, 13), _mm_set1_epi8(0xF0 - 0x80));
    const auto second_tail = _mm_and_si128(_mm_or_si128(third, fourth), _mm_set1_epi8(static_cast<char>(two_tails)));
    return _mm_xor_si128(pairs, second_tail);
}

FORAGE_SSSE3 std::size_t valid_prefix_ssse3(std::string_view text) noexcept {
    std::size_t at = 0;
    auto before    = _mm_setzero_si128();
    while (text.size() - at >= 4 * width) {
        const char* const from = text.data() + at;
        // A character that the ASCII cuts off is left to `faults`.
        if (is_ascii_64(from) && character_start(text.data(), at) == at) {
            before = _mm_setzero_si128();
        } else {
            auto found = _mm_setzero_si128();
            for (std::size_t i = 0; i < 4; ++i) {
                const auto now = load(from + i * width);
                found          = _mm_or_si128(found, faults(now, before));
                before         = now;
            }
            if (_mm_movemask_epi8(_mm_cmpeq_epi8(found, _mm_setzero_si128())) != 0xFFFF) break;
        }
        at += 4 * width;
    }
    return character_start(text.data(), at);
}

}  // namespace

std::size_t ascii_vectors(std::string_view text) noexcept {
    std::size_t at = 0;
    for (; text.size() - at >= width; at += width) {
        const auto high = static_cast<unsigned>(_mm_movemask_epi8(load(text.data() + at)));
        if (high != 0) return at + static_cast<std::size_t>(std::countr_zero(high));
        while (text.size() - at >= 5 * width && is_ascii_64(text.data() + at + width)) at += 4 * width;
    }
    return at;
}

std::size_t valid_utf8_vectors(std::string_view text) noexcept {
    static const bool has_ssse3 = __builtin_cpu_supports("ssse3") != 0;
    return has_ssse3 ? valid_prefix_ssse3(text) : 0;
}

#else

std::size_t ascii_vectors(std::string_view) noexcept { return 0; }
std::size_t valid_utf8_vectors(std::string_view) noexcept { return 0; }

#endif

}  // namespace forage::detail
