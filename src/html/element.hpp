// What a parser hands over for each element it meets; no parser's own types in it.
#pragma once

#include "html/inline_style.hpp"
#include "html/table_spans.hpp"
#include "html/tags.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace forage::detail {

struct attribute {
    std::string_view name;  ///< lower case
    std::string_view value;
};

/// Filled in for tables only: whether it is rows of data, or cells used for layout.
struct table_shape {
    bool is_data        = false;
    std::size_t columns = 0;
};

/// Tells a table of data by what is in it: no table, heading, list, quote or code, at least two rows, and more than one
/// column. As the first nested table decides, looking ahead looks at each node of a page once more at most.
class table_survey {
public:
    /// In document order, with the span of cells. False: it is none, whatever comes.
    [[nodiscard]] bool see(tag inside, cell_span span) noexcept;
    static constexpr std::size_t most_columns = 256;  // as many cells are written for a row that is short of them

    [[nodiscard]] table_shape shape() const noexcept {
        return {rows_ >= 2 && most_ >= 2 && most_ <= most_columns, most_};
    }

private:
    std::size_t rows_ = 0, most_ = 0;
    table_spans spans_;
};

/// Valid during the call it is passed to; the strings as long as the tree.
struct element {
    tag name              = tag::inline_;
    bool foreign          = false;  ///< in SVG or MathML
    concealment concealed = concealment::none;
    std::span<const attribute> attributes;
    table_shape table;
    std::string_view tex;  ///< of a formula, if the page has its source: what the element shows is another form of it
    bool counts_down = false;  ///< a numbered list
    unsigned items   = 0;      ///< of a list that counts down and does not say from where

    [[nodiscard]] const attribute* find(std::string_view wanted) const noexcept {
        for (const attribute& a : attributes) {
            if (a.name == wanted) return &a;
        }
        return nullptr;
    }
    /// The attribute's value, empty if there is none.
    [[nodiscard]] std::string_view get(std::string_view wanted) const noexcept {
        const attribute* a = find(wanted);
        return a ? a->value : std::string_view{};
    }
};

/// What the attributes say: 1 to 12 columns and 1 to 1,000 rows. Pages that say more are broken or hostile.
[[nodiscard]] cell_span span_of_cell(std::string_view colspan, std::string_view rowspan) noexcept;

/// What the element's own attributes say of whether a person sees it: `hidden` and `style`.
[[nodiscard]] concealment concealment_by(std::span<const attribute> attributes) noexcept;

}  // namespace forage::detail
