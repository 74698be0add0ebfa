#include "html/concealment.hpp"

#include "html/tree_cursor.hpp"
#include "text/ascii.hpp"

namespace forage::detail::dom {
namespace {

bool is_root(const tree& in, node_id n) noexcept { return in.is(n, name::html) || in.is(n, name::body); }

/// Longer ones are no matter of colours, and would be read again for each element in theirs.
constexpr std::size_t longest_ground = 1'024;

/// The colour behind an element that has none of its own, where one of those close around it says so. A class between
/// may give it any.
std::optional<css_color> ground_of(const tree& in, node_id n) noexcept {
    constexpr int levels = 8;
    for (int i = 0; i < levels && n != none && in[n].kind() == node_kind::element; ++i, n = in[n].parent) {
        std::optional<css_color> ground;
        bool has_class = false;
        for (const auto* a = in.attributes_of(n); a != nullptr; a = a->next()) {
            if (a->name() == name::class_) has_class = true;
            if (a->name() == name::bgcolor) ground = read_css_color(in.text(a->value));
            if (a->name() != name::style || a->value.length > longest_ground) continue;
            if (const auto style = read_style(in.text(a->value)); style.has_background) return style.background;
        }
        if (ground || has_class) return ground;
    }
    return std::nullopt;
}

/// Whether something in an element without a size of letters may have one of its own: wrappers that have none close the
/// gaps between their parts.
bool resets_font(const tree& in, node_id element) noexcept {
    constexpr int most_nodes = 64;
    int nodes                = 0;
    for (tree_cursor at{in, element}; at.node() != none && ++nodes < most_nodes;) {
        const auto n = at.node();
        if (at.is_leaving() || in[n].kind() != node_kind::element) {
            at.skip();
            continue;
        }
        if (in.value_of(n, name::class_)) return true;
        const auto style = in.value_of(n, name::style).value_or("").substr(0, longest_ground);
        if (find_ignoring_case(style, "font") != std::string_view::npos) return true;
        at.descend();
    }
    return false;
}

concealment of_style(const tree& in, node_id element, const inline_style& style, bool has_class) noexcept {
    const bool is_image = in.is(element, name::img);  // has no letters
    if (style.how == concealment::disguised && is_image) return concealment::none;
    if (style.how != concealment::none || is_image) return style.how;
    if (style.has_no_font) return resets_font(in, element) ? concealment::none : concealment::disguised;
    if (!style.color || (has_class && !style.has_background)) return concealment::none;
    const auto ground = style.has_background ? style.background : ground_of(in, in[element].parent);
    return ground == style.color ? concealment::disguised : concealment::none;
}

}  // namespace

concealment concealment_of(const tree& in, node_id element) noexcept {
    if (is_root(in, element)) return concealment::none;
    bool is_closed = in.is(element, name::dialog), has_class = false;
    inline_style style;
    for (const auto* a = in.attributes_of(element); a != nullptr; a = a->next()) {
        switch (a->name()) {
        case name::hidden: return concealment::unrendered;
        case name::aria_hidden:
            // An image is seen; only its description is none for those who listen.
            if (in.is(element, name::img)) break;
            if (equals_ignoring_case(trim(in.text(a->value)), "true")) return concealment::unrendered;
            break;
        case name::class_: has_class = true; break;
        case name::color:
            if (in.is(element, name::font)) style.color = read_css_color(in.text(a->value));
            break;
        case name::open: is_closed = false; break;
        case name::style: style = read_style(in.text(a->value)); break;
        default: break;
        }
    }
    return is_closed ? concealment::unrendered : of_style(in, element, style, has_class);
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
