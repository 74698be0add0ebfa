// Markup made to cost a parser as much as it can, each kind in one respect. Of any size, as what matters is how the
// cost grows.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace forage::testing {

struct hostile_markup {
    const char* name;
    std::function<std::string(std::size_t size)> make;  ///< `size` bytes, or some tags more
};

[[nodiscard]] const std::vector<hostile_markup>& hostile_markup_of_all_kinds();

/// Formatting elements that each of as many paragraphs opens again: by the standard, quadratic in what is made.
[[nodiscard]] std::string exploding_formatting(std::size_t size);

/// A page as they are: headings, paragraphs with links, lists, tables, some scripts. About as long as `size`.
[[nodiscard]] std::string ordinary_page(std::size_t size);

}  // namespace forage::testing
