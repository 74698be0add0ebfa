// HTML character references in short texts: the ones result pages use. Pure.
#pragma once

#include <string>
#include <string_view>

namespace forage::detail {

/// `text` with its character references replaced: all numeric ones, and the named ones of Latin-1 and of common
/// typography. Names need their semicolon, so that `?a=1&copy=2` stays what it is. Unknown ones stay as written.
[[nodiscard]] std::string decode_entities(std::string_view text);

}  // namespace forage::detail
