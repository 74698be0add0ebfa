#include "html/display.hpp"

#include <array>
#include <initializer_list>

namespace forage::detail::dom {
namespace {

constexpr std::array<display, known_names> displays_by_name() {
    std::array<display, known_names> t{};
    const auto set = [&](display how, std::initializer_list<name> names) {
        for (const auto n : names) t[index_of(n)] = how;
    };
    using enum name;
    set(display::not_rendered, {area,   audio,  base,  basefont,  bgsound,  canvas,  datalist, embed, head,     iframe,
                                img,    input,  link,  meta,      meter,    noembed, noframes, param, progress, rp,
                                script, source, style, template_, textarea, title,   track,    video});
    set(display::block,
        {address, article, aside,    blockquote, body,       caption, center,  dd,     details, dialog, dir,
         div,     dl,      dt,       fieldset,   figcaption, figure,  footer,  form,   h1,      h2,     h3,
         h4,      h5,      h6,       header,     hgroup,     hr,      html,    legend, li,      main,   menu,
         nav,     ol,      optgroup, option,     search,     section, summary, ul});
    set(display::pre, {listing, plaintext, pre, xmp});
    set(display::cell, {td, th});
    t[index_of(br)]       = display::line_break;
    t[index_of(noscript)] = display::noscript;
    t[index_of(p)]        = display::paragraph;
    t[index_of(table)]    = display::table;
    t[index_of(tr)]       = display::row;
    return t;
}

}  // namespace

constexpr std::array<display, known_names> html_displays = displays_by_name();

display display_of_foreign(name called) noexcept {
    switch (called) {  // what they do not show
    case name::annotation:
    case name::annotation_xml:
    case name::desc:
    case name::metadata:
    case name::script:
    case name::style:
    case name::title: return display::not_rendered;
    default: return display::inline_;
    }
}

}  // namespace forage::detail::dom
