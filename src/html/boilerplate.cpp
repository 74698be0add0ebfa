// What is none of a page's content by what it is, or is called: menus, footers, share bars, related pages, cookie
// notices, forms to sign up, advertisements, captions, and comments unless they are what the page is for.
#include "html/content_survey.hpp"
#include "html/name_hints.hpp"

#include <array>
#include <bit>
#include <cstddef>

namespace forage::detail {
namespace {

using dom::name;

std::size_t number_of(std::uint32_t bit) noexcept { return static_cast<std::size_t>(std::countr_zero(bit)); }

constexpr std::uint32_t boilerplate_hints = hint::navigation | hint::footer | hint::sidebar | hint::comments |
                                            hint::share | hint::related | hint::notice | hint::consent | hint::sign_up |
                                            hint::ad | hint::unseen | hint::caption;

bool is_boilerplate_element(name n) noexcept {
    switch (n) {
    case name::aside:
    case name::button:
    case name::dialog:
    case name::figcaption:
    case name::footer:
    case name::nav:
    case name::select: return true;
    default: return false;
    }
}

/// The prose under each hint, whatever else is around it.
std::array<std::uint32_t, 32> prose_by_hint(const content_survey& in, read_budget& budget) {
    std::array<std::uint32_t, 32> prose{};
    growing_array<std::uint32_t> around{budget};
    around.reserve(in.outline.size());
    for (std::uint32_t i = 0; i < in.outline.size(); ++i) {
        const auto& b      = in.outline[i];
        const auto outside = i == 0 ? 0u : around[b.parent];
        // Pages say in the names of html and body what is on them somewhere.
        const auto own = b.name == name::html || b.name == name::body ? 0u : b.hints;
        around.push_back(outside | own);
        if (b.prose == 0) continue;
        for (auto bits = own & ~outside; bits != 0; bits &= bits - 1) prose[number_of(bits)] += b.prose;
    }
    return prose;
}

/// A word that half of the page's prose stands under is one of the layout, like "widget" or "content-with-sidebar". It
/// is not so for cookie notices, which can be longer than the page, and for comments: readers may write more than the
/// author. But where there is next to nothing beside them, they are what the page is for.
void find_void_hints(content_survey& in, read_budget& budget) {
    constexpr std::uint32_t short_article = 300;
    const auto prose                      = prose_by_hint(in, budget);
    for (unsigned bit = 0; bit < prose.size(); ++bit) {
        if (prose[bit] * 2ull > in.all_prose()) in.void_hints |= 1u << bit;
    }
    in.void_hints &= ~std::uint32_t{hint::consent};
    const auto comments = prose[number_of(hint::comments)];
    if (comments * 20ull >= in.all_prose() * 19ull && comments != 0) in.kind = page_kind::forum;
    if (in.kind == page_kind::forum) {
        in.void_hints |= hint::comments;
    } else if (comments + short_article < in.all_prose()) {
        in.void_hints &= ~std::uint32_t{hint::comments};
    }
}

std::uint32_t boilerplate_hints_of(const content_survey& in, const content_block& b) {
    if ((b.hints & (hint::main | hint::text)) != 0) return 0;  // "main-nav-open", "article-content-sidebar-right"
    auto bits = in.hints_of(b) & boilerplate_hints;
    // What leads elsewhere has links: a "teaser" without is the lead of its own page, and a line may be called by the
    // entry of a menu that leads to it.
    const bool is_line = b.name == name::p || (b.name >= name::h1 && b.name <= name::h6);
    if (b.links == 0) bits &= ~std::uint32_t{hint::related};
    if (b.links == 0 && is_line) bits &= ~std::uint32_t{hint::navigation};
    // A bar of buttons has no prose; an embedded post of a social network has.
    if (b.prose * 2ull > b.text) bits &= ~std::uint32_t{hint::share};
    return bits;
}

/// What holds much of the page is content, whatever it is called. Some words are doubtful: all of an article may be in
/// a "paywall".
bool is_small_enough(const content_survey& in, const content_block& b) {
    constexpr std::uint32_t doubtful = hint::sign_up | hint::ad | hint::share | hint::caption | hint::related;
    if ((in.hints_of(b) & hint::comments) != 0) return true;
    if ((b.hints & hint::consent) != 0) return b.text * 10ull <= in.outline[0].text * 9ull;
    return b.prose * ((b.hints & doubtful) != 0 ? 4ull : 2ull) <= in.all_prose();
}

}  // namespace

void find_boilerplate(content_survey& in, read_budget& budget) {
    find_void_hints(in, budget);
    in.boilerplate.reserve(in.outline.size());
    for (std::uint32_t i = 0; i < in.outline.size(); ++i) {
        const auto& b      = in.outline[i];
        const bool is_page = b.name == name::html || b.name == name::body;
        in.boilerplate.push_back(
            !is_page && (is_boilerplate_element(b.name) || boilerplate_hints_of(in, b) != 0) && is_small_enough(in, b)
        );
    }
}

}  // namespace forage::detail
