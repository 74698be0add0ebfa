#include "html/formula.hpp"

#include "html/words.hpp"
#include "text/ascii.hpp"

namespace forage::detail {
namespace {

using dom::name;
using dom::name_space;
using dom::node_id;

constexpr std::string_view script_type = "math/tex";

node_id child_of(const dom::tree& in, node_id n, name called) {
    for (auto child = in.first_child(n); child != dom::none; child = in[child].next) {
        if (in.is(child, called, name_space::mathml)) return child;
    }
    return dom::none;
}

std::string_view tex_of_annotation(const dom::tree& in, node_id math) {
    const auto semantics = child_of(in, math, name::semantics);
    if (semantics == dom::none) return {};
    for (auto child = in.first_child(semantics); child != dom::none; child = in[child].next) {
        if (in.is(child, name::annotation, name_space::mathml) &&
            in.trimmed_value_of(child, name::encoding) == "application/x-tex") {
            return in.first_text(child);
        }
    }
    return {};
}

/// MediaWiki puts each formula into a group of its own.
std::string_view without_style(std::string_view tex) noexcept {
    tex = trim(tex);
    for (const std::string_view style : {"{\\displaystyle ", "{\\textstyle "}) {
        if (tex.starts_with(style) && tex.ends_with('}'))
            return trim(tex.substr(style.size(), tex.size() - style.size() - 1));
    }
    return tex;
}

}  // namespace

std::string_view tex_of(const dom::tree& in, node_id element) {
    if (in.is(element, name::script)) {
        const bool is_formula = starts_with_ignoring_case(in.trimmed_value_of(element, name::type), script_type);
        return is_formula ? in.first_text(element) : std::string_view{};
    }
    if (const auto tex = tex_of_annotation(in, element); !tex.empty()) return without_style(tex);
    for (const auto* a = in.attributes_of(element); a != nullptr; a = a->next()) {
        if (in.names.text(a->name()) == "alttext") return without_style(in.text(a->value));
    }
    return {};
}

bool draws_formula(const dom::tree& in, node_id element, std::string_view class_names) {
    if (class_names.starts_with("katex-html")) {
        const auto before = in.previous_sibling(element);
        const auto math   = before == dom::none ? dom::none : child_of(in, before, name::math);
        return math != dom::none && !tex_of(in, math).empty();
    }
    if (!class_names.starts_with("MathJax")) return false;
    constexpr int between = 3;  // its preview, its output, white space
    auto next             = in[element].next;
    for (int i = 0; i < between && next != dom::none; ++i, next = in[next].next) {
        if (in.is(next, name::script)) return !tex_of(in, next).empty();
    }
    return false;
}

std::string_view tex_of_image(const element& image) noexcept {
    const auto classes = image.get("class");
    const bool is_formula =
        !classes.empty() && (classes.find("mwe-math-fallback-image") != std::string_view::npos ||
                             has_word(classes, "latex") || has_word(classes, "tex") || has_word(classes, "math"));
    return is_formula ? without_style(image.get("alt")) : std::string_view{};
}

bool is_display_formula(const element& formula) noexcept {
    return formula.get("display") == "block" || formula.get("type").find("mode=display") != std::string_view::npos ||
           formula.get("class").find("mwe-math-fallback-image-display") != std::string_view::npos;
}

}  // namespace forage::detail
