// The environment of the process.
#pragma once

#include <string>

namespace forage::detail {

/// The value of a variable; empty if it is not set, or `name` is empty. Thread-safe as long as nobody sets variables.
[[nodiscard]] std::string environment(const char* name);

}  // namespace forage::detail
