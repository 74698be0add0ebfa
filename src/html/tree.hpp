// A document's nodes, attributes and text: three arrays, with small numbers for pointers. Knows how nodes hang
// together, not why.
#pragma once

#include "html/growing_array.hpp"
#include "html/name.hpp"
#include "text/ascii.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace forage::detail::dom {

/// A node's place in its tree. 0 is no node.
using node_id                 = std::uint32_t;
inline constexpr node_id none = 0;

enum class node_kind : std::uint8_t { document, doctype, element, text, comment, content };
enum class name_space : std::uint8_t { html, svg, mathml };

/// A piece of text: of the source where nothing had to be rewritten, else of the tree's own text.
struct span {
    static constexpr std::uint32_t rewritten = 0x8000'0000;

    std::uint32_t offset = 0;  ///< with `rewritten` for the tree's own
    std::uint32_t length = 0;

    [[nodiscard]] span from(std::uint32_t skipped) const noexcept { return {offset + skipped, length - skipped}; }
    [[nodiscard]] span first(std::uint32_t count) const noexcept { return {offset, count}; }
};

/// Of one element: what has more of them is broken or hostile, and some questions look at each.
inline constexpr std::uint32_t most_attributes = 1'024;

struct attribute {
    static constexpr std::uint32_t last = 0x8000'0000;

    std::uint32_t called = 0;  ///< a name; with `last` if the element has no more
    span value;

    [[nodiscard]] dom::name name() const noexcept { return static_cast<dom::name>(called & ~last); }
    [[nodiscard]] bool is_last() const noexcept { return (called & last) != 0; }
    /// nullptr after the element's last.
    [[nodiscard]] const attribute* next() const noexcept { return is_last() ? nullptr : this + 1; }
};

/// 28 bytes: the size of trees decides over the speed of everything that is done with them.
struct node {
    node_id parent       = none;
    node_id previous     = none;  ///< of the first child: the last child
    node_id next         = none;
    std::uint32_t a      = 0;  ///< elements, contents, document: first child; text, comments: offset
    std::uint32_t b      = 0;  ///< elements: first attribute; text, comments: length
    std::uint32_t what   = 0;  ///< kind, name space, name
    std::uint32_t source = 0;  ///< where it begins in the source

    [[nodiscard]] node_kind kind() const noexcept { return static_cast<node_kind>(what & 7); }
    [[nodiscard]] name_space space() const noexcept { return static_cast<name_space>(what >> 3 & 3); }
    [[nodiscard]] dom::name name() const noexcept { return static_cast<dom::name>(what >> 6); }
    /// Has memory to grow in behind it.
    [[nodiscard]] bool is_roomy() const noexcept { return (what & roomy) != 0; }
    static constexpr std::uint32_t roomy = 1 << 5;

    [[nodiscard]] static constexpr std::uint32_t pack(node_kind k, name_space s, dom::name n) noexcept {
        return static_cast<std::uint32_t>(k) | static_cast<std::uint32_t>(s) << 3 | static_cast<std::uint32_t>(n) << 6;
    }
};

struct doctype {
    span name, public_id, system_id;
    bool has_public_id = false;
    bool has_system_id = false;
};

/// Where a node is put: at the end of `parent`, or before one of its children.
struct place {
    node_id parent = none;
    node_id before = none;
};

inline constexpr std::size_t longest_source = 0x7FFF'FFFF;

/// Everything that adds throws budget_spent. `source` and `budget` must outlive it.
class tree {
public:
    tree(std::string_view source, read_budget& budget);

    static constexpr node_id document = 1;

