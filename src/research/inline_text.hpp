// The inside of a line of Markdown: its text, and how much of it is links. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace forage::detail {

struct inline_text {
    std::string text;        ///< links and images as their text, escapes undone
    std::size_t links  = 0;  ///< with an address; images are none
    std::size_t linked = 0;  ///< bytes of `text` inside them
};
[[nodiscard]] inline_text read_inline(std::string_view line);

/// What stands in a line that is bold from end to end; empty if it is not.
[[nodiscard]] std::string_view inside_bold(std::string_view line) noexcept;

}  // namespace forage::detail
