// Blocks joined and cut into passages of a size worth quoting. Pure.
#pragma once

#include "research/text_blocks.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace forage::detail {

// Small enough to be about one thing, large enough to be read alone.
inline constexpr std::size_t least_words = 80;
inline constexpr std::size_t most_words  = 200;
inline constexpr std::size_t most_bytes  = 2400;

struct passage_piece {
    std::string heading;
    std::string text;
    std::size_t words = 0;
    std::size_t prose = 0;           ///< words that stand in sentences: not in code, navigation, or bare names
    std::size_t begin = 0, end = 0;  ///< of the blocks it is from
};

/// Neighbouring blocks under one heading are joined up to `least_words`, and further where text leads on: an opening
/// line to its list, a name to its description, prose to its code. Navigation stays by itself, and so does code before
/// the first prose. Blocks over `most_words` or `most_bytes` are cut at the end of a sentence, else between words, else
/// between characters. Nothing is lost, nothing is repeated.
[[nodiscard]] std::vector<passage_piece> pieces_of(const std::vector<text_block>& blocks);

}  // namespace forage::detail
