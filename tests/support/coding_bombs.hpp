// Coded bodies that stand for 10 GB, and such that fill the windows of their coding.
#pragma once

#include <string>
#include <vector>

namespace forage::testing {

struct coding_bomb {
    const char* name;
    const char* codings;  ///< the value of Content-Encoding
    std::string body;     ///< at most 10 MiB
};

/// 10 GB of zeros under each coding, and under two.
[[nodiscard]] std::vector<coding_bomb> zeros_of_10_gb();

/// Almost 10 MiB that cannot be compressed, under the largest windows of each coding.
[[nodiscard]] std::vector<coding_bomb> full_windows();

}  // namespace forage::testing
