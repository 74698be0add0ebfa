// open_descriptors: how many descriptors the process has open, for tests that none must be left.
#pragma once

#include <cstddef>
#include <filesystem>
#include <iterator>

namespace forage::testing {

[[nodiscard]] inline std::size_t open_descriptors() {
    const std::filesystem::directory_iterator open{"/proc/self/fd"};
    return static_cast<std::size_t>(std::distance(begin(open), end(open)));
}

}  // namespace forage::testing
