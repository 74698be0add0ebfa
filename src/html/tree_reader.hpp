// From a tree to a page: one walk over it, which tells the page builder of what it meets.
#pragma once

#include "html/budget.hpp"
#include "html/link_resolver.hpp"
#include "html/tree.hpp"

#include <forage/html.hpp>

#include <optional>

namespace forage::detail {

/// Reads a document: all of a page but its charset. Nothing if the budget was spent; why is in the budget.
/// A page that shows nothing without scripts is read again with its noscript elements. Iterative, linear. Throws
/// std::bad_alloc if the output does not fit. Thread-safe.
[[nodiscard]] std::optional<page_content>
read_tree(const dom::tree& document, const read_options& options, read_budget& budget);

/// Sets the base to the first base element with an href, wherever it stands.
void find_base(const dom::tree& document, link_resolver& links);

}  // namespace forage::detail
