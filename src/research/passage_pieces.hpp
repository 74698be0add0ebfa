// Blocks joined and cut into passages of a size worth quoting. Pure.
#pragma once

#include "research/text_blocks.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace forage::detail {

// Small enough to be about one thing, large enough to be read alone.
inline constexpr std::size_t least_words = 40;
inline constexpr std::size_t most_words  = 200;
inline constexpr std::size_t most_bytes  = 2400;

struct passage_piece {
    std::string heading;
    std::string text;
};

/// Neighbouring blocks under one heading are joined up to `least_words`, blocks over `most_words` or `most_bytes` are
/// cut at the end of a sentence, else between words, else between characters. Nothing is lost, nothing is repeated.
[[nodiscard]] std::vector<passage_piece> pieces_of(std::vector<text_block> blocks);

}  // namespace forage::detail
