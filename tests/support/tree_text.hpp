// A parsed document as the html5lib tests print it: a line for each node, two spaces for each level.
#pragma once

#include "html/tree.hpp"

#include <string>

namespace forage::testing {

[[nodiscard]] std::string tree_text(const detail::dom::tree& document);

}  // namespace forage::testing
