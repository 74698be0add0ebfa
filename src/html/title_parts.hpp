// Titles with the name of the site: telling what is which.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// What is known of a page that may be a part of its title.
struct title_context {
    std::vector<std::string_view> site_names;  ///< as the page says them, and its host
    std::vector<std::string_view> headings;    ///< other titles of the page: what is one of them is no site's name
};

/// `title`, which is folded, without the site's name before or behind a mark like '|'; a part that is unknown stays.
/// Linear, but for the bounded number of names.
[[nodiscard]] std::string without_site_name(std::string_view title, const title_context& known);

/// The part of a host that a site may be called by: "example" of "www.example.co.uk".
[[nodiscard]] std::string_view name_of_host(std::string_view host) noexcept;

}  // namespace forage::detail
