// The public selector, and the questions of nodes that take one.
#include "html/document_data.hpp"
#include "html/selector_matcher.hpp"
#include "html/selector_parser.hpp"
#include "html/tree_cursor.hpp"

namespace forage {
namespace {

namespace dom = detail::dom;
using access  = detail::node_access;

/// Hands every match below `root` to `see`, until that says it has seen enough.
template <class See>
void each_match(const detail::selector_program& program, const dom::tree& in, dom::node_id root, See see) {
    const detail::selector_matcher matcher{program, in};
    const bool needs_parents = matcher.has_combinators();
    std::vector<detail::match_state> above{needs_parents ? matcher.state_of(root) : detail::match_state{}};
    for (dom::tree_cursor at{in, root}; at.node() != dom::none;) {
        const auto n = at.node();
        if (at.is_leaving()) {
            if (needs_parents) above.pop_back();
            at.skip();
        } else if (in[n].kind() == dom::node_kind::element) {
            const auto state = matcher.state(above.back(), n);
            if (matcher.is_match(state) && see(n)) return;
            if (needs_parents) above.push_back(state);
            at.descend();
        } else {
            at.skip();
        }
    }
}

}  // namespace

result<selector> selector::parse(std::string_view css) {
    auto program = detail::parse_selector(css);
    if (!program) return std::move(program).error();
    return selector{std::make_shared<const detail::selector_program>(*std::move(program))};
}

bool selector::matches(const node& n) const {
    if (!n.is_element()) return false;
    const detail::selector_matcher matcher{*program_, *access::tree(n)};
    return matcher.is_match(matcher.state_of(access::id(n)));
}

std::vector<node> node::select(const selector& wanted) const {
    std::vector<node> all;
    if (!*this) return all;
    each_match(*wanted.program_, *tree_, id_, [&](dom::node_id n) {
        all.push_back(access::make(tree_, n));
        return false;
    });
    return all;
}

node node::select_first(const selector& wanted) const {
    node first;
    if (!*this) return first;
    each_match(*wanted.program_, *tree_, id_, [&](dom::node_id n) {
        first = access::make(tree_, n);
        return true;
    });
    return first;
}

result<std::vector<node>> node::select(std::string_view css) const {
    auto wanted = selector::parse(css);
    if (!wanted) return std::move(wanted).error();
    return select(*wanted);
}

result<node> node::select_first(std::string_view css) const {
    auto wanted = selector::parse(css);
    if (!wanted) return std::move(wanted).error();
    return select_first(*wanted);
}

}  // namespace forage
