// What a fuzz target says of a fault that is no crash.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace forage::fuzz {

/// Ends the program, as a crash does, if it does not hold: libFuzzer then keeps the input. `text` is what it is about.
inline void require(bool holds, const char* what, std::string_view text = {}) {
    if (holds) return;
    std::fprintf(stderr, "%s: %.*s\n", what, static_cast<int>(text.size()), text.data());
    std::abort();
}

}  // namespace forage::fuzz
