// The programming language that a page's class names give for a block of code.
#pragma once

#include "html/element.hpp"

#include <string>
#include <string_view>

namespace forage::detail {

/// From `language-x`, `lang-x`, `highlight-x`, `highlight-source-x`, `brush: x`, `sourceCode x`, `hljs x`; lower case,
/// empty if there is none.
[[nodiscard]] std::string language_from_classes(std::string_view classes);

/// From `data-lang`, `data-language` or the class of one element.
[[nodiscard]] std::string language_of(const element& e);

}  // namespace forage::detail
