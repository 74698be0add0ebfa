// forage extract --batch DIR
#pragma once

#include "cli/console.hpp"
#include "cli/options.hpp"

namespace forage::cli {

/// Prints {"ID": {"articleBody": …, "title": …}, …} for each ID.html of the folder, in the order of their names: what
/// scorers of extraction read. A page that cannot be read is left out, and standard error says why.
[[nodiscard]] int extract_batch(const options& chosen, console& out);

}  // namespace forage::cli
