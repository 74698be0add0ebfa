// CSS text to selector. Selectors Level 4, §17; the tokens by CSS Syntax Level 3, §4.3.
#pragma once

#include "html/selector_program.hpp"

#include <forage/result.hpp>

#include <string_view>

namespace forage::detail {

/// Errors: bad_argument, as `forage::selector::parse`. Linear. Pure; any thread.
[[nodiscard]] result<selector_program> parse_selector(std::string_view css);

}  // namespace forage::detail
