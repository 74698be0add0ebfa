// Whether a person sees an element, as far as its attributes tell. What is around it may be concealed as well.
#pragma once

#include "html/inline_style.hpp"
#include "html/tree.hpp"

namespace forage::detail::dom {

/// Whether an attribute of that name can conceal its element: where there is none, and no dialog, nothing needs asking.
[[nodiscard]] constexpr bool may_conceal(name attribute) noexcept {
    return attribute == name::hidden || attribute == name::aria_hidden || attribute == name::style ||
           attribute == name::color;
}

/// By `hidden`, `aria-hidden`, `style`, the colour of its ground, and for a dialog, whether it is open. html and body
/// are never concealed: a script shows them. Linear in the attributes of the element and a few around it.
[[nodiscard]] concealment concealment_of(const tree& in, node_id element) noexcept;

/// Whether it is not rendered, which is what innerText asks: `hidden`, or a style with display: none or visibility:
/// hidden. No as to html and body.
[[nodiscard]] bool is_hidden(const tree& in, node_id element) noexcept;

}  // namespace forage::detail::dom
