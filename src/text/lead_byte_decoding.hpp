// What the decoders of EUC-JP, EUC-KR, Shift_JIS, Big5 and gb18030 have in common.
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

/// Writes the ASCII in `bytes`, and has `step` write the rest: it is given what begins with a byte from 80 on, writes
/// one character or error, and returns how many bytes that took.
template <typename Step>
void decode_by_lead_byte(std::string_view bytes, utf8_writer& out, Step step) {
    while (!bytes.empty()) {
        bytes.remove_prefix(out.put_ascii(bytes));
        while (!bytes.empty() && byte_at(bytes, 0) >= 0x80) bytes.remove_prefix(step(bytes));
    }
}

/// Writes what two bytes stand for and returns 2. If that is nothing, it is an error, and a second byte that is ASCII
/// is left, so that a fault cannot swallow a tag's '<'.
inline std::size_t put_pair(utf8_character c, unsigned second, utf8_writer& out) {
    if (!c.is_empty()) {
        out.put(c);
        return 2;
    }
    out.put_error();
    return second < 0x80 ? 1 : 2;
}

/// An error of one byte: no lead byte, or one at the end.
inline std::size_t put_lone(utf8_writer& out) {
    out.put_error();
    return 1;
}

}  // namespace forage::detail
