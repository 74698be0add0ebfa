// What the tree construction rules ask of an element's name, as bits. HTML standard, §13.2.4.2 and the lists it names.
#pragma once

#include "html/tree.hpp"

#include <cstdint>

namespace forage::detail::dom {

namespace kind {
enum bits : std::uint16_t {
    special          = 1,
    scope            = 2,     // ends the search for an element "in scope"
    implied_end      = 4,     // "generate implied end tags"
    thorough_end     = 8,     // "generate all implied end tags thoroughly", beyond those
    formatting       = 16,    // what is remembered for the blocks that follow
    heading          = 32,    // h1 to h6
    table_part       = 64,    // table, tbody, template, tfoot, thead, tr: their text is a matter of its own
    html_integration = 128,   // desc, foreignObject and title in SVG
    mathml_text      = 256,   // "MathML text integration point"
    block            = 512,   // ends a paragraph when it begins, and all that is left open in it when it ends
    head_content     = 1024,  // goes by the rules of the head wherever it stands
    table_structure  = 2048,  // caption, col, td …: what has a place in tables only
};
}  // namespace kind

/// The bits of an element of that name.
[[nodiscard]] std::uint16_t kind_of(name called, name_space in) noexcept;

}  // namespace forage::detail::dom
