// The characters that fields of HTTP are made of. RFC 9110 §5.
#pragma once

#include "text/ascii.hpp"

#include <algorithm>
#include <string_view>

namespace forage::detail {

/// Of OWS, §5.6.3.
[[nodiscard]] constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

[[nodiscard]] constexpr std::string_view without_blanks_before(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    return text;
}

/// `text` without the blanks around it.
[[nodiscard]] constexpr std::string_view without_blanks(std::string_view text) noexcept {
    text = without_blanks_before(text);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// What names of fields and methods are made of, §5.6.2.
[[nodiscard]] constexpr bool is_token_char(char c) noexcept {
    return is_letter_or_digit(c) || std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

[[nodiscard]] constexpr bool is_token(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

/// What may stand in a value: visible characters, blanks and bytes above 127, §5.5.
[[nodiscard]] constexpr bool is_field_char(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= ' ' && byte != 0x7F);
}

}  // namespace forage::detail
