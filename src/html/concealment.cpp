#include "html/concealment.hpp"

#include "text/ascii.hpp"

namespace forage::detail::dom {
namespace {

bool is_root(const tree& in, node_id n) noexcept { return in.is(n, name::html) || in.is(n, name::body); }

/// The colour behind an element that has none of its own, where one of those close around it says so.
std::optional<css_color> ground_of(const tree& in, node_id n) noexcept {
    constexpr int levels = 8;
    for (int i = 0; i < levels && n != none && in[n].kind() == node_kind::element; ++i, n = in[n].parent) {
        for (const auto* a = in.attributes_of(n); a != nullptr; a = a->next()) {
            if (a->name() == name::bgcolor) return read_css_color(in.text(a->value));
            if (a->name() != name::style) continue;
            if (const auto style = read_style(in.text(a->value)); style.has_background) return style.background;
        }
    }
    return std::nullopt;
}

}  // namespace

concealment concealment_of(const tree& in, node_id element) noexcept {
    if (is_root(in, element)) return concealment::none;
    bool is_closed = in.is(element, name::dialog);
    inline_style style;
    for (const auto* a = in.attributes_of(element); a != nullptr; a = a->next()) {
        switch (a->name()) {
        case name::hidden: return concealment::unrendered;
        case name::aria_hidden:
            // An image is seen; only its description is none for those who listen.
            if (in.is(element, name::img)) break;
            if (equals_ignoring_case(trim(in.text(a->value)), "true")) return concealment::unrendered;
            break;
        case name::open: is_closed = false; break;
        case name::style: style = read_style(in.text(a->value)); break;
        default: break;
        }
    }
    if (is_closed) return concealment::unrendered;
    if (style.how != concealment::none || !style.color) return style.how;
    const auto ground = style.has_background ? style.background : ground_of(in, in[element].parent);
    return ground == style.color ? concealment::disguised : concealment::none;
}

bool is_hidden(const tree& in, node_id element) noexcept {
    if (is_root(in, element)) return false;
    for (const auto* a = in.attributes_of(element); a != nullptr; a = a->next()) {
        if (a->name() == name::hidden) return true;
        if (a->name() == name::style && read_style(in.text(a->value)).how == concealment::unrendered) return true;
    }
    return false;
}

}  // namespace forage::detail::dom
