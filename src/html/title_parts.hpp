// Titles with the name of the site: telling what is which.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// What is known of a page that may be a part of its title.
struct title_context {
    std::vector<std::string_view> site_names;  ///< as the page says them, and its host
    bool only_known = false;  ///< nothing goes but names that are known: in a heading marks are content
};

/// Whether a part of a title is the site's name: "The Daily News" is also "Daily News online" and "dailynews.com".
[[nodiscard]] bool is_site_name(std::string_view part, const title_context& known);

/// `title`, which is folded, without the site's name before or behind a mark like '|'. A short part
/// behind a mark that nothing else is written with goes although nobody knows it; any other stays.
/// Linear, but for the bounded number of names.
[[nodiscard]] std::string without_site_name(std::string_view title, const title_context& known);

/// The part of a title behind its last mark, where most sites put their name; empty if it has no mark.
[[nodiscard]] std::string_view tail_of_title(std::string_view title) noexcept;

/// The part of a host that a site may be called by: "example" of "www.example.co.uk".
[[nodiscard]] std::string_view name_of_host(std::string_view host) noexcept;

}  // namespace forage::detail
