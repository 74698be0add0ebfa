// What a node says of itself, and the way from one to the next. What is in a template hangs in the tree below a node of
// its own kind, `content`, which is passed over here.
#include "html/document_data.hpp"
#include "html/foreign_names.hpp"
#include "html/inner_text.hpp"
#include "html/text_writer.hpp"
#include "html/tree_cursor.hpp"
#include "html/words.hpp"
#include "text/ascii.hpp"

#include <algorithm>

namespace forage {
namespace {

namespace dom = detail::dom;
using access  = detail::node_access;

/// What is inside a template is all in its content, its only child, and no part of the document.
dom::node_id unless_content(const dom::tree& tree, dom::node_id n) noexcept {
    return n != dom::none && tree[n].kind() == dom::node_kind::content ? dom::none : n;
}

}  // namespace

node_kind node::kind() const noexcept {
    if (!*this) return node_kind::document;
    switch ((*tree_)[id_].kind()) {
    case dom::node_kind::doctype: return node_kind::doctype;
    case dom::node_kind::element: return node_kind::element;
    case dom::node_kind::text: return node_kind::text;
    case dom::node_kind::comment: return node_kind::comment;
    case dom::node_kind::content:  // never: there is no way to one
    case dom::node_kind::document: break;
    }
    return node_kind::document;
}

bool node::is_html() const noexcept { return is_element() && (*tree_)[id_].space() == dom::name_space::html; }

std::string_view node::name() const noexcept {
    switch (kind()) {
    case node_kind::doctype: return tree_->text(tree_->type().name);
    case node_kind::element: {
        const auto& it = (*tree_)[id_];
        return dom::element_name_in(it.space(), tree_->names.text(it.name()));
    }
    default: return {};
    }
}

std::optional<std::string_view> node::attribute(std::string_view name) const {
    if (!is_element()) return std::nullopt;
    std::string lower{name};
    std::transform(lower.begin(), lower.end(), lower.begin(), detail::to_lower);
    const auto number = tree_->names.find(lower);
    const auto* a     = number == dom::name::none ? nullptr : tree_->find((*tree_)[id_].b, number);
    if (a == nullptr) return std::nullopt;
    return tree_->text(a->value);
}

std::vector<forage::attribute> node::attributes() const {
    std::vector<forage::attribute> all;
    if (!is_element()) return all;
    const auto space = (*tree_)[id_].space();
    for (const auto* a = tree_->attributes_of(id_); a != nullptr; a = a->next()) {
        all.push_back({dom::attribute_name_in(space, tree_->names.text(a->name())), tree_->text(a->value)});
    }
    return all;
}

std::string_view node::id() const noexcept {
    return is_element() ? tree_->value_of(id_, dom::name::id).value_or("") : std::string_view{};
}

bool node::has_class(std::string_view name) const noexcept {
    return is_element() && detail::has_word(tree_->value_of(id_, dom::name::class_).value_or(""), name);
}

std::string_view node::data() const noexcept {
    const auto what = kind();
    return what == node_kind::text || what == node_kind::comment ? tree_->text(id_) : std::string_view{};
}

std::size_t node::source_offset() const noexcept { return *this ? (*tree_)[id_].source : 0; }

node node::parent() const noexcept { return *this ? access::make(tree_, (*tree_)[id_].parent) : node{}; }

node node::first_child() const noexcept {
    return *this ? access::make(tree_, unless_content(*tree_, tree_->first_child(id_))) : node{};
}

node node::last_child() const noexcept {
    return *this ? access::make(tree_, unless_content(*tree_, tree_->last_child(id_))) : node{};
}

node node::next_sibling() const noexcept { return *this ? access::make(tree_, (*tree_)[id_].next) : node{}; }

node node::previous_sibling() const noexcept {
    if (!*this || (*tree_)[id_].parent == dom::none) return {};
    return access::make(tree_, tree_->previous_sibling(id_));
}

node_range node::children() const noexcept { return {first_child(), {}}; }

node_range node::descendants() const noexcept { return {first_child(), *this}; }

node_range::iterator& node_range::iterator::operator++() noexcept {
    if (!root_) {
        at_ = at_.next_sibling();
        return *this;
    }
    if (const auto child = at_.first_child()) {
        at_ = child;
        return *this;
    }
    while (at_ && at_ != root_) {
        if (const auto next = at_.next_sibling()) {
            at_ = next;
            return *this;
        }
        at_ = at_.parent();
    }
    at_ = {};
    return *this;
}

std::string node::text_content() const {
    std::string all{data()};
    if (!*this) return all;
    for (dom::tree_cursor at{*tree_, id_}; at.node() != dom::none;) {
        const auto n = at.node();
        if (!at.is_leaving() && (*tree_)[n].kind() == dom::node_kind::element) {
            at.descend();
            continue;
        }
        if ((*tree_)[n].kind() == dom::node_kind::text) all += tree_->text(n);
        at.skip();
    }
    return all;
}

std::string node::inner_text() const {
    switch (kind()) {
    case node_kind::document:
    case node_kind::element:
        if (!*this) return {};
        return dom::is_rendered(*tree_, id_) ? dom::inner_text(*tree_, id_) : text_content();
    case node_kind::text: return detail::folded(data());
    default: return {};
    }
}

}  // namespace forage
