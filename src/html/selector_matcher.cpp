#include "html/selector_matcher.hpp"

#include "html/foreign_names.hpp"
#include "html/words.hpp"
#include "text/ascii.hpp"

#include <bit>

namespace forage::detail {
namespace {

/// Whether `text` has `wanted` at `at`. With `ignores_case`, `wanted` is in lower case.
bool is_at(std::string_view text, std::size_t at, std::string_view wanted, bool ignores_case) {
    const auto part = text.substr(at, wanted.size());
    return ignores_case ? equals_ignoring_case(part, wanted) : part == wanted;
}

// Selectors, §6.1 and §6.2; an empty value is in nothing.
bool matches_value(const simple_selector& s, std::string_view value) {
    const std::string_view wanted = s.value;
    const auto equals             = [&](std::string_view part) {
        return is_at(part, 0, wanted, s.ignores_case) && part.size() == wanted.size();
    };
    const bool fits = !wanted.empty() && wanted.size() <= value.size();
    switch (s.how) {
    case attribute_match::exists: return true;
    case attribute_match::equal: return equals(value);
    case attribute_match::word: return any_word(value, equals);
    case attribute_match::dash:
        return equals(value) ||
               (value.size() > wanted.size() && value[wanted.size()] == '-' && is_at(value, 0, wanted, s.ignores_case));
    case attribute_match::prefix: return fits && is_at(value, 0, wanted, s.ignores_case);
    case attribute_match::suffix: return fits && is_at(value, value.size() - wanted.size(), wanted, s.ignores_case);
    case attribute_match::substring:
        return fits &&
               (s.ignores_case ? find_ignoring_case(value, wanted) : value.find(wanted)) != std::string_view::npos;
    }
    return false;
}

}  // namespace

selector_matcher::selector_matcher(const selector_program& program, const dom::tree& in)
    : program_{program}, tree_{in} {
    names_.reserve(program.simple.size());
    for (const auto& each : program.simple) names_.push_back(in.names.find(each.lower));
}

match_state selector_matcher::state(const match_state& parent, dom::node_id element) const {
    auto candidates = program_.starts | (parent.here & program_.before_child) << 1 |
                      (parent.here_or_above & program_.before_descendant) << 1;
    match_state s;
    for (; candidates != 0; candidates &= candidates - 1) {
        const auto i = static_cast<std::size_t>(std::countr_zero(candidates));
        if (matches(program_.compounds[i], element)) s.here |= std::uint64_t{1} << i;
    }
    s.here_or_above = s.here | parent.here_or_above;
    return s;
}

match_state selector_matcher::state_of(dom::node_id n) const {
    std::vector<dom::node_id> path;
    for (; n != dom::none && tree_[n].kind() == dom::node_kind::element; n = tree_[n].parent) {
        path.push_back(n);
        if (!has_combinators()) break;
    }
    match_state s;
    for (auto each = path.rbegin(); each != path.rend(); ++each) s = state(s, *each);
    return s;
}

bool selector_matcher::matches(const compound_selector& all, dom::node_id element) const {
    for (std::size_t i = all.first; i != all.first + all.count; ++i) {
        if (!matches_simple(i, element)) return false;
    }
    return true;
}

bool selector_matcher::matches_simple(std::size_t index, dom::node_id element) const {
    const auto& s      = program_.simple[index];
    const auto& it     = tree_[element];
    const bool is_html = it.space() == dom::name_space::html;
    if (names_[index] == dom::name::none) return false;
    if (s.of == simple_selector::kind::type) {
        return it.name() == names_[index] && (is_html || dom::element_name_in(it.space(), s.lower) == s.name);
    }
    const auto* a = tree_.find(it.b, names_[index]);
    if (a == nullptr || (!is_html && dom::attribute_name_in(it.space(), s.lower) != s.name)) return false;
    return matches_value(s, tree_.text(a->value));
}

}  // namespace forage::detail
