#include "core/environment.hpp"

#include <cstdlib>

namespace forage::detail {

std::string environment(const char* name) {
    const char* value = *name == '\0' ? nullptr : std::getenv(name);
    return value == nullptr ? std::string{} : std::string{value};
}

}  // namespace forage::detail
