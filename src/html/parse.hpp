// Parsing: text in, tree out. HTML standard, §13.2. Pure: no I/O, no executor; any thread.
#pragma once

#include "html/budget.hpp"
#include "html/tree.hpp"
#include "text/charset.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace forage::detail::dom {

/// `text` with line feeds only (§13.2.3.5, "normalize newlines"); nothing if it has no others.
[[nodiscard]] std::optional<std::string> with_line_feeds(std::string_view text);

/// The same for the text of a document, in place of what it was. False: the budget, which has `text.storage`, has no
/// room.
[[nodiscard]] bool make_line_feeds(decoded_text& text, read_budget& budget);

/// The tree of `text`, which is UTF-8, has no carriage returns and outlives it. nullptr: the budget is spent; why is in
/// the budget, which must outlive the tree as well.
[[nodiscard]] std::unique_ptr<tree> parse(std::string_view text, read_budget& budget);

}  // namespace forage::detail::dom