    [[nodiscard]] const node& operator[](node_id n) const noexcept { return nodes_[n]; }
    [[nodiscard]] std::string_view text(span s) const noexcept {
        const char* from = (s.offset & span::rewritten) != 0 ? rewritten.data() : source_.data();
        return {from + (s.offset & ~span::rewritten), s.length};
    }
    /// Of a text or a comment.
    [[nodiscard]] std::string_view text(node_id n) const noexcept { return text(span{nodes_[n].a, nodes_[n].b}); }
    [[nodiscard]] node_id first_child(node_id n) const noexcept {
        const auto kind = nodes_[n].kind();
        return kind == node_kind::text || kind == node_kind::comment || kind == node_kind::doctype ? none : nodes_[n].a;
    }
    [[nodiscard]] node_id last_child(node_id n) const noexcept {
        const auto first = first_child(n);
        return first == none ? none : nodes_[first].previous;
    }
    [[nodiscard]] node_id previous_sibling(node_id n) const noexcept {
        return nodes_[nodes_[n].parent].a == n ? none : nodes_[n].previous;
    }
    [[nodiscard]] bool is(node_id n, name called, name_space in = name_space::html) const noexcept {
        return (nodes_[n].what & ~node::roomy) == node::pack(node_kind::element, in, called);
    }
    [[nodiscard]] std::string_view source() const noexcept { return source_; }
    [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
    [[nodiscard]] const doctype& type() const noexcept { return doctype_; }

    /// The attributes of an element, up to the one that says it is the last; nullptr: it has none.
    [[nodiscard]] const attribute* attributes_of(node_id n) const noexcept { return attributes_at(nodes_[n].b); }
    [[nodiscard]] const attribute* attributes_at(std::uint32_t first) const noexcept {
        return first == 0 ? nullptr : attributes.data() + first;
    }
    /// nullptr: there is none of that name.
    [[nodiscard]] const attribute* find(std::uint32_t first, name called) const noexcept;

    /// The value of an element's attribute, if it has that.
    [[nodiscard]] std::optional<std::string_view> value_of(node_id element, name called) const noexcept {
        const auto* a = find(nodes_[element].b, called);
        return a == nullptr ? std::nullopt : std::optional{text(a->value)};
    }

    /// The same without white space around it; empty if there is none.
    [[nodiscard]] std::string_view trimmed_value_of(node_id element, name called) const noexcept {
        return trim(value_of(element, called).value_or(""));
    }
    /// The text in an element that begins with a piece of it, as scripts, titles and most headings do, without white
    /// space around it; empty if it does not.
    [[nodiscard]] std::string_view first_text(node_id element) const noexcept {
        const auto child = first_child(element);
        return child != none && nodes_[child].kind() == node_kind::text ? trim(text(child)) : std::string_view{};
    }

    [[nodiscard]] node_id add(node_kind kind, std::uint32_t source, span text = {}) {
        return add(node::pack(kind, name_space::html, name::none), text.offset, text.length, source);
    }
    [[nodiscard]] node_id add_element(name called, name_space in, std::uint32_t first_attribute, std::uint32_t source) {
        return add(node::pack(node_kind::element, in, called), 0, first_attribute, source);
    }
    [[nodiscard]] node_id add_doctype(const doctype& type, std::uint32_t source);

    void insert(node_id n, place where) noexcept {
        if (where.before == none) return append(n, where.parent);
        insert_before(n, where);
    }
    void append(node_id n, node_id parent) noexcept {
        auto& it    = nodes_[n];
        auto& first = nodes_[parent].a;
        it.parent   = parent;
        it.next     = none;
        it.previous = n;
        if (first == none) {
            first = n;
            return;
        }
        auto& last        = nodes_[first].previous;
        it.previous       = last;
        nodes_[last].next = n;
        last              = n;
    }
    void detach(node_id n);
    void move_children(node_id from, node_id to);
    /// Adds to the text that is already there, if there is one.
    void insert_text(span text, place where, std::uint32_t source);
    /// Gives an element those of the attributes that it does not have.
    void merge_attributes(node_id n, std::uint32_t first);

    /// What the parser writes to while it reads; nobody else.
    growing_array<char> rewritten;
    growing_array<attribute> attributes;
    name_table names;
    /// Whether there may be an HTML base element.
    bool has_base = false;

private:
    node_id add(std::uint32_t what, std::uint32_t a, std::uint32_t b, std::uint32_t source) {
        auto& n  = nodes_.add();
        n.parent = n.previous = n.next = none;
        n.a                            = a;
        n.b                            = b;
        n.what                         = what;
        n.source                       = source;
        return static_cast<node_id>(nodes_.size() - 1);
    }
    void insert_before(node_id n, place where) noexcept;
    void extend(node_id n, span text);

    std::string_view source_;
    growing_array<node> nodes_;
    doctype doctype_;
};

}  // namespace forage::detail::dom
