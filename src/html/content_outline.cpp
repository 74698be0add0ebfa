#include "html/content_outline.hpp"

#include "html/concealment.hpp"
#include "html/display.hpp"
#include "html/name_hints.hpp"
#include "html/page_signs.hpp"
#include "html/text_measure.hpp"
#include "html/tree_cursor.hpp"
#include "text/ascii.hpp"

namespace forage::detail {
namespace {

using dom::name;
using dom::node_id;
using dom::node_kind;

/// Inline elements that are never more than a piece of a line.
bool is_phrase(name n) noexcept {
    switch (n) {
    case name::a:
    case name::abbr:
    case name::acronym:
    case name::b:
    case name::bdi:
    case name::bdo:
    case name::big:
    case name::br:
    case name::cite:
    case name::code:
    case name::del:
    case name::dfn:
    case name::em:
    case name::font:
    case name::i:
    case name::ins:
    case name::kbd:
    case name::mark:
    case name::q:
    case name::s:
    case name::samp:
    case name::small:
    case name::strike:
    case name::strong:
    case name::sub:
    case name::sup:
    case name::tt:
    case name::u:
    case name::var:
    case name::wbr: return true;
    default: return false;
    }
}

/// Of the letters of the first word: what follows it, and digits, often differ between siblings of a kind.
std::uint32_t shape_of(std::string_view classes) noexcept {
    constexpr std::uint32_t basis = 2'166'136'261u, prime = 16'777'619u;  // FNV-1a
    std::uint32_t hash = basis;
    for (const char c : trim(classes)) {
        if (is_space(c)) break;
        if (is_letter(c)) hash = (hash ^ static_cast<unsigned char>(c)) * prime;
    }
    return hash;
}

class outliner {
public:
    outliner(
        const dom::tree& document,
        bool with_noscript,
        node_id unveiled,
        growing_array<content_block>& into,
        std::uint8_t& signs
    )
        : tree_{document}, with_noscript_{with_noscript}, unveiled_{unveiled}, blocks_{into}, signs_{signs} {}

    bool read(read_budget& budget) {
        return dom::walk_document(
            tree_, budget, [this](node_id n) { return enter(n); }, [this](node_id n) { leave(n); }
        );
    }

private:
    bool enter(node_id n) {
        const auto& it = tree_[n];
        if (it.kind() == node_kind::text) {
            see_text(tree_.text(n));
            return false;
        }
        if (it.kind() != node_kind::element) return false;
        const auto shown = dom::display_of(it);
        if (it.space() != dom::name_space::html) return shown != dom::display::not_rendered;
        const auto called = it.name();
        if (shown == dom::display::not_rendered) {
            if (called == name::meta || called == name::script) signs_ |= signs_of(tree_, n);
            if (blocks_.size() != 0) see_unrendered(called);
            return called == name::head;
        }
        const bool is_block =
            shown != dom::display::line_break && (shown != dom::display::inline_ || !is_phrase(called));
        const auto seen = read_attributes(n, is_block);
        if (n != unveiled_ &&
            ((shown == dom::display::noscript && !with_noscript_) ||
             ((seen.may_conceal || called == name::dialog) && dom::concealment_of(tree_, n) != concealment::none)))
            return false;
        if (shown >= dom::display::line_break) end_run();
        if (called == name::a && seen.has_href) enter_link();
        if (is_block) open(n, called, seen);
        return true;
    }

    struct attributes {
        bool may_conceal    = false;
        bool has_href       = false;
        std::uint32_t hints = 0;
        std::uint32_t shape = 0;
    };

    /// All that is asked of them, in one go. Hints and shape are of blocks only.
    attributes read_attributes(node_id n, bool is_block) const {
        attributes seen;
        for (const auto* a = tree_.attributes_of(n); a != nullptr; a = a->next()) {
            seen.may_conceal = seen.may_conceal || dom::may_conceal(a->name());
            switch (a->name()) {
            case name::href: seen.has_href = true; break;
            case name::class_:
                if (is_block) seen.shape = shape_of(tree_.text(a->value));
                [[fallthrough]];
            case name::id:
            case name::role:
            case name::itemprop:
                if (is_block) seen.hints |= hints_of(tree_.text(a->value));
                break;
            default: break;
            }
        }
        return seen;
    }

