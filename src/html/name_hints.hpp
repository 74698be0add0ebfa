// What the names that a page's authors gave its parts, in class, id, role and itemprop, say of them. They are words of
// HTML and of stylesheets, mostly English whatever language the page is in.
#pragma once

#include <cstdint>
#include <string_view>

namespace forage::detail {

namespace hint {
enum bits : std::uint32_t {
    navigation = 1u << 0,  // nav, menu, breadcrumb, pager
    footer     = 1u << 1,
    sidebar    = 1u << 2,
    comments   = 1u << 3,
    share      = 1u << 4,
    related    = 1u << 5,  // other pages: related, recommended, popular
    notice     = 1u << 6,  // pop-ups
    consent    = 1u << 7,  // cookie notices
    sign_up    = 1u << 8,  // newsletters, log-ins, forms
    ad         = 1u << 9,
    author     = 1u << 10,
    byline     = 1u << 11,  // dates, tags, categories
    unseen     = 1u << 12,  // for screen readers only
    article    = 1u << 13,
    body       = 1u << 14,
    text       = 1u << 15,  // article-body, entry-content: an article's word and a body's in one name
    main       = 1u << 16,
    post       = 1u << 17,
    review     = 1u << 18,
    caption    = 1u << 19,
    dated      = 1u << 20,  // a date may be in it
    updated    = 1u << 21,  // that of the last change
    credit     = 1u << 22,  // who wrote it may be in it
};
}  // namespace hint

/// The bits of all words of a class, id, role or itemprop attribute.
[[nodiscard]] std::uint32_t hints_of(std::string_view value) noexcept;

}  // namespace forage::detail
