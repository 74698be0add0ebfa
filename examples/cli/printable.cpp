// What a terminal may be shown, decided per code point. Decoding follows the WHATWG UTF-8 decoder: one U+FFFD for each
// maximal part of an invalid sequence (https://encoding.spec.whatwg.org/#utf-8-decoder).
#include "cli/printable.hpp"

#include <algorithm>
#include <cstddef>

namespace forage::cli {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct decoded {
    char32_t point     = 0;
    std::size_t length = 1;
    bool is_valid      = false;
};

decoded decode_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto lead = byte(at);
    if (lead < 0x80) return {lead, 1, true};

    // The table of the decoder: how many bytes follow, and the narrower range of the first of them.
    std::size_t more = 0;
    unsigned lower   = 0x80;
    unsigned upper   = 0xBF;
    char32_t point   = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        more  = 1;
        point = lead & 0x1Fu;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        more  = 2;
        point = lead & 0x0Fu;
        if (lead == 0xE0) lower = 0xA0;
        if (lead == 0xED) upper = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        more  = 3;
        point = lead & 0x07u;
        if (lead == 0xF0) lower = 0x90;
        if (lead == 0xF4) upper = 0x8F;
    } else {
        return {};
    }
    for (std::size_t k = 1; k <= more; ++k) {
        if (at + k >= text.size() || byte(at + k) < lower || byte(at + k) > upper) return {0, k, false};
        point = (point << 6) | (byte(at + k) & 0x3Fu);
        lower = 0x80;
        upper = 0xBF;
    }
    return {point, more + 1, true};
}

constexpr bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }
constexpr bool is_line_break(char32_t c) { return c == '\n' || c == 0x2028 || c == 0x2029; }

/// Not seen, but changes what is seen or read around it.
constexpr bool is_hidden(char32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||  // bidirectional formatting, UAX #9 §2
           (c >= 0xFFF9 && c <= 0xFFFB) || c == 0xFEFF ||                   // annotation marks, byte order mark
           (c >= 0xE0000 && c <= 0xE007F);                                  // tags
}

void append_escape(std::string& out, char32_t c) {
    constexpr std::string_view digits = "0123456789abcdef";

    const auto unit = [&](char32_t u) {
        out += "\\u";
        for (int shift = 12; shift >= 0; shift -= 4) out += digits[(u >> shift) & 0xF];
    };
    if (c < 0x10000) return unit(c);
    unit(0xD800 + ((c - 0x10000) >> 10));
    unit(0xDC00 + ((c - 0x10000) & 0x3FF));
}

}  // namespace

std::string printable(std::string_view text, line_breaks breaks) {
    const bool folds = breaks == line_breaks::fold;
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto [c, length, is_valid] = decode_at(text, at);
        const auto bytes                 = text.substr(at, length);
        at += length;
        if (!is_valid) {
            out += replacement;
        } else if (c == '\r' && at < text.size() && text[at] == '\n') {
            continue;  // the line break of half the web
        } else if (is_line_break(c)) {
            out += folds ? ' ' : '\n';
        } else if (c == '\t') {
            out += folds ? ' ' : '\t';
        } else if (is_control(c)) {
            out += replacement;
        } else if (!is_hidden(c)) {
            out += bytes;
        }
    }
    return out;
}

void printable(std::string_view text, line_breaks breaks, function_ref<void(std::string_view)> write) {
    constexpr std::size_t part_size = 64 * 1024;
    while (!text.empty()) {
        auto end = std::min(text.size(), part_size);
        // Neither inside a character nor between the halves of a line break.
        const auto is_inside = [&] {
            return (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80 || text[end - 1] == '\r';
        };
        for (int back = 0; back < 4 && end < text.size() && is_inside(); ++back) --end;
        write(printable(text.substr(0, end), breaks));
        text.remove_prefix(end);
    }
}

std::string printable_json(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    for (std::size_t at = 0; at < json.size();) {
        const auto [c, length, is_valid] = decode_at(json, at);
        if (!is_valid) {
            out += "\\ufffd";
        } else if (c != '\n' && (is_control(c) || is_hidden(c) || is_line_break(c))) {
            append_escape(out, c);
        } else {
            out += json.substr(at, length);
        }
        at += length;
    }
    return out;
}

}  // namespace forage::cli
