#include "html/element_kind.hpp"

#include <initializer_list>

namespace forage::detail::dom {

constexpr std::array<std::uint16_t, known_names> html_kinds = [] {
    std::array<std::uint16_t, known_names> t{};
    const auto set = [&](unsigned bits, std::initializer_list<name> names) {
        for (const auto n : names) t[index_of(n)] = static_cast<std::uint16_t>(t[index_of(n)] | bits);
    };
    using enum name;
    set(kind::special,
        {address,   applet, area,      article,  aside,      base,     basefont, bgsound, blockquote, body,
         br,        button, caption,   center,   col,        colgroup, dd,       details, dir,        div,
         dl,        dt,     embed,     fieldset, figcaption, figure,   footer,   form,    frame,      frameset,
         h1,        h2,     h3,        h4,       h5,         h6,       head,     header,  hgroup,     hr,
         html,      iframe, img,       input,    keygen,     li,       link,     listing, main,       marquee,
         menu,      meta,   nav,       noembed,  noframes,   noscript, object,   ol,      p,          param,
         plaintext, pre,    script,    search,   section,    select,   source,   style,   summary,    table,
         tbody,     td,     template_, textarea, tfoot,      th,       thead,    title,   tr,         track,
         ul,        wbr,    xmp});
    set(kind::scope, {applet, caption, html, marquee, object, select, table, td, template_, th});
    set(kind::implied_end, {dd, dt, li, optgroup, option, p, rb, rp, rt, rtc});
    set(kind::formatting, {a, b, big, code, em, font, i, nobr, s, small, strike, strong, tt, u});
    set(kind::block,
        {address, article, aside,  blockquote, center, details, dialog, dir, div,    dl,      fieldset, figcaption,
         figure,  footer,  header, hgroup,     main,   menu,    nav,    ol,  search, section, summary,  ul});
    set(kind::head_content, {base, basefont, bgsound, link, meta, noframes, script, style, template_, title});
    set(kind::table_structure, {caption, col, colgroup, tbody, td, tfoot, th, thead, tr});
    set(kind::heading, {h1, h2, h3, h4, h5, h6});
    set(kind::table_part, {table, tbody, template_, tfoot, thead, tr});
    return t;
}();

std::uint16_t kind_of_foreign(name called, name_space in) noexcept {
    constexpr std::uint16_t boundary = kind::special | kind::scope;
    switch (in) {
    case name_space::html: break;
    case name_space::mathml:
        switch (called) {
        case name::mi:
        case name::mo:
        case name::mn:
        case name::ms:
        case name::mtext: return boundary | kind::mathml_text;
        case name::annotation_xml: return boundary;
        default: return 0;
        }
    case name_space::svg:
        switch (called) {
        case name::foreignobject:
        case name::desc:
        case name::title: return boundary | kind::html_integration;
        default: return 0;
        }
    }
    return 0;
}

}  // namespace forage::detail::dom
