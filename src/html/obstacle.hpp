// Pages that stand in the place of the one that was asked for: checks for robots, consent forms, log-ins, errors,
// shells that are empty without scripts, and articles for subscribers.
#pragma once

#include "html/budget.hpp"
#include "html/tree.hpp"

#include <forage/html.hpp>

namespace forage::detail {

/// What `read`, which the document was read to, is in truth. `is_paid`: the page says that its content is for
/// subscribers. A page that says much is what it seems, whatever it is called. Linear, and without a look at the
/// document if there is much text.
[[nodiscard]] page_obstacle
find_obstacle(const dom::tree& document, const page_content& read, bool is_paid, read_budget& budget);

}  // namespace forage::detail
