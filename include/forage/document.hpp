// A parsed HTML document to ask: walk its tree, select by CSS, take text, links and code of any part.
// To read a page once and be done with its tree, `read_html` is enough.
#pragma once

#include <forage/html.hpp>
#include <forage/result.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forage {

namespace detail {
struct document_data;
struct node_access;
struct selector_program;
namespace dom {
class tree;
}
}  // namespace detail

class node_range;
class selector;

enum class node_kind : std::uint8_t { document, doctype, element, text, comment };

struct attribute {
    std::string_view name;  ///< as the name space of its element writes it: `href`, but `viewBox` in SVG
    std::string_view value;
};

/// One node of a document: a handle of two words, to be copied freely. A default-constructed one is no node: it is
/// false, its questions have empty answers and lead to no node. What is not there is told that way.
/// Lifetime: node and views of strings are valid as long as the document, wherever that is moved to.
/// Complexity: constant, where nothing else is said. Nothing recurses, however deep a page nests.
/// Threads: any number at once; nothing changes a document.
/// Source: https://dom.spec.whatwg.org/, whose names these are. Parsing is as without scripts; what is in a template
/// element is no part of the document, and not to be reached.
class node {
public:
    node() = default;

    [[nodiscard]] explicit operator bool() const noexcept { return id_ != 0; }
    friend bool operator==(const node&, const node&) = default;

    /// `document`, for no node as well.
    [[nodiscard]] node_kind kind() const noexcept;
    [[nodiscard]] bool is_element() const noexcept { return kind() == node_kind::element; }
    /// An element of HTML: not of SVG or MathML.
    [[nodiscard]] bool is_html() const noexcept;
    /// Of an element, as its name space writes it: `div`, but `foreignObject` in SVG. Of a doctype, its name.
    [[nodiscard]] std::string_view name() const noexcept;

    /// The value of the attribute of that name; ASCII case does not matter. Linear in the element's attributes.
    [[nodiscard]] std::optional<std::string_view> attribute(std::string_view name) const;
    /// In the order they are written. Linear.
    [[nodiscard]] std::vector<forage::attribute> attributes() const;
    /// The id attribute, or empty.
    [[nodiscard]] std::string_view id() const noexcept;
    /// Whether `name` is one of the words of the class attribute. Case matters. Linear in that attribute.
    [[nodiscard]] bool has_class(std::string_view name) const noexcept;

    /// The characters of a text or a comment; of other nodes, nothing.
    [[nodiscard]] std::string_view data() const noexcept;
    /// Where it begins in `document::source`, in bytes: for an element that the parser adds by itself, where it did so;
    /// for one that it repeats in the next block, as it does with an open `b`, where the first one begins. White space
    /// before a text that is written as a character reference may shift the text's by some bytes.
    [[nodiscard]] std::size_t source_offset() const noexcept;

    [[nodiscard]] node parent() const noexcept;
    [[nodiscard]] node first_child() const noexcept;
    [[nodiscard]] node last_child() const noexcept;
    [[nodiscard]] node next_sibling() const noexcept;
    [[nodiscard]] node previous_sibling() const noexcept;
    [[nodiscard]] node_range children() const noexcept;
    /// All that is below the node, in document order.
    [[nodiscard]] node_range descendants() const noexcept;

    /// The characters of all texts below it, one after the other, scripts and styles included; of a text or a comment,
    /// its own. Linear. Source: DOM, "descendant text content".
    [[nodiscard]] std::string text_content() const;

    /// What of it is visible, as a browser's innerText has it: white space folded but in `pre`, a line feed for each
    /// `br`, blocks on lines of their own, an empty line around `p`, a tab between cells, a line for each row. Hidden
    /// elements are left out, and so are characters that cannot be seen, which innerText keeps. If the node itself is
    /// hidden or in something hidden, all its text_content. Linear, and in the depth of the node.
    /// There are no style sheets: hidden is what the HTML standard hides, and what the attributes `hidden` and `style`
    /// do. Scripts are taken to run, so noscript is hidden, unless there is nothing else to see; what a click opens
    /// (details, dialog) is not.
    /// Source: HTML, "the innerText getter" and "rendering".
    [[nodiscard]] std::string inner_text() const;

    /// Every element below the node that the selector matches, in document order; for what may be written, see
    /// `selector`. Errors: bad_argument (the selector). Linear in what is below, and in the depth of the node.
    /// Source: DOM, querySelectorAll and querySelector: ancestors of the node count for the matching.
    [[nodiscard]] result<std::vector<node>> select(std::string_view css) const;
    [[nodiscard]] std::vector<node> select(const selector& wanted) const;
    /// The first of them; no node if there is none.
    [[nodiscard]] result<node> select_first(std::string_view css) const;
    [[nodiscard]] node select_first(const selector& wanted) const;

private:
    friend struct detail::node_access;
    node(const detail::dom::tree* tree, std::uint32_t id) noexcept : tree_{tree}, id_{id} {}

    const detail::dom::tree* tree_ = nullptr;
    std::uint32_t id_              = 0;
};

/// The children or the descendants of a node: a forward range. It and its iterators are handles, as nodes are.
class node_range {
public:
    class iterator {
    public:
        using value_type        = node;
        using difference_type   = std::ptrdiff_t;
        using reference         = node;
        using pointer           = void;
        using iterator_category = std::input_iterator_tag;  // before C++20, forward ones had to give references
        using iterator_concept  = std::forward_iterator_tag;

