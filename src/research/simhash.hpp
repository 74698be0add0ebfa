// Fingerprints of texts that are nearly equal when the texts are. Pure. Source: Manku, Jain, Das Sarma, "Detecting
// Near-Duplicates for Web Crawling" (2007); the 64 bits and the distance of 3 are theirs.
#pragma once

#include <cstdint>
#include <string_view>

namespace forage::detail {

struct text_print {
    std::uint64_t bits = 0;  ///< of its triples of neighbouring terms
    std::uint32_t size = 0;  ///< triples
};

[[nodiscard]] text_print print_of(std::string_view text);

/// Whether the texts are the same but for a few words. Short ones have to be the same.
[[nodiscard]] bool are_alike(const text_print& one, const text_print& other) noexcept;

}  // namespace forage::detail
