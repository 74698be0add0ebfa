// setting: a number that whoever runs the tests may give in the environment, to repeat a run or to make it a soak.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace forage::testing {

[[nodiscard]] inline std::uint64_t setting(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace forage::testing
