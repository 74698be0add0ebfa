// The TeX of formulas, where a page has it beside what it shows: MathML annotations, scripts of MathJax, KaTeX, images.
#pragma once

#include "html/element.hpp"
#include "html/tree.hpp"

#include <string_view>

namespace forage::detail {

/// Of a math element or a script, or empty: an annotation of type application/x-tex, `alttext`, a script of type
/// math/tex.
[[nodiscard]] std::string_view tex_of(const dom::tree& in, dom::node_id element);

/// Whether an element only draws a formula whose TeX is beside it: KaTeX's `katex-html`, MathJax 2's output.
[[nodiscard]] bool draws_formula(const dom::tree& in, dom::node_id element, std::string_view class_names);

/// Of an image that shows a formula, which its class says (MediaWiki, WordPress), or empty.
[[nodiscard]] std::string_view tex_of_image(const element& image) noexcept;

/// Whether a formula stands on a line of its own: a math element, a script or an image with TeX.
[[nodiscard]] bool is_display_formula(const element& formula) noexcept;

}  // namespace forage::detail
