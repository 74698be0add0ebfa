// forage extract --batch DIR
#pragma once

#include "cli/console.hpp"
#include "cli/options.hpp"
#include "cli/run_report.hpp"

#include <forage/html.hpp>

namespace forage::cli {

/// Prints {"ID": {"articleBody": …, "title": …}, …} for each ID.html of the folder, in the order of their names: what
/// scorers of extraction read. A page that cannot be read is left out, and standard error says why.
[[nodiscard]] tally extract_batch(const options& chosen, const read_options& how, console& out);

}  // namespace forage::cli
