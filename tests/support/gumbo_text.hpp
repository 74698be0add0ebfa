// A document as gumbo parses it, printed as `tree_text` prints ours.
#pragma once

#include <string>
#include <string_view>

namespace forage::testing {

/// `text` is UTF-8.
[[nodiscard]] std::string gumbo_text(std::string_view text);

}  // namespace forage::testing
