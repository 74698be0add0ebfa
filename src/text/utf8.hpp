// UTF-8 as bytes: is it valid, and making it so. Pure and thread-safe.
// "Invalid part" is the maximal subpart of Unicode §3.9, which the WHATWG decoder replaces by one U+FFFD.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace forage {
enum class invalid_utf8 : std::uint8_t;  // forage/files.hpp
}

namespace forage::detail {

inline constexpr char32_t replacement_character    = 0xFFFD;
inline constexpr std::string_view utf8_replacement = "\xEF\xBF\xBD";

/// A character as its bytes; U+0000 also stands for none, in tables.
struct utf8_character {
    std::array<char, 4> bytes{};

    [[nodiscard]] constexpr bool is_empty() const noexcept { return bytes[0] == 0; }
    [[nodiscard]] constexpr std::size_t length() const noexcept {
        const auto lead = static_cast<unsigned char>(bytes[0]);
        return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }
};

[[nodiscard]] constexpr bool is_scalar_value(char32_t c) noexcept {
    return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

/// `c` must be a Unicode scalar value.
[[nodiscard]] constexpr utf8_character to_utf8(char32_t c) noexcept {
    const auto tail = [c](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
    if (c < 0x80) return {{static_cast<char>(c)}};
    if (c < 0x800) return {{static_cast<char>(0xC0 | (c >> 6)), tail(0)}};
    if (c < 0x10000) return {{static_cast<char>(0xE0 | (c >> 12)), tail(6), tail(0)}};
    return {{static_cast<char>(0xF0 | (c >> 18)), tail(12), tail(6), tail(0)}};
}

/// Appends a code point, which must be a Unicode scalar value.
inline void append_utf8(std::string& out, char32_t c) {
    const auto character = to_utf8(c);
    out.append(character.bytes.data(), character.length());
}

/// How many bytes at the start of `text` are valid UTF-8, cut at a character.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text) noexcept;

[[nodiscard]] inline bool is_valid_utf8(std::string_view text) noexcept {
    return valid_utf8_prefix(text) == text.size();
}

/// How many bytes at the start of `text` are ASCII.
[[nodiscard]] std::size_t ascii_prefix(std::string_view text) noexcept;

[[nodiscard]] inline bool is_ascii(std::string_view text) noexcept { return ascii_prefix(text) == text.size(); }

/// Whether `text` is the beginning of one character, which is longer.
[[nodiscard]] bool begins_character(std::string_view text) noexcept;

/// How long `bytes` may become as UTF-8, U+FFFD for errors included, in any encoding where bytes below 80 are ASCII or
/// belong to a lead byte: what to reserve, so that no larger copy is ever made while the text grows.
[[nodiscard]] std::size_t most_as_utf8(std::string_view bytes) noexcept;

/// The beginning of `text`, which must be valid: as many whole characters as are in its first `most` bytes.
[[nodiscard]] std::string_view first_characters(std::string_view text, std::size_t most) noexcept;

/// `text` with every invalid part replaced by U+FFFD, dropped, or kept.
[[nodiscard]] std::string make_valid_utf8(std::string_view text, invalid_utf8 mode);

}  // namespace forage::detail
