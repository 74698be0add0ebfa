// The innerText getter. HTML, §3.2.7.
#pragma once

#include "html/tree.hpp"

#include <string>

namespace forage::detail::dom {

/// Whether an element and all that it is in are rendered, noscript taken to be. Linear in its depth.
[[nodiscard]] bool is_rendered(const tree& in, node_id n) noexcept;

/// The text of what is below a node that is rendered. If there is none, that of noscript elements below it: what is in
/// such an element shows it anyway. Linear, without recursion.
[[nodiscard]] std::string inner_text(const tree& in, node_id root);

}  // namespace forage::detail::dom
