// The links of a tree after any number of changes, against a model that is too simple to be wrong.
#include "html/tree.hpp"
#include "support/tree_faults.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace {

namespace dom = forage::detail::dom;
using dom::name;
using dom::node_id;

/// Parents and their children, in order; the text of texts.
struct model {
    std::map<node_id, std::vector<node_id>> children;
    std::map<node_id, node_id> parent;
    std::map<node_id, std::string> text;

    void insert(node_id n, dom::place where) {
        auto& all = children[where.parent];
        all.insert(std::find(all.begin(), all.end(), where.before), n);
        parent[n] = where.parent;
    }
    void detach(node_id n) {
        if (!parent.contains(n)) return;
        auto& all = children[parent[n]];
        all.erase(std::find(all.begin(), all.end(), n));
        parent.erase(n);
    }
    void move_children(node_id from, node_id to) {
        for (const auto n : children[from]) parent[n] = to;
        auto& all = children[to];
        all.insert(all.end(), children[from].begin(), children[from].end());
        children[from].clear();
    }
    /// The text that `where` follows; none if it follows no text.
    node_id text_before(dom::place where) {
        const auto& all = children[where.parent];
        const auto at   = std::find(all.begin(), all.end(), where.before);
        return at == all.begin() || !text.contains(*(at - 1)) ? dom::none : *(at - 1);
    }
    bool is_above(node_id n, node_id below) {
        for (auto up = below;; up = parent[up]) {
            if (up == n) return true;
            if (!parent.contains(up)) return false;
        }
    }
};

class random_changes {
public:
    explicit random_changes(unsigned seed) : random_{seed} {
        for (int i = 0; i < 20; ++i) elements_.push_back(tree_.add_element(name::div, dom::name_space::html, 0, 0));
    }

    void run(int changes) {
        for (int i = 0; i < changes; ++i) {
            change();
            if (::testing::Test::HasFailure()) return;
        }
        for (const auto& [n, text] : model_.text) ASSERT_EQ(tree_.text(n), text);
        ASSERT_EQ(forage::testing::tree_faults{tree_}.find().value_or(""), "");
    }

private:
    std::size_t below(std::size_t n) { return random_() % n; }
    node_id any_element() { return elements_[below(elements_.size())]; }

    dom::place any_place() {
        const auto parent = below(4) == 0 ? dom::tree::document : any_element();
        const auto& all   = model_.children[parent];
        const auto at     = below(all.size() + 1);
        return {parent, at == all.size() ? dom::none : all[at]};
    }

    void change() {
        switch (below(8)) {
        case 0: {
            const auto n = any_element();
            tree_.detach(n);
            model_.detach(n);
            break;
        }
        case 1: {
            const auto from = any_element(), to = any_element();
            if (model_.is_above(from, to)) return;
            tree_.move_children(from, to);
            model_.move_children(from, to);
            break;
        }
        case 2:
        case 3:
        case 4: {
            const auto n     = any_element();
            const auto where = any_place();
            if (model_.is_above(n, where.parent) || where.before == n) return;
            tree_.detach(n);
            model_.detach(n);
            tree_.insert(n, where);
            model_.insert(n, where);
            break;
        }
        default: insert_text(); break;
        }
        check();
    }

    void insert_text() {
        // Of the source, from anywhere in it, or of what was rewritten.
        dom::span text{static_cast<std::uint32_t>(below(source.size())), 0};
        text.length = static_cast<std::uint32_t>(below(source.size() - text.offset + 1));
        if (below(3) == 0) {
            text = {static_cast<std::uint32_t>(tree_.rewritten.size()) | dom::span::rewritten, 5};
            tree_.rewritten.append("[new]", 5);
        }
        const std::string added{tree_.text(text)};
        const auto where  = any_place();
        const auto before = model_.text_before(where);
        const auto size   = tree_.size();
        tree_.insert_text(text, where, 0);
        if (before != dom::none) {
            model_.text[before] += added;
        } else if (!added.empty()) {
            const auto n = static_cast<node_id>(size);
            model_.insert(n, where);
            model_.text[n] = added;
        }
        ASSERT_EQ(tree_.size(), size + (before == dom::none && !added.empty()));
        ASSERT_TRUE(before == dom::none || tree_.text(before) == model_.text[before]);
    }

    void check() {
        for (const auto& [parent, children] : model_.children) {
            std::vector<node_id> found;
            for (auto n = tree_.first_child(parent); n != dom::none; n = tree_[n].next) {
                ASSERT_EQ(tree_[n].parent, parent);
                ASSERT_EQ(tree_.previous_sibling(n), found.empty() ? dom::none : found.back());
                found.push_back(n);
                ASSERT_LE(found.size(), children.size());
            }
            ASSERT_EQ(found, children);
            ASSERT_EQ(tree_.last_child(parent), children.empty() ? dom::none : children.back());
        }
        for (const auto n : elements_) {
            ASSERT_EQ(tree_[n].parent != dom::none, model_.parent.contains(n));
        }
    }

    static constexpr std::string_view source = "The quick brown fox jumps over the lazy dog.";

    std::mt19937 random_;
    forage::detail::read_budget budget_{{}};
    dom::tree tree_{source, budget_};
    model model_;
    std::vector<node_id> elements_;
};

TEST(html_tree, links_hold_whatever_is_done) {
    for (unsigned seed = 0; seed < 100 && !HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        random_changes{seed}.run(200);
    }
}

TEST(html_tree, text_that_comes_in_many_pieces_is_not_copied_for_each) {
    constexpr std::uint32_t pieces = 100'000;
    const std::string source(2 * std::size_t{pieces}, 'x');
    forage::detail::read_budget budget{{}};
    dom::tree document{source, budget};
    for (std::uint32_t i = 0; i < pieces; ++i)
        document.insert_text({2 * i, 1}, {dom::tree::document, dom::none}, 2 * i);
    EXPECT_EQ(document.text(document.first_child(dom::tree::document)), std::string(pieces, 'x'));
    EXPECT_LE(document.rewritten.size(), 4 * std::size_t{pieces});
}

std::uint32_t attributes_of(dom::tree& document, const std::vector<std::string>& names) {
    if (names.empty()) return 0;
    const auto first = static_cast<std::uint32_t>(document.attributes.size());
    for (const auto& each : names) {
        document.attributes.push_back({static_cast<std::uint32_t>(document.names.intern(each)), {}});
    }
    document.attributes[document.attributes.size() - 1].called |= dom::attribute::last;
    return first;
}

std::vector<std::string> names_of(const dom::tree& document, node_id n) {
    std::vector<std::string> names;
    for (const auto* a = document.attributes_of(n); a != nullptr; ++a) {
        names.emplace_back(document.names.text(a->name()));
        if (a->is_last()) break;
    }
    return names;
}

TEST(html_tree, merging_adds_the_attributes_that_are_not_there) {
    using names = std::vector<std::string>;
    struct merge {
        names own, others, expected;
    };
    for (const auto& [own, others, expected] : {
             merge{{}, {}, {}},
             merge{{}, {"a"}, {"a"}},
             merge{{"a"}, {}, {"a"}},
             merge{{"a", "b"}, {"b", "a"}, {"a", "b"}},
             merge{{"a", "x"}, {"b", "x", "c"}, {"a", "x", "b", "c"}},
         }) {
        forage::detail::read_budget budget{{}};
        dom::tree document{"", budget};
        const auto n = document.add_element(name::html, dom::name_space::html, attributes_of(document, own), 0);
        document.merge_attributes(n, attributes_of(document, others));
        EXPECT_EQ(names_of(document, n), expected);
    }
}

}  // namespace
