// Reading DuckDuckGo's HTML and lite result pages. Pure.
#pragma once

#include "search/form.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

struct duckduckgo_entry {
    std::string title;  ///< as written, text of nested tags included; not yet folded
    std::string href;
    std::string snippet;
    bool is_ad = false;
};

struct duckduckgo_page {
    std::vector<duckduckgo_entry> entries;  ///< in page order, advertisements included; at most 200
    std::vector<form_fields> forms;         ///< the paging forms: those with a field `s`
    bool has_challenge_marks  = false;      ///< class anomaly-modal…, or a form to anomaly.js: attributes, never text
    bool says_no_results      = false;      ///< an element of class no-result…
    bool has_result_container = false;      ///< the element results would stand in
};

[[nodiscard]] duckduckgo_page read_duckduckgo_page(std::string_view html);

/// The target of a result link: `uddg` unwrapped from a link to duckduckgo.com/l/, another http or https URL as it is.
/// Nothing for advertisements (y.js), links without target and other schemes.
[[nodiscard]] std::optional<std::string> unwrap_duckduckgo_link(std::string_view href);

}  // namespace forage::detail
