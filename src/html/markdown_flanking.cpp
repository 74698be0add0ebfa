#include "html/markdown_flanking.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

struct range {
    char32_t first, last;
};

/// Letters and digits only, in blocks where most text is written.
constexpr auto words = std::to_array<range>({
    {0xC0, 0xD6},      // Latin-1
    {0xD8, 0xF6},      //
    {0xF8, 0x2AF},     // Latin, extended
    {0x388, 0x3F5},    // Greek; U+0387 is a dot
    {0x3F7, 0x481},    // Greek, Cyrillic
    {0x48A, 0x52F},    // Cyrillic
    {0x5D0, 0x5EA},    // Hebrew
    {0x620, 0x64A},    // Arabic
    {0x671, 0x6D3},    //
    {0x905, 0x939},    // Devanagari
    {0x1E00, 0x1FBC},  // Latin and Greek, extended
    {0x3041, 0x3096},  // Hiragana
    {0x30A1, 0x30FA},  // Katakana
    {0x30FC, 0x30FE},  //
    {0x3400, 0x4DBF},  // Han
    {0x4E00, 0x9FFF},  //
    {0xAC00, 0xD7A3},  // Hangul
});

bool is_continuation(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80; }

/// The character at the front of valid UTF-8.
char32_t decode(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    const auto lead = byte(0);
    const auto size = std::min<std::size_t>(text.size(), lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1);
    constexpr auto mask = std::to_array<char32_t>({0, 0x7F, 0x1F, 0x0F, 0x07});
    char32_t c          = lead & mask[size];
    for (std::size_t i = 1; i < size; ++i) c = c << 6 | (byte(i) & 0x3F);
    return c;
}

std::string_view last_character(std::string_view text) noexcept {
    std::size_t at = text.size() - 1;
    while (at > 0 && is_continuation(text[at])) --at;
    return text.substr(at);
}

/// Unicode's space separators, which ASCII's space is one of.
bool is_wide_space(char32_t c) noexcept {
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

flank flank_of(std::string_view character) noexcept {
    const char first = character.front();
    if (is_letter_or_digit(first)) return flank::word;
    if (first == ' ' || first == '\n') return flank::space;
    if (static_cast<unsigned char>(first) < 0x80) return flank::punctuation;
    const char32_t c = decode(character);
    if (is_wide_space(c)) return flank::space;
    const auto* at = std::lower_bound(words.begin(), words.end(), c, [](range r, char32_t x) { return r.last < x; });
    return at != words.end() && c >= at->first ? flank::word : flank::doubtful;
}

}  // namespace

flank first_flank(std::string_view text) noexcept { return text.empty() ? flank::space : flank_of(text); }

flank last_flank(std::string_view text) noexcept {
    return text.empty() ? flank::space : flank_of(last_character(text));
}

std::size_t leading_spaces(std::string_view text) noexcept {
    std::size_t size = 0;
    while (size < text.size() && static_cast<unsigned char>(text[size]) >= 0x80) {
        const auto rest = text.substr(size);
        if (!is_wide_space(decode(rest))) break;
        size += rest.front() == '\xC2' ? 2u : 3u;
    }
    return size;
}

std::size_t trailing_spaces(std::string_view text) noexcept {
    std::size_t size = 0;
    while (size < text.size() && is_continuation(text[text.size() - size - 1])) {
        const auto last = last_character(text.substr(0, text.size() - size));
        if (!is_wide_space(decode(last))) break;
        size += last.size();
    }
    return size;
}

}  // namespace forage::detail
