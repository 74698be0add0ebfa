// What the JSON-LD of a page says of the page itself. https://schema.org, https://www.w3.org/TR/json-ld11/
#pragma once

#include "html/budget.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

struct json_ld_author {
    std::string name;
    bool is_organization = false;
};

/// Text unescaped, of at most `longest` bytes as it is written there; empty if it is not said.
struct json_ld_facts {
    static constexpr std::size_t longest   = 1024;
    static constexpr std::size_t most_list = 64;  ///< authors, keywords

    std::string headline, published, modified, image, type, licence, publisher;
    std::string site_name;  ///< of the WebSite that the page is a part of
    std::vector<json_ld_author> authors;
    std::vector<std::string> keywords;
    bool is_work    = false;  ///< what was read is more than a WebPage
    bool is_article = false;  ///< it is one; of other things the date of publication is not that of the page
};

/// Reads the scripts of a page, the object that is the page's own first: articles and other works before web pages.
/// Throws budget_spent. Linear, without recursion.
[[nodiscard]] json_ld_facts read_json_ld(std::span<const std::string_view> scripts, read_budget& budget);

}  // namespace forage::detail
