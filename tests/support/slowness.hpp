// slowness: what a bound on time is to be multiplied with, as sanitizers make everything slower.
#pragma once

namespace forage::testing {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define FORAGE_IS_SANITIZED
#endif
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(FORAGE_IS_SANITIZED)
inline constexpr int slowness = 4;
#else
inline constexpr int slowness = 1;
#endif

}  // namespace forage::testing
