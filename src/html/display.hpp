// How elements take part in innerText: the `display` that the HTML standard's style sheet gives them, as far as that
// matters to their text. HTML, §15.3 and §15.5.
#pragma once

#include "html/tree.hpp"

#include <array>
#include <cstdint>

namespace forage::detail::dom {

enum class display : std::uint8_t {
    inline_,       // what has no rule of its own, and what only its parts show of: rows' groups, lists of choices
    not_rendered,  // at all, or not by its contents
    noscript,      // shown where there is nothing else
    line_break,    // br
    block,
    paragraph,  // p: blocks with an empty line around them
    pre,        // blocks that keep white space
    table,
    row,
    cell,
};

/// Of the elements of HTML, by `known_index` of their names.
extern const std::array<display, known_names> html_displays;

/// Of an element of SVG or MathML.
[[nodiscard]] display display_of_foreign(name called) noexcept;

/// Of an element, but for its attributes.
[[nodiscard]] inline display display_of(const node& element) noexcept {
    return element.space() == name_space::html ? html_displays[known_index(element.name())]
                                               : display_of_foreign(element.name());
}

}  // namespace forage::detail::dom
