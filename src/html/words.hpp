// Attributes that hold words with white space between them. DOM, "ordered set parser".
#pragma once

#include "text/ascii.hpp"

#include <algorithm>
#include <string_view>

namespace forage::detail {

/// Whether one of the words that `equals` says yes to is in `words`.
template <class Equals>
[[nodiscard]] bool any_word(std::string_view words, Equals equals) {
    const char* const end = words.data() + words.size();
    for (const char* p = words.data(); p != end;) {
        p                = std::find_if_not(p, end, is_space);
        const char* last = std::find_if(p, end, is_space);
        if (p != last && equals(std::string_view{p, static_cast<std::size_t>(last - p)})) return true;
        p = last;
    }
    return false;
}

[[nodiscard]] inline bool has_word(std::string_view words, std::string_view wanted) noexcept {
    return any_word(words, [&](std::string_view each) { return each == wanted; });
}

/// The same whatever its ASCII case, as link types are compared; `lower` is lower case.
[[nodiscard]] inline bool has_word_ignoring_case(std::string_view words, std::string_view lower) noexcept {
    return any_word(words, [&](std::string_view each) { return equals_ignoring_case(each, lower); });
}

}  // namespace forage::detail
