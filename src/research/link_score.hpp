// What a URL promises, before it is read. Pure.
#pragma once

#include "research/page_links.hpp"
#include "research/term_set.hpp"

#include <forage/search.hpp>

namespace forage::detail {

/// The page a link stands on.
struct link_origin {
    double relevance = 0;  ///< `term_weights::share` of its best passage
    int depth        = 0;  ///< its own
    bool same_host   = true;
};

/// Of a hit: from 1 to 2, and above links that promise no more than some of the question's terms.
[[nodiscard]] double score_of_hit(const search_hit& hit, const term_set& question, term_weights& weights);
/// Of a link: from below 0 to 3. Its role counts apart: see `score_of_role`.
[[nodiscard]] double score_of_link(const promising_link& link, const link_origin& from, term_weights& weights);

/// What a list of what is where adds: where nothing else matches, it helps. Names are found by the alphabet.
[[nodiscard]] double score_of_role(page_role role, bool asks_for_name) noexcept;

}  // namespace forage::detail
