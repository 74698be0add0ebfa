// slowness: what a bound on time is to be multiplied with, as sanitizers make everything slower.
#pragma once

#include "support/sanitizers.hpp"

namespace forage::testing {

#if defined(FORAGE_ADDRESS_SANITIZER) || defined(FORAGE_THREAD_SANITIZER)
inline constexpr int slowness = 4;
#else
inline constexpr int slowness = 1;
#endif

}  // namespace forage::testing
