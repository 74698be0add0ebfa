// The client a command works with: room for as many pages as it wants in flight, and a log if it was asked for.
#pragma once

#include "cli/options.hpp"

#include <forage/client.hpp>

namespace forage::cli {

/// Also raises the process's limit of open descriptors as far as that concurrency needs and the system lets it.
[[nodiscard]] client_options client_settings(const options& chosen);

}  // namespace forage::cli
