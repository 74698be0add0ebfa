// The short lines around a page's title in its visible text: where bylines stand that no markup tells.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace forage::detail {

/// A few lines before the title and some behind it, these first. Only lines that are short enough for a byline. Where
/// no line is the title there are none. Linear.
[[nodiscard]] std::vector<std::string_view> lines_near_title(std::string_view text, std::string_view title);

}  // namespace forage::detail
