// ASCII case, white space and number tests that no locale can change.
#pragma once

#include <string_view>

namespace forage::detail {

[[nodiscard]] constexpr char to_lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

[[nodiscard]] constexpr bool is_letter(char c) noexcept {
    const char l = to_lower(c);
    return l >= 'a' && l <= 'z';
}

[[nodiscard]] constexpr bool is_letter_or_digit(char c) noexcept { return is_digit(c) || is_letter(c); }

/// The value of a hex digit, or -1.
[[nodiscard]] constexpr int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Tab, line feed, form feed, carriage return and space: "ASCII whitespace" of the WHATWG standards.
[[nodiscard]] constexpr bool is_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

[[nodiscard]] constexpr std::string_view trim_front(std::string_view s) noexcept {
    while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
    return s;
}

[[nodiscard]] constexpr std::string_view trim(std::string_view s) noexcept {
    s = trim_front(s);
    while (!s.empty() && is_space(s.back())) s.remove_suffix(1);
    return s;
}

/// Whether `s` is `lower`, which must be lower case, when ASCII case does not count.
[[nodiscard]] constexpr bool equals_ignoring_case(std::string_view s, std::string_view lower) noexcept {
    if (s.size() != lower.size()) return false;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (to_lower(s[i]) != lower[i]) return false;
    }
    return true;
}

[[nodiscard]] constexpr bool starts_with_ignoring_case(std::string_view s, std::string_view lower) noexcept {
    return equals_ignoring_case(s.substr(0, lower.size()), lower);
}

/// Where `lower` begins in `s` at or after `from`, when ASCII case does not count; npos if nowhere.
[[nodiscard]] constexpr std::size_t
find_ignoring_case(std::string_view s, std::string_view lower, std::size_t from = 0) noexcept {
    for (std::size_t i = from; i + lower.size() <= s.size(); ++i) {
        if (equals_ignoring_case(s.substr(i, lower.size()), lower)) return i;
    }
    return std::string_view::npos;
}

/// Bytes that are neither white space nor control characters of ASCII.
[[nodiscard]] constexpr std::size_t count_visible(std::string_view s) noexcept {
    std::size_t count = 0;
    for (const char c : s) count += c > ' ' || c < 0 ? 1 : 0;
    return count;
}

}  // namespace forage::detail
