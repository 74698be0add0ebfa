// The encodings that need large tables, through the C library's iconv.
#pragma once

#include "text/encoding.hpp"

#include <string>
#include <string_view>

namespace forage::detail {

/// `bytes` as UTF-8, U+FFFD for what is not valid. Never fails: see `decode`. Thread-safe.
[[nodiscard]] std::string decode_legacy(std::string_view bytes, encoding from);

}  // namespace forage::detail
