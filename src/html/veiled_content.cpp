#include "html/veiled_content.hpp"

#include "html/concealment.hpp"
#include "html/display.hpp"
#include "html/tree_cursor.hpp"
#include "text/ascii.hpp"

#include <string_view>

namespace forage::detail {
namespace {

using dom::node_kind;

/// Text of a node that is long enough to be no entry of a menu.
std::uint32_t prose_in(std::string_view text) noexcept {
    constexpr std::size_t is_prose = 40;
    const auto size                = count_visible(text);
    return size >= is_prose ? static_cast<std::uint32_t>(size) : 0;
}

bool is_veil(const dom::tree& tree, dom::node_id n) {
    return dom::display_of(tree[n]) == dom::display::noscript ||
           dom::concealment_of(tree, n) == concealment::unrendered;
}

}  // namespace

dom::node_id find_veiled_content(const dom::tree& document, std::uint32_t visible_prose, read_budget& budget) {
    dom::node_id veil = dom::none, best = dom::none;
    std::uint64_t prose = 0, most = 0, all = 0;
    const auto enter = [&](dom::node_id n) {
        const auto& it = document[n];
        if (it.kind() == node_kind::text && veil != dom::none) prose += prose_in(document.text(n));
        if (it.kind() != node_kind::element || dom::display_of(it) == dom::display::not_rendered) return false;
        if (veil == dom::none && is_veil(document, n)) {
            veil  = n;
            prose = 0;
        }
        return true;
    };
    const auto leave = [&](dom::node_id n) {
        if (n != veil) return;
        if (prose > most) {
            most = prose;
            best = n;
        }
        all += prose;
        veil = dom::none;
    };
    if (!dom::walk_document(document, budget, enter, leave)) return dom::none;
    return most >= little_prose && most * 2 > all && most >= visible_prose * 5ull ? best : dom::none;
}

}  // namespace forage::detail
