// DuckDuckGo's `kl` values: region and language in one. Pure.
#pragma once

#include <string>
#include <string_view>

namespace forage::detail {

/// The `kl` value for a lower-case language and an upper-case region (or none, then the language's largest); empty if
/// DuckDuckGo offers none.
[[nodiscard]] std::string duckduckgo_region(std::string_view language, std::string_view region);

}  // namespace forage::detail