        iterator() = default;
        [[nodiscard]] node operator*() const noexcept { return at_; }
        iterator& operator++() noexcept;
        iterator operator++(int) noexcept {
            auto before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.at_ == b.at_; }

    private:
        friend class node_range;
        iterator(node at, node root) noexcept : at_{at}, root_{root} {}

        node at_;
        node root_;  // below which to stay; no node: among siblings
    };

    [[nodiscard]] iterator begin() const noexcept { return {first_, root_}; }
    [[nodiscard]] iterator end() const noexcept { return {}; }
    [[nodiscard]] bool empty() const noexcept { return !first_; }

private:
    friend class node;
    node_range(node first, node root) noexcept : first_{first}, root_{root} {}

    node first_, root_;
};

/// A CSS selector, read once and used often, for any document.
/// Has type, `*`, `#id`, `.class`, `[name]`, `[name=value]` with `=`, `~=`, `|=`, `^=`, `$=` and `*=`, the value an
/// identifier or in quotes, and `i` or `s` after it; these side by side, with a space (descendant) or `>` (child)
/// between them, and lists with `,`. Escapes are CSS's. Names of elements and attributes match in any case for elements
/// of HTML, as written for others; classes, ids and values as written, also where a browser is in quirks mode. Copies
/// share what was read. Threads: any number at once. Source: Selectors Level 4, §5, §6, §17; CSS Syntax Level 3, §4.3.
class selector {
public:
    /// Errors: bad_argument, with the offset of what it does not understand; also for pseudo-classes, `+`, `~` and name
    /// spaces, for more than 1,024 bytes, and for more than 64 compound selectors.
    [[nodiscard]] static result<selector> parse(std::string_view css);

    /// False for what is no element. Linear in the depth of the node, if the selector has combinators.
    [[nodiscard]] bool matches(const node& n) const;

private:
    friend class node;
    explicit selector(std::shared_ptr<const detail::selector_program> program) noexcept
        : program_{std::move(program)} {}

    std::shared_ptr<const detail::selector_program> program_;
};

/// A parsed HTML document: its text, and the tree over it. What was moved from may only be assigned to or destroyed.
/// Threads: any number at once, as long as none moves or destroys it.
class document {
public:
    document(document&&) noexcept;
    document& operator=(document&&) noexcept;
    ~document();

    /// The node that all others are below.
    [[nodiscard]] node root() const noexcept;
    /// The html element. Like head and body, it is in every document.
    [[nodiscard]] node document_element() const noexcept;
    [[nodiscard]] node head() const noexcept;
    /// The body element, or the frameset of a document that has one in its place.
    [[nodiscard]] node body() const noexcept;
    /// The first title element that says anything, on one line, wherever it stands. Linear.
    [[nodiscard]] std::string title() const;

    /// The text that was parsed: UTF-8 without byte order mark, line feeds only.
    [[nodiscard]] std::string_view source() const noexcept;
    /// WHATWG name of the encoding the bytes were decoded from.
    [[nodiscard]] std::string_view charset() const noexcept;

    /// What relative links are resolved against: the first base element's URL, else `read_options::base_url`; empty if
    /// neither is an http or https URL. Source: HTML, "document base URL".
    [[nodiscard]] std::string_view base_url() const noexcept;
    /// `href` as an absolute http or https URL; nothing if it is none, or longer than 8 kB.
    [[nodiscard]] std::optional<std::string> resolve(std::string_view href) const;

    /// All that `read_html` gives, without decoding and parsing again, by the options the document was parsed with;
    /// each call may take their memory and time anew, but heeds no `stop`. Errors: parse_failed (memory or time limit).
    [[nodiscard]] result<page_content> read() const;
    /// The links and the code blocks of it alone. Errors: as of `read`.
    [[nodiscard]] result<std::vector<link>> links() const;
    [[nodiscard]] result<std::vector<code_block>> code_blocks() const;

    /// As those of its root.
    [[nodiscard]] result<std::vector<node>> select(std::string_view css) const { return root().select(css); }
    [[nodiscard]] std::vector<node> select(const selector& wanted) const { return root().select(wanted); }
    [[nodiscard]] result<node> select_first(std::string_view css) const { return root().select_first(css); }
    [[nodiscard]] node select_first(const selector& wanted) const { return root().select_first(wanted); }

private:
    friend struct detail::node_access;
    explicit document(std::unique_ptr<detail::document_data> data) noexcept;

    std::unique_ptr<detail::document_data> data_;
};

/// Decodes and parses an HTML document, as `read_html` does, and keeps the tree. `bytes` and what the options point to
/// are not needed afterwards. `read_options::max_memory` holds for the text and the tree together, for as long as they
/// live. Errors: parse_failed (memory or time limit), cancelled, bad_argument (`html_reader::gumbo`, which makes no
/// document). Threads: pure; call it from any thread. CPU-bound, as `read_html`.
[[nodiscard]] result<document> parse_document(std::string_view bytes, const read_options& options = {});

}  // namespace forage

// Iterators refer to the document, not to the range they are from.
template <>
inline constexpr bool std::ranges::enable_borrowed_range<forage::node_range> = true;
template <>
inline constexpr bool std::ranges::enable_view<forage::node_range> = true;
