// The decoder follows https://encoding.spec.whatwg.org/#utf-8-decoder: an invalid sequence gives one U+FFFD for its
// maximal valid prefix and the next byte is looked at afresh.
#include "text/code_points.hpp"

#include "text/utf8.hpp"

namespace forage::detail {

code_point code_point_at(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto lead = byte(at);
    if (lead < 0x80) return {lead, 1, true};

    std::size_t needed  = 0;
    char32_t value      = 0;
    unsigned char lower = 0x80;
    unsigned char upper = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        needed = 1;
        value  = lead & 0x1Fu;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        needed = 2;
        value  = lead & 0x0Fu;
        if (lead == 0xE0) lower = 0xA0;  // no overlong forms
        if (lead == 0xED) upper = 0x9F;  // no surrogates
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        needed = 3;
        value  = lead & 0x07u;
        if (lead == 0xF0) lower = 0x90;
        if (lead == 0xF4) upper = 0x8F;  // nothing above U+10FFFF
    } else {
        return {replacement_character, 1, false};
    }
    std::size_t length = 1;
    for (; length <= needed; ++length) {
        if (at + length >= text.size()) return {replacement_character, length, false};
        const auto next = byte(at + length);
        if (next < lower || next > upper) return {replacement_character, length, false};
        lower = 0x80;
        upper = 0xBF;
        value = (value << 6) | (next & 0x3Fu);
    }
    return {value, length, true};
}

void append_code_point(std::string& out, char32_t c) {
    append_utf8(out, is_scalar_value(c) ? c : replacement_character);
}

std::string_view cut_at_code_point(std::string_view text, std::size_t bytes) noexcept {
    if (text.size() <= bytes) return text;
    const auto is_continuation = [&](std::size_t i) { return (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80; };
    // At most three steps back in valid text; in invalid text the cut stays where it was asked for.
    for (std::size_t back = 0; back <= 3 && back <= bytes; ++back)
        if (!is_continuation(bytes - back)) return text.substr(0, bytes - back);
    return text.substr(0, bytes);
}

bool is_white_space(char32_t c) noexcept {
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_unseen(char32_t c) noexcept {
    return (c < 0x20 && !is_white_space(c)) || (c >= 0x7F && c <= 0x9F && c != 0x85) || c == 0x200B || c == 0x2060 ||
           c == 0xFEFF || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
           (c >= 0xE0000 && c <= 0xE007F);
}

}  // namespace forage::detail
