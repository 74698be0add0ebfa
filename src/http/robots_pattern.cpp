// The normal form: unreserved octets plain, what no URI may hold encoded, and '*' and '$' encoded where they are
// literal.
#include "http/robots_pattern.hpp"

#include "text/ascii.hpp"

#include <cstring>

namespace forage::detail {
namespace {

// RFC 3986 §2.3.
bool is_unreserved(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view{"-._~"}.find(c) != std::string_view::npos;
}

// RFC 3986 §2: what stands in a URI only encoded, if not everybody encodes it. A '%' that begins no escape is one of
// them: left alone it would begin one with what is decoded after it.
bool is_excluded(char c) noexcept {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F ||
           std::string_view{"\"<>\\^`{|}%"}.find(c) != std::string_view::npos;
}

bool is_beyond_ascii(char c) noexcept { return static_cast<unsigned char>(c) > 0x7F; }

// The reserved characters that separate nothing in a query; '&', '=', '+' and ';' do. '*' and '$' have one form anyway.
bool is_idle_in_query(char c) noexcept { return std::string_view{":/?#[]@!'(),"}.find(c) != std::string_view::npos; }

void append_escape(std::string& out, char octet) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto value                  = static_cast<unsigned char>(octet);
    out += {'%', digits[value >> 4U], digits[value & 0xFU]};
}

struct octet {
    char value;
    bool is_escape;
};

octet octet_at(std::string_view text, std::size_t i) noexcept {
    if (text[i] != '%' || text.size() - i < 3) return {text[i], false};
    const int high = hex_value(text[i + 1]);
    const int low  = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return {'%', false};
    return {static_cast<char>(high * 16 + low), true};
}

// RFC 9309 §2.2.2: "?url=https://a" and "?url=https%3A%2F%2Fa" are the same, %2F in a path and '/' are not.
std::string with_open_query(std::string_view text) {
    const auto mark = text.find('?');
    std::string out{text.substr(0, mark)};
    for (auto i = out.size(); i < text.size();) {
        const auto [value, is_escape] = octet_at(text, i);
        const bool opens              = is_escape && is_idle_in_query(value);
        out += opens ? value : text[i];
        i += opens ? 3 : 1;
    }
    return out;
}

// A '?' in a pattern is where the query begins, if what stands before it reads the same in a path and in a query. After
// a wildcard, "%2F" may be in either, and is then compared as it is.
bool reaches_query(std::string_view pattern) noexcept {
    const auto mark = pattern.find('?');
    for (std::size_t i = 0; i < mark && mark != std::string_view::npos; ++i) {
        const auto [value, is_escape] = octet_at(pattern, i);
        if (is_escape && is_idle_in_query(value)) return false;
    }
    return mark != std::string_view::npos;
}

// POSIX.1-2024 has memmem. In glibc and musl it is linear even at its worst, as std::string_view::find is not.
std::size_t find(std::string_view text, std::string_view piece) noexcept {
    const void* const found = ::memmem(text.data(), text.size(), piece.data(), piece.size());
    return found == nullptr ? std::string_view::npos
                            : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

robots_pattern::robots_pattern(std::string_view written) {
    for (std::size_t i = 0; i < written.size();) {
        const auto [value, is_escape] = octet_at(written, i);
        i += is_escape ? 3 : 1;
        const bool at_end     = i == written.size();
        const bool is_special = !is_escape && (value == '*' || (value == '$' && at_end));
        const bool stays_plain =
            is_escape ? is_unreserved(value) : !is_excluded(value) && !is_beyond_ascii(value) && value != '$';
        if (is_special || stays_plain) {
            text += value;
        } else {
            append_escape(text, value);
        }
        octets += (is_escape && !stays_plain) || is_beyond_ascii(value) ? 3U : 1U;
    }
    reads_query = reaches_query(text);
    if (reads_query) text = with_open_query(text);
}

robots_target::robots_target(std::string_view path_and_query) {
    for (std::size_t i = 0; i < path_and_query.size();) {
        const auto [value, is_escape] = octet_at(path_and_query, i);
        i += is_escape ? 3 : 1;
        // RFC 9309 §2.2.3: a rule that means these two characters themselves has them encoded.
        const bool stays_plain = is_escape ? is_unreserved(value) : !is_excluded(value) && value != '*' && value != '$';
        if (stays_plain) {
            plain += value;
        } else {
            append_escape(plain, value);
        }
    }
    open_query = with_open_query(plain);
}

bool matches(std::string_view pattern, std::string_view target) noexcept {
    const bool to_end = pattern.ends_with('$');
    if (to_end) pattern.remove_suffix(1);

    auto star = pattern.find('*');
    if (!target.starts_with(pattern.substr(0, star))) return false;
    if (star == std::string_view::npos) return !to_end || target.size() == pattern.size();
    target.remove_prefix(star);
    pattern.remove_prefix(star + 1);

    while ((star = pattern.find('*')) != std::string_view::npos) {
        const auto at = find(target, pattern.substr(0, star));
        if (at == std::string_view::npos) return false;
        target.remove_prefix(at + star);
        pattern.remove_prefix(star + 1);
    }
    return to_end ? target.ends_with(pattern) : find(target, pattern) != std::string_view::npos;
}

}  // namespace forage::detail
