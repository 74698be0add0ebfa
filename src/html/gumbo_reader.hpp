// gumbo as the reader of a page, to compare ours with. gumbo_reader.cpp is the only file that knows it.
#pragma once

#include "html/budget.hpp"

#include <forage/html.hpp>

#include <optional>
#include <string_view>

namespace forage::detail {

/// Reads `text`, which must be valid UTF-8: all of a page but its charset. Nothing if the budget was spent; why is in
/// the budget. A page that shows nothing without scripts is read again with its noscript elements.
/// Memory for the tree comes from an arena under the budget and is gone on return. Stack use does not depend on how
/// deep the document nests. Throws std::bad_alloc if the output does not fit. Thread-safe.
[[nodiscard]] std::optional<page_content>
read_by_gumbo(std::string_view text, const read_options& options, read_budget& budget);

}  // namespace forage::detail
