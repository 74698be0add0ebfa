// Pages whose content is in the markup, but hidden until a script shows it: servers that stream it, pages that wait for
// their stylesheets, forums with a plain version of themselves in a noscript element.
#pragma once

#include "html/budget.hpp"
#include "html/tree.hpp"

#include <cstdint>

namespace forage::detail {

/// With as much prose to be seen, a page is as it is meant.
inline constexpr std::uint32_t little_prose = 500;

/// The outermost element, hidden or noscript, that has most of what is hidden, at least `little_prose`, and five times
/// of what is to be seen; none if there is none. Hidden text beside visible text stays hidden: people do not see it.
/// Nothing if the budget is spent. Linear.
[[nodiscard]] dom::node_id
find_veiled_content(const dom::tree& document, std::uint32_t visible_prose, read_budget& budget);

}  // namespace forage::detail
