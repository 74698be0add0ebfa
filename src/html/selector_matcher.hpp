// Which elements a selector matches, found from the top down: an element's state is made of its parent's, so that each
// costs the same however deep it lies and however many combinators the selector has. Nothing is tried twice.
#pragma once

#include "html/selector_program.hpp"
#include "html/tree.hpp"

#include <cstdint>
#include <vector>

namespace forage::detail {

/// Compound selectors as bits: those with which, as the last, some alternative matches up to here.
struct match_state {
    std::uint64_t here          = 0;  ///< the element itself
    std::uint64_t here_or_above = 0;  ///< or one of those it is in
};

/// For one tree. Both must outlive it. Any number of threads.
class selector_matcher {
public:
    selector_matcher(const selector_program& program, const dom::tree& in);

    /// Without combinators the parent's state does not matter.
    [[nodiscard]] bool has_combinators() const noexcept {
        return (program_.before_child | program_.before_descendant) != 0;
    }
    [[nodiscard]] match_state state(const match_state& parent, dom::node_id element) const;
    [[nodiscard]] bool is_match(const match_state& s) const noexcept { return (s.here & program_.ends) != 0; }

    /// Of a node, whatever it is, by those it is in. Linear in its depth.
    [[nodiscard]] match_state state_of(dom::node_id n) const;

private:
    [[nodiscard]] bool matches(const compound_selector& all, dom::node_id element) const;
    [[nodiscard]] bool matches_simple(std::size_t index, dom::node_id element) const;

    const selector_program& program_;
    const dom::tree& tree_;
    std::vector<dom::name> names_;  // of the simple selectors, as the tree numbers them
};

}  // namespace forage::detail
