// The "rendered text collection steps" as a walk: where the standard appends a tab or a line feed after all cells and
// rows but the last, this puts it before all but the first, which needs no look ahead.
#include "html/inner_text.hpp"

#include "html/concealment.hpp"
#include "html/display.hpp"
#include "html/rendered_text.hpp"
#include "html/tree_cursor.hpp"

#include <vector>

namespace forage::detail::dom {
namespace {

class collector {
public:
    collector(const tree& in, node_id root, bool shows_noscript)
        : tree_{in}, root_{root}, shows_noscript_{shows_noscript} {
        for (auto n = root; n != none; n = tree_[n].parent) {
            if (tree_[n].kind() != node_kind::element) continue;
            const auto how = display_of(tree_[n]);
            if (how == display::pre) ++kept_;
            if (how == display::noscript) shows_noscript_ = true;
        }
    }

    std::string collect() {
        for (tree_cursor at{tree_, root_}; at.node() != none;) {
            const auto n = at.node();
            if (at.is_leaving()) {
                leave(display_of(tree_[n]));
                at.skip();
            } else if (tree_[n].kind() == node_kind::element && enter(n)) {
                at.descend();
            } else {
                if (tree_[n].kind() == node_kind::text) text(tree_.text(n));
                at.skip();
            }
        }
        return out_.take();
    }

private:
    /// What came already: of the table its rows, of the row its cells.
    struct table_part {
        bool has_row  = false;
        bool has_cell = false;
    };

    void text(std::string_view raw) { kept_ != 0 ? out_.keep(raw) : out_.fold(raw); }

    /// False: what is inside is not rendered, and its end not wanted.
    bool enter(node_id n) {
        const auto how = display_of(tree_[n]);
        if (how == display::not_rendered || is_hidden(tree_, n)) return false;
        auto& table = tables_.back();
        switch (how) {
        case display::line_break: out_.line_feed(); return false;
        case display::pre: ++kept_; [[fallthrough]];
        case display::block: out_.require_breaks(1); break;
        case display::paragraph: out_.require_breaks(2); break;
        case display::table:
            out_.require_breaks(1);
            tables_.emplace_back();
            break;
        case display::row:
            if (table.has_row) out_.line_feed();
            table = {.has_row = true, .has_cell = false};
            break;
        case display::cell:
            if (table.has_cell) out_.tab();
            table.has_cell = true;
            break;
        case display::noscript: return shows_noscript_;
        case display::inline_:
        case display::not_rendered: break;
        }
        return true;
    }

    void leave(display how) {
        switch (how) {
        case display::pre: --kept_; [[fallthrough]];
        case display::block: return out_.require_breaks(1);
        case display::paragraph: return out_.require_breaks(2);
        case display::table: tables_.pop_back(); return out_.require_breaks(1);
        default: return;
        }
    }

    const tree& tree_;
    node_id root_;
    bool shows_noscript_;
    rendered_text out_;
    std::vector<table_part> tables_{1};  // the first for parts without a table: the root may be one
    std::size_t kept_ = 0;               // elements we are in that keep white space
};

}  // namespace

bool is_rendered(const tree& in, node_id n) noexcept {
    for (; n != none; n = in[n].parent) {
        if (in[n].kind() == node_kind::element && (display_of(in[n]) == display::not_rendered || is_hidden(in, n)))
            return false;
    }
    return true;
}

std::string inner_text(const tree& in, node_id root) {
    auto text = collector{in, root, false}.collect();
    return text.empty() ? collector{in, root, true}.collect() : text;
}

}  // namespace forage::detail::dom
