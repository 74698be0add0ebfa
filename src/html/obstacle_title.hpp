// Titles that pages have which are not the one that was asked for.
#pragma once

#include <forage/html.hpp>

#include <string_view>

namespace forage::detail {

/// challenge, consent, login or error_page, if a part of a title is nothing but one of the phrases such pages are
/// called by, in one of the languages most of the web is in; else none. An article about error 404 has more to say in
/// its title.
[[nodiscard]] page_obstacle obstacle_titled(std::string_view title);

}  // namespace forage::detail
