// What the tree construction rules ask of an element's name, as bits. HTML standard, §13.2.4.2 and the lists it names.
#pragma once

#include "html/tree.hpp"

#include <array>
#include <cstdint>

namespace forage::detail::dom {

namespace kind {
enum bits : std::uint16_t {
    special          = 1 << 0,
    scope            = 1 << 1,   // ends the search for an element "in scope"
    implied_end      = 1 << 2,   // "generate implied end tags"
    formatting       = 1 << 3,   // what is remembered for the blocks that follow
    heading          = 1 << 4,   // h1 to h6
    table_part       = 1 << 5,   // table, tbody, template, tfoot, thead, tr: their text is a matter of its own
    html_integration = 1 << 6,   // desc, foreignObject and title in SVG
    mathml_text      = 1 << 7,   // "MathML text integration point"
    block            = 1 << 8,   // ends a paragraph when it begins, and all that is left open in it when it ends
    head_content     = 1 << 9,   // goes by the rules of the head wherever it stands
    table_structure  = 1 << 10,  // caption, col, td …: what has a place in tables only
};
}  // namespace kind

extern const std::array<std::uint16_t, known_names> html_kinds;
[[nodiscard]] std::uint16_t kind_of_foreign(name called, name_space in) noexcept;

/// The bits of an element of that name.
[[nodiscard]] inline std::uint16_t kind_of(name called, name_space in) noexcept {
    return in == name_space::html ? html_kinds[known_index(called)] : kind_of_foreign(called, in);
}

}  // namespace forage::detail::dom
