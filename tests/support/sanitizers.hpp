// Which sanitizer the tests were built with: GCC says so by macros, clang by features.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define FORAGE_ADDRESS_SANITIZER
#endif
#if defined(__SANITIZE_THREAD__)
#define FORAGE_THREAD_SANITIZER
#endif
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FORAGE_ADDRESS_SANITIZER
#endif
#if __has_feature(thread_sanitizer)
#define FORAGE_THREAD_SANITIZER
#endif
#endif
