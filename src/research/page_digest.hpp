// What a crawl wants of a page: passages, links, and a print to know it again by. Pure; CPU-bound.
#pragma once

#include "research/page_links.hpp"
#include "research/passages.hpp"
#include "research/simhash.hpp"

#include <forage/scrape.hpp>

#include <atomic>
#include <cstddef>
#include <vector>

namespace forage::detail {

/// Passages that have the same terms of the question.
struct equal_passages {
    term_mask in_text      = 0;
    term_mask with_heading = 0;  ///< and with the page's title
    std::size_t count      = 0;

    friend bool operator==(const equal_passages&, const equal_passages&) = default;
};

struct page_digest {
    page_passages passages;
    std::vector<equal_passages> kinds;  ///< of them
    std::vector<promising_link> links;
    page_role role = page_role::content;
    text_print print;
};

/// Takes from the page what is of no use any more: it keeps its metadata, its Markdown and where the blocks of that
/// are. Ends early once `stop` is true.
[[nodiscard]] page_digest
digest_page(page& from, const term_set& question, bool with_links, const std::atomic<bool>& stop);

}  // namespace forage::detail
