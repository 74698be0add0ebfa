// Attributes that decide whether and how wide an element is shown.
#include "html/element.hpp"

#include <algorithm>
#include <charconv>

namespace forage::detail {

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

concealment concealment_by(std::span<const attribute> attributes) noexcept {
    for (const attribute& a : attributes) {
        if (a.name.size() == 6 && a.name == "hidden") return concealment::unrendered;
        if (a.name.size() != 5 || a.name != "style") continue;
        if (const auto how = read_style(a.value).how; how != concealment::none) return how;
    }
    return concealment::none;
}

}  // namespace forage::detail
