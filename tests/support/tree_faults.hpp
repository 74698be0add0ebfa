// What can be wrong with a tree whatever it was made of: links that disagree, nodes that are met twice, too great a
// depth, text that lies outside of what it is a view of. Header only: fuzz targets link no test code.
#pragma once

#include "html/tree.hpp"
#include "html/tree_cursor.hpp"

#include <optional>
#include <string>
#include <vector>

namespace forage::testing {

/// Elements go no deeper than this; text, comments and the contents of templates one more. Contents are no level.
inline constexpr std::size_t deepest_element = 512;

class tree_faults {
public:
    explicit tree_faults(const detail::dom::tree& in) : tree_{in}, seen_(in.size()) {}

    /// The first fault that is found; nothing: there is none.
    [[nodiscard]] std::optional<std::string> find() {
        using namespace detail::dom;
        std::vector<node_id> parents{tree::document};
        std::size_t levels = 0, steps = 0;
        if (tree_[tree::document].parent != none) return "the document has a parent";
        if (auto fault = fault_of_children(tree::document)) return fault;
        tree_cursor at{tree_, tree::document};
        while (at.node() != none) {
            if (++steps > 2 * tree_.size()) return "the walk does not end";
            const auto n        = at.node();
            const bool is_level = tree_[n].kind() == node_kind::element;
            if (at.is_leaving()) {
                if (parents.size() < 2 || parents.back() != n) return fault("left out of order", n);
                parents.pop_back();
                levels -= is_level;
                at.skip();
                continue;
            }
            if (tree_[n].parent != parents.back()) return fault("another parent than the one it is found in", n);
            if (levels + 1 > deepest_element + !is_level) return fault("too deep", n);
            if (auto found = fault_of(n)) return found;
            if (!may_have_children(n)) {
                at.skip();
                continue;
            }
            if (auto found = fault_of_children(n)) return found;
            parents.push_back(n);
            levels += is_level;
            at.descend();
        }
        if (parents.size() != 1 || levels != 0) return "the walk ends inside";
        return std::nullopt;
    }

private:
    using node_id   = detail::dom::node_id;
    using node_kind = detail::dom::node_kind;
    using span      = detail::dom::span;

    [[nodiscard]] static std::string fault(const char* what, node_id n) {
        return std::string{what} + ": node " + std::to_string(n);
    }
    [[nodiscard]] bool may_have_children(node_id n) const {
        return tree_[n].kind() == node_kind::element || tree_[n].kind() == node_kind::content;
    }
    [[nodiscard]] bool is_inside(span s) const {
        const auto limit = (s.offset & span::rewritten) != 0 ? tree_.rewritten.size() : tree_.source().size();
        return std::size_t{s.offset & ~span::rewritten} + s.length <= limit;
    }

    [[nodiscard]] std::optional<std::string> fault_of(node_id n) {
        const auto& node = tree_[n];
        if (node.source > tree_.source().size()) return fault("begins behind the source", n);
        switch (node.kind()) {
        case node_kind::document: return fault("a document in the tree", n);
        case node_kind::text:
            if (node.b == 0) return fault("empty text", n);
            [[fallthrough]];
        case node_kind::comment:
            if (!is_inside({node.a, node.b})) return fault("text from outside", n);
            break;
        case node_kind::element:
            for (const auto* a = tree_.attributes_of(n); a != nullptr; ++a) {
                if (!is_inside(a->value)) return fault("an attribute from outside", n);
                if (index_of(a->name()) >= tree_.names.size()) return fault("an attribute without a name", n);
                if (a->is_last()) break;
            }
            if (index_of(node.name()) >= tree_.names.size()) return fault("no name", n);
            break;
        default: break;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<std::string> fault_of_children(node_id parent) {
        using namespace detail::dom;
        node_id before = none;
        for (auto n = tree_.first_child(parent); n != none; n = tree_[n].next) {
            if (n >= tree_.size()) return fault("no such node", n);
            if (seen_[n]) return fault("met twice", n);
            seen_[n] = true;
            if (tree_[n].parent != parent) return fault("another parent", n);
            if (tree_.previous_sibling(n) != before) return fault("another sibling before it", n);
            before = n;
        }
        if (tree_.last_child(parent) != before) return fault("another last child", parent);
        return std::nullopt;
    }

    const detail::dom::tree& tree_;
    std::vector<bool> seen_;
};

}  // namespace forage::testing
