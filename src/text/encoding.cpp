// Labels, and the decoders that are a few lines each. The tables of the legacy encodings come from legacy_decoder.hpp.
#include "text/encoding.hpp"

#include "text/ascii.hpp"
#include "text/encoding_labels.hpp"
#include "text/legacy_decoder.hpp"
#include "text/utf8.hpp"

#include <forage/files.hpp>

#include <algorithm>

namespace forage::detail {
namespace {

/// §9.1, index windows-1252: what 80..9F stand for; the rest is Latin-1.
constexpr char16_t windows_1252_high[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

std::string decode_windows_1252(std::string_view bytes) {
    std::string out;
    out.reserve(most_as_utf8(bytes));
    for (const char c : bytes) {
        const auto b = static_cast<unsigned char>(c);
        if (b < 0x80) {
            out.push_back(c);
        } else {
            append_utf8(out, b < 0xA0 ? windows_1252_high[b - 0x80] : b);
        }
    }
    return out;
}

/// §14.5.1: 80..FF are private use U+F780..U+F7FF.
std::string decode_x_user_defined(std::string_view bytes) {
    std::string out;
    out.reserve(most_as_utf8(bytes));
    for (const char c : bytes) {
        const auto b = static_cast<unsigned char>(c);
        append_utf8(out, b < 0x80 ? b : 0xF780u + (b - 0x80u));
    }
    return out;
}

/// §14.2.1 (shared UTF-16 decoder).
std::string decode_utf_16(std::string_view bytes, bool big_endian) {
    std::string out;
    out.reserve(bytes.size() / 2 * 3 + utf8_replacement.size());  // a unit of two bytes is at most three in UTF-8
    const auto unit = [&](std::size_t at) {
        const auto first  = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
    };
    std::size_t at = 0;
    while (at + 2 <= bytes.size()) {
        const char32_t c = unit(at);
        at += 2;
        if (c < 0xD800 || c > 0xDFFF) {
            append_utf8(out, c);
            continue;
        }
        if (c < 0xDC00 && at + 2 <= bytes.size()) {
            const char32_t low = unit(at);
            if (low >= 0xDC00 && low <= 0xDFFF) {
                append_utf8(out, 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
                at += 2;
                continue;
            }
        } else if (c < 0xDC00) {
            return out += utf8_replacement;  // the end of the queue: one error for lead and odd byte together
        }
        out += utf8_replacement;
    }
    if (at < bytes.size()) out += utf8_replacement;
    return out;
}

std::string_view byte_order_mark(encoding e) noexcept {
    switch (e) {
    case encoding::utf_8: return "\xEF\xBB\xBF";
    case encoding::utf_16be: return "\xFE\xFF";
    case encoding::utf_16le: return "\xFF\xFE";
    default: return {};
    }
}

}  // namespace

std::string_view name_of(encoding e) noexcept { return encoding_names[static_cast<std::size_t>(e)]; }

std::optional<encoding> encoding_for_label(std::string_view label) noexcept {
    label = trim(label);
    char lower[32];
    if (label.empty() || label.size() > sizeof lower) return std::nullopt;
    std::transform(label.begin(), label.end(), lower, to_lower);
    const std::string_view wanted{lower, label.size()};
    const auto found =
        std::lower_bound(encoding_labels.begin(), encoding_labels.end(), wanted, [](const auto& entry, auto text) {
            return entry.label < text;
        });
    if (found == encoding_labels.end() || found->label != wanted) return std::nullopt;
    return found->name;
}

std::string decode(std::string_view bytes, encoding from) {
    const std::string_view mark = byte_order_mark(from);
    if (!mark.empty() && bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
    switch (from) {
    case encoding::utf_8: return make_valid_utf8(bytes, invalid_utf8::replace);
    case encoding::windows_1252: return decode_windows_1252(bytes);
    case encoding::utf_16be: return decode_utf_16(bytes, true);
    case encoding::utf_16le: return decode_utf_16(bytes, false);
    case encoding::x_user_defined: return decode_x_user_defined(bytes);
    // §14.1.1: encodings that let markup hide are not decoded at all.
    case encoding::replacement: return std::string{bytes.empty() ? std::string_view{} : utf8_replacement};
    default: return decode_legacy(bytes, from);
    }
}

}  // namespace forage::detail
