// What the decoders of UTF-8, EUC-JP, EUC-KR, Shift_JIS, Big5 and gb18030 have in common.
#pragma once

#include "text/utf8_writer.hpp"

#include <cstddef>
#include <string_view>

namespace forage::detail {

[[nodiscard]] constexpr unsigned byte_at(std::string_view bytes, std::size_t at) noexcept {
    return static_cast<unsigned char>(bytes[at]);
}

[[nodiscard]] constexpr bool is_between(unsigned byte, unsigned first, unsigned last) noexcept {
    return byte - first <= last - first;
}

/// Writes the ASCII in `bytes`, and has `step` write the rest: it is given what begins with a byte from 80 on and where
/// to write, writes one error or character (or two that are four bytes together), and returns how many bytes that took.
template <typename Step>
void decode_by_lead_byte(std::string_view bytes, utf8_writer& out, Step step) {
    constexpr int stride = 32;
    while (!bytes.empty()) {
        bytes.remove_prefix(out.put_ascii(bytes));
        char* const begin = out.room(5 * stride + 4);
        char* to          = begin;
        for (int i = 0; i < stride && !bytes.empty(); ++i) {
            if (byte_at(bytes, 0) < 0x80) {
                if (bytes.size() == 1 || byte_at(bytes, 1) < 0x80) break;
                *to++ = bytes[0];  // a lone space is not worth a vector
                bytes.remove_prefix(1);
            }
            bytes.remove_prefix(step(bytes, to));
        }
        out.used(static_cast<std::size_t>(to - begin));
    }
}

/// An error that took `size` bytes.
inline std::size_t write_error(std::size_t size, char*& to) noexcept {
    write_utf8(replacement_character, to);
    return size;
}

/// Writes what two bytes stand for and returns 2. If that is nothing, it is an error, and a second byte that is ASCII
/// is left, so that a fault cannot swallow a tag's '<'.
inline std::size_t write_pair(utf8_character c, unsigned second, char*& to) noexcept {
    if (c.is_empty()) return write_error(second < 0x80 ? 1 : 2, to);
    write_utf8(c, to);
    return 2;
}

}  // namespace forage::detail
