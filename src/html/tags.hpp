// The element names that reading treats specially, and how each is laid out.
#pragma once

#include <cstdint>
#include <string_view>

namespace forage::detail {

/// `block` and `inline_` stand for all elements that only break the line, or not even that.
enum class tag : std::uint8_t {
    inline_,
    block,
    unseen,  // script, style, iframe …: nothing inside is shown
    noscript,
    html,
    head,
    body,
    title,
    base,
    link,
    meta,
    a,
    area,
    img,
    br,
    hr,
    h1,
    h2,
    h3,
    h4,
    h5,
    h6,
    p,
    pre,
    textarea,
    blockquote,
    ul,
    ol,
    li,
    dl,
    dt,
    dd,
    summary,
    table,
    caption,
    row_group,
    tr,
    cell,
    strong,
    em,
    del,
    code,
    button,
};

[[nodiscard]] constexpr bool is_heading(tag t) noexcept { return t >= tag::h1 && t <= tag::h6; }

/// The tag of an element name in lower case.
[[nodiscard]] tag tag_for_name(std::string_view name) noexcept;

}  // namespace forage::detail
