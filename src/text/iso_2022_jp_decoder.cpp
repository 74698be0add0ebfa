// §12.2.1. The standard's states are between bytes; here an escape sequence and a pair of bytes are each read at once.
#include "text/decoders.hpp"
#include "text/lead_byte_decoding.hpp"
#include "text/multi_byte_tables.hpp"

#include <optional>

namespace forage::detail {
namespace {

constexpr unsigned escape = 0x1B;

enum class mode : std::uint8_t { ascii, roman, katakana, jis0208 };

/// "Escape start" and "escape": what is announced by the bytes behind an escape.
std::optional<mode> announced_by(std::string_view bytes) noexcept {
    const auto two = bytes.substr(0, 2);
    if (two == "(B") return mode::ascii;
    if (two == "(J") return mode::roman;
    if (two == "(I") return mode::katakana;
    if (two == "$@" || two == "$B") return mode::jis0208;
    return std::nullopt;
}

char32_t single(unsigned byte, mode in) noexcept {
    if (in == mode::katakana) return is_between(byte, 0x21, 0x5F) ? 0xFF61 - 0x21 + byte : replacement_character;
    if (byte >= 0x80 || byte == 0x0E || byte == 0x0F) return replacement_character;
    if (in == mode::roman && byte == 0x5C) return 0xA5;
    if (in == mode::roman && byte == 0x7E) return 0x203E;
    return byte;
}

/// "Lead byte" and "trail byte". An escape is left where it is, for it begins a sequence.
std::size_t write_jis_pair(std::string_view bytes, const multi_byte_table& table, char*& to) noexcept {
    const unsigned lead = byte_at(bytes, 0);
    if (!is_between(lead, 0x21, 0x7E) || bytes.size() == 1) return write_error(1, to);
    const unsigned trail = byte_at(bytes, 1);
    if (!is_between(trail, 0x21, 0x7E)) return write_error(trail == escape ? 1 : 2, to);
    const auto character = table[(lead - 0x21) * 94 + trail - 0x21];
    if (character.is_empty()) return write_error(2, to);
    write_utf8(character, to);
    return 2;
}

/// Writes up to 32 characters, as far as the next escape, and returns how many bytes that took.
std::size_t write_some(std::string_view bytes, mode in, const multi_byte_table& table, utf8_writer& out) {
    constexpr int stride = 32;
    char* const begin    = out.room(3 * stride + 1);
    char* to             = begin;
    std::size_t at       = 0;
    for (int i = 0; i < stride && at < bytes.size() && byte_at(bytes, at) != escape; ++i) {
        if (in == mode::jis0208) {
            at += write_jis_pair(bytes.substr(at), table, to);
        } else {
            write_utf8(single(byte_at(bytes, at++), in), to);
        }
    }
    out.used(static_cast<std::size_t>(to - begin));
    return at;
}

}  // namespace

void decode_iso_2022_jp(std::string_view bytes, utf8_writer& out) {
    const auto& table = jis0208_table();
    mode now          = mode::ascii;
    bool after_escape = false;  // the standard's "output" flag: nothing came since the last escape sequence
    while (!bytes.empty()) {
        if (byte_at(bytes, 0) != escape) {
            bytes.remove_prefix(write_some(bytes, now, table, out));
            after_escape = false;
            continue;
        }
        bytes.remove_prefix(1);
        const auto next = announced_by(bytes);
        // Two sequences in a row are an error, as text could hide between them.
        if (!next || after_escape) out.put_error();
        after_escape = next.has_value();
        if (next) {
            now = *next;
            bytes.remove_prefix(2);
        }
    }
}

}  // namespace forage::detail
