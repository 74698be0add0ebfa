// What stands in and beside code and is none of it: line numbers, buttons.
#pragma once

#include "html/element.hpp"

namespace forage::detail {

/// Of an element inside preformatted text: what it shows is no part of that. By the class names of Pygments, Rouge,
/// Chroma, Prism, highlight.js, react-syntax-highlighter and SyntaxHighlighter, or because readers cannot select it.
[[nodiscard]] bool is_code_furniture(const element& e) noexcept;

/// Of a table's cell: it holds the numbers of the lines in the one beside it.
[[nodiscard]] bool is_line_number_column(const element& e) noexcept;

/// Of an inline element inside preformatted text: it is a line.
[[nodiscard]] bool is_code_line(const element& e) noexcept;

/// Whether it holds a block of code although it is no pre element: an editor, a highlighter (CodeMirror,
/// SyntaxHighlighter), a code element that is laid out as a block (Verso, Tailwind).
[[nodiscard]] bool is_code_box(const element& e) noexcept;

}  // namespace forage::detail
