// The links of a page, each with what it promises. Pure; CPU-bound.
#pragma once

#include "research/page_role.hpp"
#include "research/term_set.hpp"

#include <forage/scrape.hpp>
#include <forage/url.hpp>

#include <string>
#include <vector>

namespace forage::detail {

/// A page that links lead to, and which terms of the question they have.
struct promising_link {
    url target;
    std::string key;  ///< `canonical_form` of the target
    site_class site    = site_class::other;
    page_role role     = page_role::content;
    term_mask in_text  = 0;  ///< of the one of its link texts that has most
    term_mask in_texts = 0;  ///< of all of them: a list of contents has one for each section
    term_mask in_url   = 0;  ///< in its path and query
    term_mask in_host  = 0;  ///< by `term_set::in_host`
    term_mask around   = 0;  ///< in the lines they stand in, if these have few links, and the headings over them
};

/// Where a page is, after redirects.
[[nodiscard]] const std::string& address_of(const page& of) noexcept;

/// Each page once, in the order of their first links; at most 2,000. Links to the page itself are none.
[[nodiscard]] std::vector<promising_link> links_of(const page& from, const term_set& question);

}  // namespace forage::detail
