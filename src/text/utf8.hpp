// UTF-8 as bytes: is it valid, and making it so. Pure and thread-safe.
// "Invalid part" is the maximal subpart of Unicode §3.9, which the WHATWG decoder replaces by one U+FFFD.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace forage {
enum class invalid_utf8 : std::uint8_t;  // forage/files.hpp
}

namespace forage::detail {

inline constexpr std::string_view utf8_replacement = "\xEF\xBF\xBD";

/// How many bytes at the start of `text` are valid UTF-8, cut at a character.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text) noexcept;

[[nodiscard]] inline bool is_valid_utf8(std::string_view text) noexcept {
    return valid_utf8_prefix(text) == text.size();
}

[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

/// How long `bytes` of any encoding that has ASCII in it may become as UTF-8, U+FFFD for errors included: what to
/// reserve, so that no larger copy is ever made while the text grows.
[[nodiscard]] std::size_t most_as_utf8(std::string_view bytes) noexcept;

/// The beginning of `text`, which must be valid: as many whole characters as are in its first `most` bytes.
[[nodiscard]] std::string_view first_characters(std::string_view text, std::size_t most) noexcept;

/// `text` with every invalid part replaced by U+FFFD, dropped, or kept.
[[nodiscard]] std::string make_valid_utf8(std::string_view text, invalid_utf8 mode);

/// Appends a code point, which must be a Unicode scalar value.
void append_utf8(std::string& out, char32_t c);

}  // namespace forage::detail
