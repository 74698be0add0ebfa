// Text compared by its letters and digits alone: "The Daily-News" is "thedailynews".
#pragma once

#include "text/ascii.hpp"

#include <string>
#include <string_view>

namespace forage::detail {

/// ASCII letters in lower case, digits, and all that is not ASCII.
[[nodiscard]] inline std::string loose(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80) out += to_lower(c);
    }
    return out;
}

}  // namespace forage::detail
