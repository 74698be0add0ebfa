// Walking what is below a node in document order, without a stack.
#pragma once

#include "html/budget.hpp"
#include "html/tree.hpp"

namespace forage::detail::dom {

/// Comes to each node when it begins; to those that were descended into, once more when they end.
class tree_cursor {
public:
    tree_cursor(const tree& in, node_id root) noexcept : tree_{in}, root_{root}, node_{in.first_child(root)} {}

    /// none: the walk is over.
    [[nodiscard]] node_id node() const noexcept { return node_; }
    /// The node was descended into, and ends here.
    [[nodiscard]] bool is_leaving() const noexcept { return is_leaving_; }

    /// On to the first child; if there is none, the node ends next.
    void descend() noexcept {
        const auto child = tree_.first_child(node_);
        is_leaving_      = child == none;
        if (child != none) node_ = child;
    }
    /// Past the node and all that is in it.
    void skip() noexcept {
        const auto next = tree_[node_].next;
        is_leaving_     = next == none;
        node_           = next != none ? next : tree_[node_].parent;
        if (node_ == root_) node_ = none;
    }

private:
    const tree& tree_;
    node_id root_, node_;
    bool is_leaving_ = false;
};

/// Walks the whole document: `enter` says of each node whether to descend, `leave` is told where those end that were
/// descended into. False: the budget is spent.
template <class Enter, class Leave>
[[nodiscard]] bool walk_document(const tree& in, read_budget& budget, Enter enter, Leave leave) {
    constexpr unsigned nodes_between_looks = 64;  // a few microseconds
    unsigned steps                         = 0;
    for (tree_cursor at{in, tree::document}; at.node() != none;) {
        if (++steps % nodes_between_looks == 0 && budget.is_spent()) return false;
        if (at.is_leaving()) {
            leave(at.node());
            at.skip();
        } else if (enter(at.node())) {
            at.descend();
        } else {
            at.skip();
        }
    }
    return true;
}

/// Hands each HTML element of the document called `called` to `see`, until that says it has seen enough.
template <class See>
void each_element(const tree& in, name called, See see) {
    for (tree_cursor at{in, tree::document}; at.node() != none;) {
        const auto n = at.node();
        if (at.is_leaving() || in[n].kind() != node_kind::element) {
            at.skip();
            continue;
        }
        if (in.is(n, called) && see(n)) return;
        at.descend();
    }
}

}  // namespace forage::detail::dom
