// HTML character references in the short texts of result pages. Pure.
#pragma once

#include <string>
#include <string_view>

namespace forage::detail {

/// `text` with its character references replaced. They need their semicolon, so that `?a=1&copy=2` stays what it is.
/// What is no reference stays as written.
[[nodiscard]] std::string decode_entities(std::string_view text);

}  // namespace forage::detail
