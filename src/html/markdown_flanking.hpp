// Whether a run of `*` or `~` between two characters is taken for a delimiter: CommonMark 0.31 §6.2, "left-flanking"
// and "right-flanking".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace forage::detail {

/// What a neighbour of a delimiter is. Versions of CommonMark differ in what they call punctuation outside of ASCII:
/// there only letters of the large scripts count as words, and the rest may be either.
enum class flank : std::uint8_t { space, punctuation, word, doubtful };

/// Of the first and the last character of valid UTF-8; what is empty or ends in a line break ends in space.
[[nodiscard]] flank first_flank(std::string_view text) noexcept;
[[nodiscard]] flank last_flank(std::string_view text) noexcept;

/// Bytes of white space outside of ASCII at the front, or at the end.
[[nodiscard]] std::size_t leading_spaces(std::string_view text) noexcept;
[[nodiscard]] std::size_t trailing_spaces(std::string_view text) noexcept;

/// Whether a delimiter with `inside` on the side of what it marks and `outside` on the other one is taken for one.
[[nodiscard]] constexpr bool is_delimiter(flank inside, flank outside) noexcept {
    if (inside == flank::space) return false;
    return inside == flank::word || outside == flank::space || outside == flank::punctuation;
}

/// Whether such a delimiter can only open or only close. One that could do both may pair with the wrong one.
[[nodiscard]] constexpr bool is_one_way(flank inside, flank outside) noexcept {
    return outside == flank::space || (outside == flank::punctuation && inside == flank::word);
}

}  // namespace forage::detail
