// What the bytes 80..FF stand for in the single-byte encodings; 0 where they stand for nothing.
// Source: https://encoding.spec.whatwg.org/#legacy-single-byte-encodings
#pragma once

#include "text/encoding.hpp"

#include <array>
#include <cstddef>

namespace forage::detail {

/// In the order of the enum `encoding`, from ibm866 on, but for ISO-8859-8-I, whose table is that of ISO-8859-8.
extern const std::array<char16_t[128], 27> single_byte_tables;

[[nodiscard]] inline const char16_t (&single_byte_table(encoding of) noexcept)[128] {
    auto table = static_cast<std::size_t>(of) - static_cast<std::size_t>(encoding::ibm866);
    if (of >= encoding::iso_8859_8_i) --table;
    return single_byte_tables[table];
}

}  // namespace forage::detail
