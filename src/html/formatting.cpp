// Formatting elements: how they come back in the next block, and how their end tags take blocks apart ("adoption agency
// algorithm"). §13.2.4.3 and §13.2.6.4.7.
#include "html/tree_builder.hpp"

namespace forage::detail::dom {

node_id tree_builder::copy_of(node_id element) {
    const auto& original = tree_[element];
    return tree_.add_element(original.name(), name_space::html, original.b, original.source);
}

// Where nothing more may be opened, nothing comes back: it would with every piece of text.
void tree_builder::reconstruct_formatting() {
    if (formatting_.is_empty() || !open_.has_room()) return;
    const auto is_open = [this](const formatting_entry& e) {
        return e.is_marker() || open_.find(e.node) != open_.size();
    };
    if (is_open(formatting_.last())) return;
    auto i = formatting_.size() - 1;
    while (i > 0 && !is_open(formatting_[i - 1])) --i;
    for (; i < formatting_.size() && open_.has_room(); ++i) {
        auto& e      = formatting_[i];
        const auto n = copy_of(e.node);
        tree_.insert(n, place_for_node());
        open_.push(n, e.called, name_space::html);
        e.node = n;
    }
}

void tree_builder::start_formatting() {
    if (token_->tag == name::a) {
        const auto i = formatting_.find(name::a);
        if (i != formatting_.size() && !close_current(name::a)) {
            const auto before = formatting_[i].node;
            adopt(name::a);
            if (const auto left = formatting_.find(before); left != formatting_.size()) formatting_.remove(left);
            if (const auto left = open_.find(before); left != open_.size()) open_.remove(left);
        }
    }
    reconstruct_formatting();
    if (token_->tag == name::nobr && open_.in_scope(name::nobr)) {
        adopt(name::nobr);
        reconstruct_formatting();
    }
    const bool has_room = open_.has_room();
    const auto n        = begin(token_->tag, token_->attributes);
    if (has_room) formatting_.push(n, tree_);
}

/// What comes of most end tags: the current node is meant, and is the formatting element that was begun last.
bool tree_builder::close_current(name subject) {
    if (!open_.top().is(subject) || formatting_.is_empty() || formatting_.last().node != open_.top().node) return false;
    open_.pop();
    formatting_.remove_last();
    return true;
}

void tree_builder::adopt(name subject) {
    constexpr int most_rounds = 8;
    if (close_current(subject)) return;
    const auto& current = open_.top();
    if (current.is(subject) && formatting_.find(current.node) == formatting_.size()) return open_.pop();
    for (int round = 0; round < most_rounds; ++round) {
        if (!adopt_once(subject)) return;
    }
}

/// One round; false: it was the last.
bool tree_builder::adopt_once(name subject) {
    constexpr int most_kept = 3;
    const auto listed       = formatting_.find(subject);
    if (listed == formatting_.size()) return any_other_end_tag(subject), false;
    const auto formatting = formatting_[listed].node;
    const auto opened     = open_.find(formatting);
    if (opened == open_.size()) return formatting_.remove(listed), false;
    if (!open_.in_scope(opened)) return false;

    auto furthest = opened + 1;
    while (furthest < open_.size() && !open_[furthest].has(kind::special)) ++furthest;
    if (furthest == open_.size()) {
        open_.pop_from(opened);
        formatting_.remove(listed);
        return false;
    }
    const auto block    = open_[furthest].node;
    const auto ancestor = open_[opened - 1];
    auto bookmark       = listed;
    auto last           = block;
    auto at             = furthest;
    for (int passed = 1;; ++passed) {
        --at;
        if (at == opened) break;
        const auto n = open_[at].node;
        auto entry   = formatting_.find(n);
        if (passed > most_kept && entry != formatting_.size()) {
            formatting_.remove(entry);
            if (entry < bookmark) --bookmark;
            entry = formatting_.size();
        }
        if (entry == formatting_.size()) {
            open_.remove(at);
            --furthest;
            continue;
        }
        const auto copy         = copy_of(n);
        formatting_[entry].node = copy;
        open_.replace(at, copy);
        if (last == block) bookmark = entry + 1;
        tree_.detach(last);
        tree_.append(last, copy);
        last = copy;
    }
    tree_.detach(last);
    tree_.insert(last, place_in(ancestor));

    const auto copy = copy_of(formatting);
    tree_.move_children(block, copy);
    tree_.append(copy, block);
    const auto entry = formatting_.find(formatting);
    formatting_.insert(bookmark, {copy, subject});
    formatting_.remove(entry < bookmark ? entry : entry + 1);
    open_.insert_above(furthest, copy, subject);
    open_.remove(opened);
    return true;
}

}  // namespace forage::detail::dom
