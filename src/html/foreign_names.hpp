// How names of SVG and MathML are written, whose letters may be capitals: HTML standard, §13.2.6.1 and §13.2.6.5.
// Trees keep them in lower case.
#pragma once

#include "html/tree.hpp"

#include <string_view>

namespace forage::detail::dom {

/// `lower` as an element of that name space is called.
[[nodiscard]] std::string_view element_name_in(name_space in, std::string_view lower) noexcept;

/// The same for attributes.
[[nodiscard]] std::string_view attribute_name_in(name_space in, std::string_view lower) noexcept;

}  // namespace forage::detail::dom
