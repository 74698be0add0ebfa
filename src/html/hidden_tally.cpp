#include "html/hidden_tally.hpp"

#include "html/display.hpp"
#include "html/text_writer.hpp"
#include "html/tree_cursor.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {
namespace {

constexpr std::size_t longest_sample = 240;

}  // namespace

void hidden_tally::keep(std::string_view text, worth how) {
    if (how < sampled_ || (how == sampled_ && counts_.sample.size() >= longest_sample)) return;
    const auto more = folded(first_characters(text, longest_sample));
    if (more.empty()) return;
    if (how > sampled_) counts_.sample.clear();
    sampled_ = how;
    if (!counts_.sample.empty()) counts_.sample += ' ';
    counts_.sample += first_characters(more, longest_sample - std::min(longest_sample, counts_.sample.size()));
}

void hidden_tally::see(const dom::tree& tree, dom::node_id element, concealment how) {
    if (dom::display_of(tree[element]) == dom::display::not_rendered) return;
    const bool is_disguised = how == concealment::disguised;
    auto& size              = is_disguised ? counts_.disguised : counts_.unrendered;
    for (dom::tree_cursor at{tree, element}; at.node() != dom::none;) {
        const auto n   = at.node();
        const auto& it = tree[n];
        if (!at.is_leaving() && it.kind() == dom::node_kind::text) {
            const auto text = tree.text(n);
            const auto more = count_visible(text);
            size += more;
            if (more != 0) keep(text, is_disguised ? worth::disguised : worth::unrendered);
        }
        const bool goes_in = !at.is_leaving() && it.kind() == dom::node_kind::element &&
                             dom::display_of(it) != dom::display::not_rendered;
        goes_in ? at.descend() : at.skip();
    }
}

void hidden_tally::see_comment(std::string_view text) {
    const auto more = count_visible(text);
    counts_.comments += more;
    if (more != 0) keep(text, worth::comment);
}

hidden_text hidden_tally::take(std::size_t invisible_characters) {
    counts_.invisible_characters = invisible_characters;
    return std::exchange(counts_, {});
}

}  // namespace forage::detail
