// Attributes that decide whether and how wide an element is shown.
#include "html/element.hpp"

#include <algorithm>
#include <charconv>

namespace forage::detail {

bool table_survey::see(tag inside, std::size_t columns) noexcept {
    if (is_heading(inside)) return false;
    switch (inside) {
    case tag::table:
    case tag::ul:
    case tag::ol:
    case tag::blockquote:
    case tag::hr:
    case tag::pre: return false;
    case tag::tr:
        ++rows_;
        columns_ = 0;
        return true;
    case tag::cell:
        columns_ += columns;
        most_ = std::max(most_, columns_);
        return true;
    default: return true;
    }
}

std::size_t columns_of_cell(std::string_view colspan) noexcept {
    unsigned columns = 1;
    std::from_chars(colspan.data(), colspan.data() + colspan.size(), columns);
    return columns >= 1 && columns <= 12 ? columns : 1;
}

concealment concealment_by(std::span<const attribute> attributes) noexcept {
    for (const attribute& a : attributes) {
        if (a.name.size() == 6 && a.name == "hidden") return concealment::unrendered;
        if (a.name.size() != 5 || a.name != "style") continue;
        const auto how = read_style(a.value).how;
        if (how != concealment::none) return how;
    }
    return concealment::none;
}

}  // namespace forage::detail
