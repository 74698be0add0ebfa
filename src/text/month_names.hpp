// Months by their names in the languages of Europe.
#pragma once

#include <string_view>

namespace forage::detail {

/// 1 to 12; 0 if the word, which is valid UTF-8, names no month. In any case of letters.
[[nodiscard]] unsigned month_named(std::string_view word);

}  // namespace forage::detail
