// From the outline of a page to the parts of it that are content, in steps: what is surely none, what kind of page it
// is, where most of what remains is, and what to leave out there.
#include "html/main_content.hpp"

#include "html/content_cleanup.hpp"
#include "html/content_landmark.hpp"
#include "html/content_outline.hpp"
#include "html/content_survey.hpp"
#include "html/page_signs.hpp"
#include "html/veiled_content.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

/// Nearly all of a block's weight: what is beside it there are titles, bylines, and what belongs to them.
double share_of(extraction_mode mode) noexcept {
    switch (mode) {
    case extraction_mode::precision: return 0.8;
    case extraction_mode::recall: return 0.98;
    case extraction_mode::whole:  // nothing is searched for
    case extraction_mode::balanced: break;
    }
    return 0.9;
}

/// Nothing but a guess at how likely the content is right: how much of the page's weight it has, how much there is of
/// it, and whether the page marks it.
double confidence_in(const content_survey& in, std::uint32_t root, bool is_marked) noexcept {
    constexpr double enough = 1500;
    const double weight     = in.weights[root];
    const double share      = in.weights[0] == 0 ? 0 : weight / in.weights[0];
    return 0.3 + 0.3 * std::min(share, 1.0) + 0.2 * std::min(weight / enough, 1.0) + (is_marked ? 0.2 : 0.0);
}

void choose(const content_survey& in, extraction_mode mode, main_content& into) {
    const auto main = in.article == nowhere ? main_of(in) : nowhere;
    const auto top  = in.article != nowhere ? in.article : main != nowhere ? main : 0;
    const auto root = descend(in, top, share_of(mode));

    content_cleanup cleanup{in, mode, into};
    cleanup.take(root);
    if (in.article != nowhere) cleanup.take_leads(in.article, root);

    const auto called = in.outline[root].name;
    if (cleanup.taken() == 0) {
        into.take_whole();
    } else if (called == dom::name::html || called == dom::name::body) {
        into.judge(extraction_extent::partial, confidence_in(in, root, false) / 2);
    } else {
        into.judge(extraction_extent::main, confidence_in(in, root, top != 0));
    }
}

bool outline_page(
    const dom::tree& document, bool with_noscript, read_budget& budget, content_outline& outline, main_content& into
) {
    if (!outline.read(document, with_noscript, dom::none, budget)) return false;
    if (outline.size() == 0 || outline[0].prose >= little_prose) return true;
    const auto veiled = find_veiled_content(document, outline[0].prose, budget);
    if (budget.is_spent()) return false;
    if (veiled == dom::none) return true;
    into.unveil(veiled);
    return outline.read(document, with_noscript, veiled, budget);
}

}  // namespace

std::unique_ptr<main_content>
find_main_content(const dom::tree& document, extraction_mode mode, bool with_noscript, read_budget& budget) try {
    auto found = std::make_unique<main_content>(document.size(), budget);
    if (mode == extraction_mode::whole) return found;
    content_outline outline{budget};
    if (!outline_page(document, with_noscript, budget, outline, *found)) return nullptr;
    if ((outline.signs() & sign::paid) != 0) found->set_paid();
    if (outline.size() == 0) return found;

    content_survey survey{outline, budget};
    find_kind(survey);
    find_boilerplate(survey, budget);
    find_credits(survey, found->credits());
    find_items(survey, budget);
    weigh_prose(survey);
    find_article(survey);
    find_listing(survey);
    choose(survey, mode, *found);
    return found;
} catch (const budget_spent&) {
    return nullptr;
}

}  // namespace forage::detail
