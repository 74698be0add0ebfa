// UTF-8, one code point at a time: for text that must be looked at, folded or made valid on the way. Pure.
#pragma once

#include "text/utf8.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace forage::detail {

struct code_point {
    char32_t value     = 0;  ///< U+FFFD when the bytes are not UTF-8
    std::size_t length = 1;  ///< bytes taken; of an invalid sequence its maximal part, as the WHATWG decoder counts
    bool valid         = true;
};

/// The code point that starts at `at`, which must lie inside `text`.
[[nodiscard]] code_point code_point_at(std::string_view text, std::size_t at) noexcept;

/// Appends `c`; what is no scalar value becomes U+FFFD.
void append_code_point(std::string& out, char32_t c);

/// The longest prefix of at most `bytes` bytes that does not cut a code point in two.
[[nodiscard]] std::string_view cut_at_code_point(std::string_view text, std::size_t bytes) noexcept;

/// Unicode white space (White_Space=yes), the no-break spaces among it.
[[nodiscard]] bool is_white_space(char32_t c) noexcept;

/// What no reader sees and plain text does not need: controls, zero-width space, byte order mark, the bidirectional
/// embeddings, overrides and isolates, and tag characters. Joiners stay: scripts and emoji need them.
[[nodiscard]] bool is_unseen(char32_t c) noexcept;

}  // namespace forage::detail
