// gumbo, tamed. By itself it takes memory and time without bound (quadratic in nesting; 37 kB can make four million
// nodes), and it frees its tree by recursion. Here all it takes comes from one arena, which says no by a longjmp out of
// the parser when the budget is spent, and its own destructor is never called. Walks are iterative.
#include "html/gumbo_reader.hpp"

#include "html/arena.hpp"
#include "html/footprint.hpp"
#include "html/page_builder.hpp"
#include "html/page_metadata.hpp"

#include <array>
#include <csetjmp>
#include <cstdint>
#include <gumbo.h>
#include <vector>

namespace forage::detail {
namespace {

struct parse_memory {
    arena* from;
    std::jmp_buf out;
};

void* take(void* memory, std::size_t size) {
    auto* self = static_cast<parse_memory*>(memory);
    if (void* p = self->from->allocate(size)) return p;
    std::longjmp(self->out, 1);  // over gumbo's C frames only: nothing there needs unwinding
}

void give_back(void* memory, void* piece) { static_cast<parse_memory*>(memory)->from->release(piece); }

/// Has no object with a destructor, and no variable that changes after setjmp: what longjmp asks of its caller.
GumboOutput* parse(std::string_view text, parse_memory& memory) noexcept {
    if (setjmp(memory.out) != 0) return nullptr;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator    = take;
    options.deallocator  = give_back;
    options.userdata     = &memory;
    options.max_errors   = 0;  // each would keep a copy of the stack of open elements
    return gumbo_parse_with_options(&options, text.data(), text.size());
}

using tag_table = std::array<tag, GUMBO_TAG_LAST + 1>;

const tag_table& tags() {
    static const tag_table table = [] {
        tag_table t{};
        for (int i = 0; i < GUMBO_TAG_UNKNOWN; ++i) {
            t[static_cast<std::size_t>(i)] = tag_for_name(gumbo_normalized_tagname(static_cast<GumboTag>(i)));
        }
        return t;
    }();
    return table;
}

/// SVG and MathML names that gumbo has no number for stay inline, but some are not shown.
tag foreign_tag(const GumboElement& e) {
    GumboStringPiece name = e.original_tag;
    gumbo_tag_from_original_text(&name);
    const std::string_view text = name.data ? std::string_view{name.data, name.length} : std::string_view{};
    return text == "metadata" || text == "annotation" ? tag::unseen : tag::inline_;
}

const GumboVector* children_of(const GumboNode* node) noexcept {
    switch (node->type) {
    case GUMBO_NODE_DOCUMENT: return &node->v.document.children;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE: return &node->v.element.children;
    default: return nullptr;
    }
}

constexpr unsigned nodes_between_looks = 64;

/// A place in the tree and the way back up. The stack is its own: gumbo's idea of a node's index is not needed.
class tree_cursor {
public:
    enum class step : std::uint8_t { down, leave, end };

    void start(const GumboNode* root) {
        path_.clear();
        descend(root);
    }
    /// The next child of the deepest open node; or that node is done and closed; or there is none left.
    step advance() {
        if (path_.empty()) return step::end;
        level& deepest = path_.back();
        if (deepest.next < deepest.children->length) {
            node_ = static_cast<const GumboNode*>(deepest.children->data[deepest.next++]);
            return step::down;
        }
        path_.pop_back();
        return path_.empty() ? step::end : step::leave;
    }
    /// Opens a node that `advance` has come to. False if it can have no children.
    bool descend(const GumboNode* node) {
        const GumboVector* children = children_of(node);
        if (children) path_.push_back({children, 0});
        return children != nullptr;
    }
    [[nodiscard]] const GumboNode* node() const noexcept { return node_; }
    /// What the way back up takes, or will before the next look.
    [[nodiscard]] std::size_t memory() const noexcept {
        return footprint(path_) * (path_.size() + nodes_between_looks > path_.capacity() ? 2 : 1);
    }

private:
    struct level {
        const GumboVector* children;
        unsigned next;
    };
    std::vector<level> path_;
    const GumboNode* node_ = nullptr;
};

/// The walk over one document.
class walker {
public:
    walker(read_budget& budget, page_builder& page) : budget_{budget}, paths_{budget}, page_{page} {}

