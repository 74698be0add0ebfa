#include "html/content_cleanup.hpp"

#include "html/name_hints.hpp"

namespace forage::detail {
namespace {

using dom::name;

bool is_container(name n) noexcept {
    switch (n) {
    case name::div:
    case name::form:
    case name::ol:
    case name::section:
    case name::table:
    case name::ul: return true;
    default: return false;
    }
}

}  // namespace

void content_cleanup::take(std::uint32_t root) {
    into_.include(in_.outline[root].node);
    taken_ += in_.outline[root].text;
    each_block(in_, root + 1, in_.outline[root].end, [&](std::uint32_t i) {
        if (!is_left_out(i)) return true;
        into_.exclude(in_.outline[i].node);
        taken_ -= in_.outline[i].text;
        return false;
    });
}

void content_cleanup::take_leads(std::uint32_t top, std::uint32_t root) {
    if (mode_ == extraction_mode::precision) return;
    constexpr std::uint32_t least         = 120;  // shorter ones are subtitles and bylines
    constexpr std::uint32_t about_it_bits = hint::author | hint::byline | hint::caption;
    for (auto below = root; below > top;) {
        const auto at = in_.outline[below].parent;
        for (auto child = at + 1; child < below; child = in_.outline[child].end) {
            const auto& b      = in_.outline[child];
            const bool is_lead = in_.weights[child] >= least && in_.weights[child] * 2ull >= b.text;
            if (is_lead && !in_.boilerplate[child] && (b.hints & about_it_bits) == 0) take(child);
        }
        below = at;
    }
}

bool content_cleanup::is_left_out(std::uint32_t i) const {
    const auto& b = in_.outline[i];
    if (mode_ == extraction_mode::recall) return in_.boilerplate[i] && b.name != name::figcaption;
    if (in_.boilerplate[i]) return true;
    // Where there is no prose, nothing tells content from the rest. In a listing links, dates and names of authors are
    // what the items are made of.
    if (in_.kind == page_kind::listing || in_.weights[0] == 0) return false;
    return is_about_it(b) || leads_elsewhere(b);
}

/// Boxes about the author, lines with date and keywords, forms, what buyers say: about the content, and none of it.
bool content_cleanup::is_about_it(const content_block& b) const {
    if (b.name == name::form && b.fields != 0 && b.prose * 4ull < in_.all_prose()) return true;
    if ((b.hints & (hint::text | hint::main)) != 0) return false;
    if ((b.hints & hint::author) != 0 && b.prose * 5ull < in_.all_prose()) return true;
    if (in_.kind == page_kind::product && (b.hints & hint::review) != 0 && b.prose * 2ull < in_.all_prose())
        return true;
    // Who wrote a post and when is part of a thread.
    return in_.kind != page_kind::forum && (b.hints & hint::byline) != 0 && b.prose * 20ull < in_.all_prose();
}

/// Blocks that are links and little more.
bool content_cleanup::leads_elsewhere(const content_block& b) const {
    if (b.text == 0) return false;
    const bool is_group = is_container(b.name);
    // Three pages and more, each with its heading.
    if (b.headings >= 3 && b.linked_headings * 5ull >= b.headings * 4ull && b.linked * 3ull > b.text) return true;
    if ((is_group || b.name == name::p) && b.headings == 0 && b.linked * 10ull >= b.text * 9ull) return true;
    const bool is_linked = mode_ == extraction_mode::precision ? b.linked * 3ull > b.text : b.linked * 2ull > b.text;
    return is_group && b.links >= 2 && is_linked && b.prose * 4ull < b.text;
}

}  // namespace forage::detail
