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
    auto known       = link.in_text;
    const auto added = [&](term_mask more) { return weights.share(more & ~std::exchange(known, known | more)); };
    const auto text  = weights.share(link.in_text);
    auto score       = 2.0 * text + 0.9 * added(link.in_url) + 0.5 * added(link.around) + 0.4 * added(link.in_host) +
                 0.3 * from.relevance - 0.1 * from.depth;
    score += class_bonus(class_of(link.target));
    if (link.role == page_role::aside) score -= 2.0;
    // Where nothing else matches, a list of all there is helps; one is enough.
    if (link.role == page_role::index) score += from.is_index ? -0.5 : 0.25;
    if (!from.same_host) score -= text > 0 ? 0.1 : 0.4;
    return score;
}

}  // namespace forage::detail
