#include "feed/feed_fields.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

struct row {
    vocabulary from;
    std::string_view local;
    feed_field means;
    bool stands_in = false;
};

using v = vocabulary;
using f = feed_field;

constexpr std::array<row, 42> rows{{
    {v::rss, "title", f::title},
    {v::rss, "link", f::link},
    {v::rss, "description", f::summary},
    {v::rss, "guid", f::id},
    {v::rss, "author", f::author},
    {v::rss, "category", f::category},
    {v::rss, "pubDate", f::published},
    {v::rss, "lastBuildDate", f::updated},
    {v::rss, "enclosure", f::enclosure},
    {v::rss, "language", f::language},

    {v::atom, "title", f::title},
    {v::atom, "link", f::link},
    {v::atom, "summary", f::summary},
    {v::atom, "subtitle", f::summary},
    {v::atom, "tagline", f::summary},  // 0.3, as those below that 1.0 does not have
    {v::atom, "content", f::content},
    {v::atom, "id", f::id},
    {v::atom, "author", f::person},
    {v::atom, "category", f::category},
    {v::atom, "published", f::published},
    {v::atom, "issued", f::published},
    {v::atom, "created", f::published, true},
    {v::atom, "updated", f::updated},
    {v::atom, "modified", f::updated},

    {v::dublin_core, "title", f::title, true},
    {v::dublin_core, "creator", f::author},
    {v::dublin_core, "author", f::author},  // no term of it, and yet written
    {v::dublin_core, "date", f::published, true},
    {v::dublin_core, "description", f::summary, true},
    {v::dublin_core, "subject", f::category},
    {v::dublin_core, "language", f::language, true},
    {v::dublin_core_terms, "issued", f::published, true},
    {v::dublin_core_terms, "created", f::published, true},
    {v::dublin_core_terms, "modified", f::updated, true},
    {v::content, "encoded", f::content},
    {v::media, "title", f::title, true},
    {v::media, "description", f::summary, true},
    {v::media, "content", f::enclosure},
    {v::itunes, "title", f::title, true},
    {v::itunes, "author", f::author},
    {v::itunes, "subtitle", f::summary, true},
    {v::itunes, "summary", f::summary, true},
}};

}  // namespace

field_meaning meaning_of(const xml_name& name) noexcept {
    const auto* const found =
        std::find_if(rows.begin(), rows.end(), [&](const row& r) { return name.is(r.from, r.local); });
    if (found == rows.end()) return {};
    return {found->means, found->stands_in};
}

}  // namespace forage::detail
