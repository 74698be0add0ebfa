// Whether a document type asks for quirks mode: §13.2.6.4.1. It matters to the tree only: in quirks mode a table may
// stand in a paragraph.
#pragma once

#include "html/tree.hpp"

namespace forage::detail::dom {

[[nodiscard]] bool has_quirks(const tree& in, const doctype& type);

}  // namespace forage::detail::dom