    bool walk(const GumboNode* document) {
        cursor_.start(document);
        for (;;) {
            if (is_spent()) return false;
            switch (cursor_.advance()) {
            case tree_cursor::step::down: enter(cursor_.node()); break;
            case tree_cursor::step::leave: page_.leave(); break;
            case tree_cursor::step::end: return !is_over();
            }
        }
    }

private:
    /// Looks at clock and memory every so many nodes: 64 take a few microseconds.
    [[nodiscard]] bool is_spent() { return ++steps_ % nodes_between_looks == 0 && is_over(); }
    [[nodiscard]] bool is_over() {
        return budget_.is_spent() || !paths_.may_hold(cursor_.memory() + ahead_.memory()) || !page_.has_room();
    }

    /// Tells the page of a node, and opens it if what is inside is wanted.
    void enter(const GumboNode* node) {
        switch (node->type) {
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_CDATA:
        case GUMBO_NODE_WHITESPACE:
            page_.at(node->v.text.start_pos.offset);
            page_.text(node->v.text.text);
            break;
        case GUMBO_NODE_ELEMENT:
            page_.at(node->v.element.start_pos.offset);
            if (page_.enter(view(node))) cursor_.descend(node);
            break;
        default: break;  // comments, and templates, which are not part of the page
        }
    }

    element view(const GumboNode* node) {
        const GumboElement& from = node->v.element;
        element e;
        e.name    = tags()[from.tag];
        e.foreign = from.tag_namespace != GUMBO_NAMESPACE_HTML;
        if (e.foreign && from.tag == GUMBO_TAG_UNKNOWN) e.name = foreign_tag(from);
        attributes_.clear();
        for (unsigned i = 0; i < from.attributes.length; ++i) {
            const auto* a = static_cast<const GumboAttribute*>(from.attributes.data[i]);
            attributes_.push_back({a->name, a->value});
        }
        e.attributes = attributes_;
        // A body hidden in the markup is shown by a script.
        if (e.name != tag::html && e.name != tag::body) e.concealed = concealment_by(attributes_);
        if (e.name == tag::table && !e.foreign) e.table = shape_of(node);
        return e;
    }

    table_shape shape_of(const GumboNode* table) {
        table_survey survey;
        ahead_.start(table);
        for (;;) {
            if (is_spent()) return {};
            const auto step = ahead_.advance();
            if (step == tree_cursor::step::end) return survey.shape();
            if (step == tree_cursor::step::leave) continue;
            const GumboNode* node = ahead_.node();
            if (node->type != GUMBO_NODE_ELEMENT) continue;
            if (!survey.see(tags()[node->v.element.tag], span_of(node->v.element))) return {};
            ahead_.descend(node);
        }
    }

    static cell_span span_of(const GumboElement& cell) {
        const GumboAttribute* columns = gumbo_get_attribute(&cell.attributes, "colspan");
        const GumboAttribute* rows    = gumbo_get_attribute(&cell.attributes, "rowspan");
        return span_of_cell(columns ? columns->value : "", rows ? rows->value : "");
    }

    read_budget& budget_;
    budget_share paths_;
    page_builder& page_;
    tree_cursor cursor_, ahead_;
    std::vector<attribute> attributes_;
    unsigned steps_ = 0;
};

}  // namespace

std::optional<page_content> read_by_gumbo(std::string_view text, const read_options& options, read_budget& budget) {
    arena memory_for_tree{budget};
    parse_memory memory{&memory_for_tree, {}};
    const GumboOutput* tree = parse(text, memory);
    if (!tree) return std::nullopt;

    for (const auto fallback : {page_builder::noscript::left_out, page_builder::noscript::shown}) {
        page_builder page{options, budget, fallback};
        if (!walker{budget, page}.walk(tree->document)) return std::nullopt;
        if (page.needs_noscript()) continue;
        auto content = page.finish(text.size());
        // Its scripts and bylines are not looked at: this reader is for comparing texts.
        if (options.metadata) fill_metadata({page.head(), {}, [] { return page_credits{}; }, page.resolver()}, content);
        return content;
    }
    return std::nullopt;  // never: a builder that was shown all needs no more
}

}  // namespace forage::detail
