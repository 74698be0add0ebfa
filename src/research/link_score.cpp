#include "research/link_score.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {
namespace {

double class_bonus(site_class of) noexcept {
    switch (of) {
    case site_class::documentation:
    case site_class::reference: return 0.1;
    case site_class::code_host:
    case site_class::forum: return 0.05;
    case site_class::other: break;
    }
    return 0;
}

}  // namespace

double score_of_hit(const search_hit& hit, const term_set& question, term_weights& weights) {
    const auto target = url::parse(hit.url);
    const auto role   = target ? role_of(*target, hit.title) : page_role::content;
    const auto terms  = question.in(hit.title) | question.in(hit.snippet) | question.in(hit.url);
    const auto order  = 0.5 / std::max(hit.rank, 1);
    const auto bonus  = target ? class_bonus(class_of(*target)) : 0;
    return 1.0 + order + 0.4 * weights.share(terms) + bonus - (role == page_role::aside ? 0.5 : 0);
}

// What the text of a link says counts most; what stands around it is said of its neighbours too. A URL repeats the text
// more often than it adds to it, so only what it adds counts in full.
double score_of_link(const promising_link& link, const link_origin& from, term_weights& weights) {
    // What names the site tells nothing of its pages: the question is the rest.
    auto known       = link.in_host;
    const auto rest  = std::max(0.1, 1 - weights.share(known));
    const auto added = [&](term_mask more) { return weights.share(more & ~std::exchange(known, known | more)) / rest; };
    const auto text  = added(link.in_text);
    auto score       = 2.0 * text;
    score += 1.0 * added(link.in_texts & weights.names());
    score += 0.9 * added(link.in_url);
    score += 0.5 * added(link.around);
    score += 0.3 * added(link.in_texts);
    score += 0.3 * from.relevance - 0.1 * from.depth;
    if (link.in_host != 0) score += 0.3;  // the question names the site
    if (!from.same_host) score += class_bonus(link.site) - (text > 0 ? 0.1 : 0.4);
    return score;
}

double score_of_role(page_role role, bool asks_for_name) noexcept {
    switch (role) {
    case page_role::contents: return 0.4;
    case page_role::manual: return 0.2;
    case page_role::index: return asks_for_name ? 0.4 : 0.2;
    case page_role::aside: return -2.0;
    case page_role::content: break;
    }
    return 0;
}

}  // namespace forage::detail
