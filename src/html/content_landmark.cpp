#include "html/content_landmark.hpp"

#include "html/name_hints.hpp"

namespace forage::detail {
namespace {

using dom::name;

// A landmark with less is not what the page is about: a paragraph or two.
constexpr std::uint32_t least_weight = 250;

/// The article of a page has its title, one that is no link; what has nothing but headings that are links is a teaser.
std::uint64_t standing_of(const content_survey& in, std::uint32_t i) {
    const auto& b        = in.outline[i];
    const bool is_teaser = b.headings != 0 && b.headings == b.linked_headings;
    return in.weights[i] * (b.titles != 0 ? 12ull : is_teaser ? 1ull : 4ull);
}

/// The outermost block of a kind, if there is but one, or one that has three quarters of what all have.
template <class Is>
std::uint32_t only(const content_survey& in, Is is) {
    auto best              = nowhere;
    std::uint64_t all      = 0;
    std::uint64_t greatest = 0;
    each_block(in, 1, in.outline.size(), [&](std::uint32_t i) {
        if (in.boilerplate[i]) return false;
        if (in.outline[i].name == name::body || !is(in.outline[i])) return true;
        const auto standing = standing_of(in, i);
        all += standing;
        if (best == nowhere || standing > greatest) {
            best     = i;
            greatest = standing;
        }
        return false;
    });
    return best != nowhere && in.weights[best] >= least_weight && greatest * 4 >= all * 3 ? best : nowhere;
}

/// Blocks that make no sense in parts: a list is not its one long item.
bool is_unit(name n) noexcept {
    switch (n) {
    case name::blockquote:
    case name::dl:
    case name::ol:
    case name::p:
    case name::pre:
    case name::ul: return true;
    default: return false;
    }
}

void add_up(content_survey& in) {
    for (std::uint32_t i = in.outline.size(); i-- > 1;) {
        if (in.boilerplate[i]) in.weights[i] = 0;
        in.weights[in.outline[i].parent] += in.weights[i];
    }
}

}  // namespace

void find_article(content_survey& in) {
    if (in.kind == page_kind::forum) return;
    in.article =
        only(in, [](const content_block& b) { return b.name == name::article || (b.hints & hint::text) != 0; });
}

std::uint32_t main_of(const content_survey& in) {
    return only(in, [](const content_block& b) { return b.name == name::main; });
}

std::uint32_t descend(const content_survey& in, std::uint32_t at, double share) {
    while (!is_unit(in.outline[at].name)) {
        auto best = nowhere;
        for (auto child = at + 1; child < in.outline[at].end; child = in.outline[child].end) {
            if (best == nowhere || in.weights[child] > in.weights[best]) best = child;
        }
        if (best == nowhere || in.weights[best] == 0 || in.weights[best] < in.weights[at] * share) break;
        if (in.outline[best].name == name::p) break;  // a long one stands among others, and under a heading
        at = best;
    }
    return at;
}

void weigh_prose(content_survey& in) {
    in.weights.reserve(in.outline.size());
    for (std::uint32_t i = 0; i < in.outline.size(); ++i) in.weights.push_back(in.outline[i].own_prose);
    add_up(in);
}

void weigh_items(content_survey& in) {
    std::uint32_t item_end = 0;
    for (std::uint32_t i = 0; i < in.outline.size(); ++i) {
        const auto& b = in.outline[i];
        if (i < item_end) {
            in.weights[i] = 0;  // what is in an item is weighed with it
        } else if (in.items[i] && !in.boilerplate[i]) {
            in.weights[i] = b.text;
            item_end      = b.end;
        } else {
            in.weights[i] = b.own_prose;
        }
    }
    add_up(in);
}

}  // namespace forage::detail
