// The indexes of the multi-byte encodings: from a pointer, which the decoders compute from bytes, to a character.
// Thread-safe; each table is made on first use, in about 1 ms, and stays.
// Source: https://encoding.spec.whatwg.org/#indexes
#pragma once

#include "text/utf8.hpp"

#include <cstddef>
#include <vector>

namespace forage::detail {

/// Indexed by pointer; empty characters where the index has nothing. All are empty where ICU was built without the
/// data.
using multi_byte_table = std::vector<utf8_character>;

[[nodiscard]] const multi_byte_table& big5_table();
[[nodiscard]] const multi_byte_table& euc_kr_table();
[[nodiscard]] const multi_byte_table& gb18030_table();
[[nodiscard]] const multi_byte_table& jis0208_table();
[[nodiscard]] const multi_byte_table& jis0212_table();

/// What four bytes of gb18030 with this pointer stand for; 0 if nothing.
[[nodiscard]] char32_t gb18030_range_character(std::size_t pointer) noexcept;

}  // namespace forage::detail
