// Attributes that decide whether and how wide an element is shown.
#include "html/element.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace forage::detail {

// The last declaration of a property wins in CSS; pages that contradict themselves within one attribute are not worth
// more code.
bool style_hides(std::string_view style) noexcept {
    while (!style.empty()) {
        const std::size_t end              = style.find(';');
        const std::string_view declaration = style.substr(0, end);
        style.remove_prefix(end == std::string_view::npos ? style.size() : end + 1);
        const std::size_t colon = declaration.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string_view property = trim(declaration.substr(0, colon));
        std::string_view value          = trim(declaration.substr(colon + 1));
        if (const std::size_t bang = value.find('!'); bang != std::string_view::npos)
            value = trim(value.substr(0, bang));
        if (equals_ignoring_case(property, "display") && equals_ignoring_case(value, "none")) return true;
        if (equals_ignoring_case(property, "visibility") &&
            (equals_ignoring_case(value, "hidden") || equals_ignoring_case(value, "collapse"))) {
            return true;
        }
    }
    return false;
}

bool table_survey::see(tag inside, cell_span span) noexcept {
    if (is_heading(inside)) return false;
    switch (inside) {
    case tag::table:
    case tag::ul:
    case tag::ol:
    case tag::blockquote:
    case tag::hr:
    case tag::pre: return false;
    case tag::row_group: spans_.begin_group(); return true;
    case tag::tr:
        ++rows_;
        spans_.begin_row();
        return true;
    case tag::cell:
        spans_.skip();
        spans_.take(span);
        most_ = std::max(most_, spans_.column());
        return true;
    default: return true;
    }
}

cell_span span_of_cell(std::string_view colspan, std::string_view rowspan) noexcept {
    const auto number = [](std::string_view text, std::size_t most) {
        std::size_t value = 1;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value >= 1 && value <= most ? value : 1;
    };
    return {number(colspan, 12), number(rowspan, 1000)};
}

bool is_hidden(const element& e) noexcept {
    for (const attribute& a : e.attributes) {
        if (a.name.size() == 6 && a.name == "hidden") return true;
        if (a.name.size() == 5 && a.name == "style" && style_hides(a.value)) return true;
    }
    return false;
}

}  // namespace forage::detail
