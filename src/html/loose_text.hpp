// Text compared by its letters and digits alone: "The Daily-News" is "thedailynews".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// ASCII letters in lower case, digits, and all that is not ASCII; accents of Latin-1 are left out, as in host names.
[[nodiscard]] std::string loose(std::string_view text);

/// The same of each word.
[[nodiscard]] std::vector<std::string> loose_words(std::string_view text);

/// The first `longest` bytes of `text`, which is valid UTF-8, on one line. No-break spaces are spaces: what they keep
/// together is a matter of layout.
[[nodiscard]] std::string plain_line(std::string_view text, std::size_t longest);

/// How many of the words of `text` are in `other`, 0 to 1; 0 if there are none. Takes the product of their numbers, so
/// both should be lines.
[[nodiscard]] double words_in_common(std::string_view text, std::string_view other);

}  // namespace forage::detail
