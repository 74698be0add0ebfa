// Which of the titles that a page gives itself is the one its readers see.
#pragma once

#include "html/title_parts.hpp"

#include <forage/metadata.hpp>

#include <span>
#include <string>
#include <string_view>

namespace forage::detail {

/// Each on one line and bounded; empty where there is none.
struct title_sources {
    std::string_view element;   ///< title
    std::string_view social;    ///< Open Graph's and the like
    std::string_view headline;  ///< of JSON-LD
    std::span<const page_heading> headings;
    bool is_article = false;  ///< then what stands above it alone is its title
};

struct chosen_title {
    std::string text;
    metadata_source source = metadata_source::none;
};

/// The h1 that says what the others say, else one of these without the site's name.
[[nodiscard]] chosen_title choose_title(const title_sources& from, title_context known);

}  // namespace forage::detail
