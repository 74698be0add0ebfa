// What is found out about the blocks of a page, step by step, on the way to its main content.
#pragma once

#include "html/content_outline.hpp"

#include <cstdint>

namespace forage::detail {

/// What a page is, as far as it decides what of it is content. Documentation and pages of services have none of their
/// own: their content stands out like an article's, or is all there is beside menus and the like.
enum class page_kind : std::uint8_t {
    other,
    article,
    forum,    ///< what readers write is the content
    product,  ///< beside its description stand shop, reviews and other products
    listing,  ///< the repeated items are the content: search results, collections, front pages
};

inline constexpr std::uint32_t nowhere = ~0u;

struct content_survey {
    content_survey(const content_outline& o, read_budget& budget)
        : outline{o}, boilerplate{budget}, items{budget}, weights{budget} {}

    [[nodiscard]] bool has_sign(std::uint8_t bits) const noexcept { return (outline.signs() & bits) != 0; }
    [[nodiscard]] std::uint32_t all_prose() const noexcept { return outline[0].prose; }
    /// Of a block, those that tell something on this page.
    [[nodiscard]] std::uint32_t hints_of(const content_block& b) const noexcept { return b.hints & ~void_hints; }

    const content_outline& outline;  ///< has blocks
    page_kind kind           = page_kind::other;
    std::uint32_t void_hints = 0;          ///< hints that tell nothing on this page
    growing_array<bool> boilerplate;       ///< blocks that are none of the content, with all that is in them
    growing_array<bool> items;             ///< blocks repeated by their siblings
    growing_array<std::uint32_t> weights;  ///< how much in a block may be content, in bytes of text
    std::uint32_t article = nowhere;       ///< the block that is the page's article
};

/// Calls `see` with the place of each block in document order; where that says no, not with those in it.
template <class See>
void each_block(const content_survey& in, std::uint32_t from, std::uint32_t end, See see) {
    for (auto i = from; i < end;) i = see(i) ? i + 1 : in.outline[i].end;
}

// In this order. All throw budget_spent, and are linear.

/// Sets `kind` to forum or article, where the page says so or shows it.
void find_kind(content_survey& in);
/// Sets `void_hints` and `boilerplate`.
void find_boilerplate(content_survey& in, read_budget& budget);
/// Sets `items`.
void find_items(content_survey& in, read_budget& budget);
/// Sets `weights`: prose, outside of boilerplate.
void weigh_prose(content_survey& in);
/// Sets `article`: an `article`, or a block called like article-body; none if there are several of about the same
/// weight. A forum's posts are none.
void find_article(content_survey& in);
/// Turns a page without an article into a listing, if it is one, and weighs its items in.
void find_listing(content_survey& in);

}  // namespace forage::detail
