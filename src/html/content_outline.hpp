// A document's visible blocks in document order, and how much of what is in each: what the search for the main content
// reckons with.
#pragma once

#include "html/budget.hpp"
#include "html/growing_array.hpp"
#include "html/tree.hpp"

#include <cstdint>

namespace forage::detail {

/// Sizes are bytes without white space: in UTF-8 they weigh a text about alike, whatever its script.
struct content_block {
    dom::node_id node             = dom::none;
    std::uint32_t parent          = 0;  ///< its place in the outline; of the first one, 0
    std::uint32_t end             = 0;  ///< the place behind the last block in it
    std::uint32_t hints           = 0;  ///< bits of `hint`
    dom::name name                = dom::name::none;
    std::uint32_t shape           = 0;  ///< of its name and the first word of its class: siblings alike have the same
    std::uint32_t own_prose       = 0;  ///< not in blocks within
    std::uint32_t text            = 0;  ///< with all that is in it
    std::uint32_t linked          = 0;  ///< text of links
    std::uint32_t prose           = 0;  ///< text of runs that are long, or end like sentences, and are not mostly links
    std::uint32_t links           = 0;
    std::uint32_t runs            = 0;  ///< pieces of text between two block boundaries
    std::uint32_t images          = 0;
    std::uint32_t fields          = 0;  ///< of forms
    std::uint32_t headings        = 0;
    std::uint32_t linked_headings = 0;
    std::uint32_t titles          = 0;  ///< h1 that are no links
};

class content_outline {
public:
    explicit content_outline(read_budget& budget) noexcept : blocks_{budget} {}

    [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(blocks_.size()); }
    [[nodiscard]] const content_block& operator[](std::uint32_t i) const noexcept { return blocks_[i]; }
    [[nodiscard]] content_block& operator[](std::uint32_t i) noexcept { return blocks_[i]; }

    /// Bits of `sign`.
    [[nodiscard]] std::uint8_t signs() const noexcept { return signs_; }

    /// Reads a document. `unveiled` is an element that counts although it is hidden or a noscript. False: the budget is
    /// spent. Throws budget_spent. Linear.
    [[nodiscard]] bool read(const dom::tree& document, bool with_noscript, dom::node_id unveiled, read_budget& budget);

private:
    growing_array<content_block> blocks_;
    std::uint8_t signs_ = 0;
};

}  // namespace forage::detail
