#include "html/tree.hpp"

#include <bit>
#include <tuple>

namespace forage::detail::dom {

tree::tree(std::string_view source, read_budget& budget)
    : rewritten{budget}, attributes{budget}, names{budget}, source_{source}, nodes_{budget} {
    nodes_.push_back({});  // none
    attributes.push_back({});
    std::ignore = add(node_kind::document, 0);
}

const attribute* tree::find(std::uint32_t first, name called) const noexcept {
    const auto* a = attributes_at(first);
    if (a == nullptr) return nullptr;
    for (;; ++a) {
        if (a->name() == called) return a;
        if (a->is_last()) return nullptr;
    }
}

node_id tree::add_doctype(const doctype& type, std::uint32_t source) {
    doctype_ = type;
    return add(node_kind::doctype, source);
}

void tree::insert_before(node_id n, place where) noexcept {
    auto& first  = nodes_[where.parent].a;
    auto& before = nodes_[where.before];
    auto& it     = nodes_[n];
    it.parent    = where.parent;
    it.next      = where.before;
    it.previous  = before.previous;
    if (first == where.before) {
        first = n;
    } else {
        nodes_[before.previous].next = n;
    }
    before.previous = n;
}

void tree::detach(node_id n) {
    auto& it = nodes_[n];
    if (it.parent == none) return;
    auto& first = nodes_[it.parent].a;
    if (it.next != none) {
        nodes_[it.next].previous = it.previous;
    } else {
        nodes_[first].previous = it.previous;
    }
    if (first == n) {
        first = it.next;
    } else {
        nodes_[it.previous].next = it.next;
    }
    it.parent = it.previous = it.next = none;
}

void tree::move_children(node_id from, node_id to) {
    const auto first = nodes_[from].a;
    if (first == none) return;
    for (auto each = first; each != none; each = nodes_[each].next) nodes_[each].parent = to;
    nodes_[from].a = none;
    if (nodes_[to].a == none) {
        nodes_[to].a = first;
        return;
    }
    const auto first_there       = nodes_[to].a;
    const auto last_there        = nodes_[first_there].previous;
    const auto last              = nodes_[first].previous;
    nodes_[last_there].next      = first;
    nodes_[first].previous       = last_there;
    nodes_[first_there].previous = last;
}

void tree::insert_text(span text, place where, std::uint32_t source) {
    if (text.length == 0) return;
    const auto before = where.before == none ? last_child(where.parent) : previous_sibling(where.before);
    if (before != none && nodes_[before].kind() == node_kind::text) return extend(before, text);
    insert(add(node_kind::text, source, text), where);
}

// Twice the room whenever it runs out, so that a text that comes in many pieces is not copied once for each.
void tree::extend(node_id n, span text) {
    auto& it           = nodes_[n];
    const auto is_next = it.a + it.b == text.offset;
    if (is_next && !it.is_roomy()) {
        it.b += text.length;
        return;
    }
    const auto room = it.is_roomy() ? std::bit_ceil(it.b) - it.b : 0;
    if (text.length > room) {
        const auto length = it.b + text.length;
        const auto offset = static_cast<std::uint32_t>(rewritten.size());
        rewritten.reserve(offset + std::bit_ceil(length));
        const auto old = this->text(n);
        rewritten.append(old.data(), old.size());
        const auto added = this->text(text);
        rewritten.append(added.data(), added.size());
        rewritten.set_size(offset + std::bit_ceil(length));
        it.a = offset | span::rewritten;
        it.b = length;
        it.what |= node::roomy;
        return;
    }
    const auto added = this->text(text);
    std::memcpy(rewritten.data() + (it.a & ~span::rewritten) + it.b, added.data(), added.size());
    it.b += text.length;
}

// What has many attributes gets no more: each would be looked for among them all.
void tree::merge_attributes(node_id n, std::uint32_t first) {
    constexpr std::uint32_t many = 64;
    const auto own               = nodes_[n].b;
    if (first == 0) return;
    if (own == 0) {
        nodes_[n].b = first;
        return;
    }
    for (auto i = own; !attributes[i].is_last(); ++i) {
        if (i - own == many) return;
    }
    const auto merged = static_cast<std::uint32_t>(attributes.size());
    const auto add    = [&](attribute each) {
        each.called &= ~attribute::last;
        attributes.push_back(each);
    };
    for (auto i = own;; ++i) {
        add(attributes[i]);
        if (attributes[i].is_last()) break;
    }
    const auto before = attributes.size();
    for (auto i = first; attributes.size() - merged < many; ++i) {
        if (!find(own, attributes[i].name())) add(attributes[i]);
        if (attributes[i].is_last()) break;
    }
    if (attributes.size() == before) return attributes.set_size(merged);
    attributes[attributes.size() - 1].called |= attribute::last;
    nodes_[n].b = merged;
}

}  // namespace forage::detail::dom