    void leave(node_id n) {
        const auto& it = tree_[n];
        if (dom::display_of(it) >= dom::display::line_break) end_run();
        if (it.name() == name::a && is_link(n)) --link_depth_;
        if (blocks_.size() != 0 && blocks_[current_].node == n) close();
    }

    bool is_link(node_id n) const { return tree_.value_of(n, name::href).has_value(); }

    void enter_link() {
        ++link_depth_;
        if (blocks_.size() != 0) ++blocks_[current_].links;
    }

    void see_unrendered(name called) {
        auto& b = blocks_[current_];
        if (called == name::img) ++b.images;
        if (called == name::input || called == name::textarea) ++b.fields;
    }

    void open(node_id n, name called, const attributes& seen) {
        const auto parent = current_;
        content_block b;
        b.node   = n;
        b.parent = parent;
        b.name   = called;
        b.hints  = seen.hints;
        b.shape  = seen.shape * 31 + static_cast<std::uint32_t>(called);
        if (called >= name::h1 && called <= name::h6) b.headings = 1;
        if (called == name::select || called == name::button) b.fields = 1;
        current_ = static_cast<std::uint32_t>(blocks_.size());
        blocks_.push_back(b);
    }

    void close() {
        auto& b = blocks_[current_];
        b.end   = static_cast<std::uint32_t>(blocks_.size());
        b.prose += b.own_prose;
        if (b.name >= name::h1 && b.name <= name::h6 && b.text != 0 && b.linked * 10ull >= b.text * 8ull)
            b.linked_headings = 1;
        if (b.name == name::h1 && b.linked_headings == 0) b.titles = 1;
        const content_block done = b;
        if (current_ != 0) {
            auto& around = blocks_[done.parent];
            around.text += done.text;
            around.linked += done.linked;
            around.prose += done.prose;
            around.links += done.links;
            around.runs += done.runs;
            around.images += done.images;
            around.fields += done.fields;
            around.headings += done.headings;
            around.linked_headings += done.linked_headings;
            around.titles += done.titles;
        }
        // What a phrase began goes on around it.
        if (run_size_ != 0 && run_owner_ == current_) run_owner_ = done.parent;
        current_ = done.parent;
    }

    void see_text(std::string_view text) {
        const auto m = measure_text(text);
        if (m.size == 0 || blocks_.size() == 0) return;
        if (run_size_ == 0) run_owner_ = current_;
        run_size_ += m.size;
        run_stops_ += m.stops;
        blocks_[current_].text += m.size;
        if (link_depth_ != 0) {
            run_linked_ += m.size;
            blocks_[current_].linked += m.size;
        }
    }

    void end_run() {
        if (run_size_ == 0) return;
        constexpr std::uint32_t is_long = 80, is_sentence = 25;
        auto& b = blocks_[run_owner_];
        ++b.runs;
        if (run_linked_ * 3 < run_size_ && (run_size_ >= is_long || (run_size_ >= is_sentence && run_stops_ != 0))) {
            b.own_prose += run_size_;
        }
        run_size_ = run_linked_ = run_stops_ = 0;
    }

    const dom::tree& tree_;
    const bool with_noscript_;
    const node_id unveiled_;
    growing_array<content_block>& blocks_;
    std::uint8_t& signs_;
    std::uint32_t current_    = 0;
    std::uint32_t run_owner_  = 0;
    std::uint32_t run_size_   = 0;
    std::uint32_t run_linked_ = 0;
    std::uint32_t run_stops_  = 0;
    unsigned link_depth_      = 0;
};

}  // namespace

bool content_outline::read(const dom::tree& document, bool with_noscript, dom::node_id unveiled, read_budget& budget) {
    blocks_.set_size(0);
    signs_ = 0;
    return outliner{document, with_noscript, unveiled, blocks_, signs_}.read(budget);
}

}  // namespace forage::detail
