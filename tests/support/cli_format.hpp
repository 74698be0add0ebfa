// Options of the command line that choose a format and nothing else.
#pragma once

#include "cli/options.hpp"

namespace forage::testing {

inline cli::options as(cli::output_format format) {
    cli::options o;
    o.format = format;
    return o;
}

}  // namespace forage::testing
