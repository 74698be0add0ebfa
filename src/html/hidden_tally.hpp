// Counts what a person does not see of a page, and keeps a sample of it.
#pragma once

#include "html/inline_style.hpp"
#include "html/tree.hpp"

#include <forage/html.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace forage::detail {

class hidden_tally {
public:
    /// All text in an element that is concealed, which nobody descends into again. Linear.
    void see(const dom::tree& tree, dom::node_id element, concealment how);
    void see_comment(std::string_view text);

    [[nodiscard]] hidden_text take(std::size_t invisible_characters);

private:
    /// What of a page is likeliest meant for machines only is the better sample.
    enum class worth : std::uint8_t { nothing, comment, unrendered, disguised };

    void keep(std::string_view text, worth how);

    hidden_text counts_;
    worth sampled_ = worth::nothing;
};

}  // namespace forage::detail
