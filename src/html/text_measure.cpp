#include "html/text_measure.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace forage::detail {
namespace {

enum byte_kind : std::uint8_t { counts = 1, stop = 2, begins_wide_stop = 4 };

constexpr auto byte_kinds = [] {
    std::array<std::uint8_t, 256> table{};
    for (unsigned b = 0x21; b < 256; ++b) table[b] = counts;
    for (const char c : {'.', ',', ';', '!', '?', ':'}) table[static_cast<unsigned char>(c)] |= stop;
    table[0xE3] |= begins_wide_stop;
    table[0xEF] |= begins_wide_stop;
    return table;
}();

// U+3001, U+3002: the East Asian comma and full stop; U+FF01, U+FF0C, U+FF1F: their wide ! , ?
bool is_wide_stop(std::string_view text, std::size_t at) noexcept {
    if (at + 2 >= text.size()) return false;
    const auto second = static_cast<unsigned char>(text[at + 1]), third = static_cast<unsigned char>(text[at + 2]);
    if (text[at] == '\xE3') return second == 0x80 && (third == 0x81 || third == 0x82);
    return second == 0xBC && (third == 0x81 || third == 0x8C || third == 0x9F);
}

void add_bytes(text_measure& sum, std::string_view text, std::size_t from) noexcept {
    for (std::size_t i = from; i < text.size(); ++i) {
        const auto kind = byte_kinds[static_cast<unsigned char>(text[i])];
        sum.size += kind & counts;
        sum.stops += (kind & stop) != 0;
        if ((kind & begins_wide_stop) != 0) sum.stops += is_wide_stop(text, i);
    }
}

#if defined(__SSE2__)
constexpr std::size_t width = 16;

std::uint32_t sum_of(__m128i bytes) noexcept {
    const auto halves = _mm_sad_epu8(bytes, _mm_setzero_si128());
    return static_cast<std::uint32_t>(_mm_cvtsi128_si32(halves) + _mm_cvtsi128_si32(_mm_srli_si128(halves, 8)));
}

/// The vectors from `from` on, at most 255 of them: more would not fit into bytes. Gives where it stopped.
std::size_t add_vectors(text_measure& sum, std::string_view text, std::size_t from) noexcept {
    const auto end = from + std::min<std::size_t>((text.size() - from) / width, 255) * width;
    auto sizes = _mm_setzero_si128(), stops = _mm_setzero_si128();
    const auto is = [](__m128i block, char c) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(c)); };
    for (; from < end; from += width) {
        const auto block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + from));  // NOLINT
        auto hits        = _mm_setzero_si128();
        for (const char c : {'.', ',', ';', '!', '?', ':'}) hits = _mm_or_si128(hits, is(block, c));
        stops     = _mm_sub_epi8(stops, hits);  // a hit is -1
        sizes     = _mm_sub_epi8(sizes, _mm_cmpeq_epi8(_mm_max_epu8(block, _mm_set1_epi8(0x21)), block));
        auto wide = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(is(block, '\xE3'), is(block, '\xEF'))));
        for (; wide != 0; wide &= wide - 1)
            sum.stops += is_wide_stop(text, from + static_cast<std::size_t>(std::countr_zero(wide)));
    }
    sum.size += sum_of(sizes);
    sum.stops += sum_of(stops);
    return end;
}
#endif

}  // namespace

text_measure measure_bytes(std::string_view text) noexcept {
    text_measure sum;
    add_bytes(sum, text, 0);
    return sum;
}

text_measure measure_text(std::string_view text) noexcept {
    text_measure sum;
    std::size_t at = 0;
#if defined(__SSE2__)
    while (text.size() - at >= width) at = add_vectors(sum, text, at);
#endif
    add_bytes(sum, text, at);
    return sum;
}

}  // namespace forage::detail
