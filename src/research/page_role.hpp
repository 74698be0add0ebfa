// What a link most likely leads to, by its URL and text. Pure.
#pragma once

#include <forage/url.hpp>

#include <cstdint>
#include <string_view>

namespace forage::detail {

enum class page_role : std::uint8_t {
    content,
    contents,  ///< says what is where: a table of contents, a map of the site
    index,     ///< the same by the alphabet
    manual,    ///< where the documentation begins
    aside,     ///< log-in, search, tags, terms of use and the like: never an answer
};

[[nodiscard]] page_role role_of(const url& target, std::string_view link_text);

/// Whose pages they are, as far as a host and path tell.
enum class site_class : std::uint8_t { other, documentation, reference, code_host, forum };

[[nodiscard]] site_class class_of(const url& target);

}  // namespace forage::detail
