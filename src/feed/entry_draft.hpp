// An entry while it is read: which of several elements for the same thing counts, and how long each may be.
#pragma once

#include "feed/feed_fields.hpp"
#include "feed/snippet.hpp"
#include "html/link_resolver.hpp"

#include <forage/feed.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace forage::detail {

inline constexpr std::size_t longest_line = 4096;  // of titles, ids and names

/// The feed's own part is drafted as an entry too.
class entry_draft {
public:
    /// `max_content`: bytes that content and summary may have each.
    entry_draft(read_budget& budget, std::size_t max_content) : budget_{budget}, max_content_{max_content} {}

    /// What an element says. Of two for the same thing the first counts, but nothing that only stands in.
    void take(field_meaning meaning, std::string_view text, snippet_kind kind, const link_resolver& base);
    void take_link(std::string_view href, const link_resolver& base) { resolve_into(link_, href, base); }
    /// What may be the entry's URL where it has no link.
    void take_permalink(std::string_view href, const link_resolver& base) { resolve_into(permalink_, href, base); }
    void take_id(std::string_view id);
    void take_author(std::string_view name) { take_name(entry_.authors, name, snippet_kind::plain); }
    void take_category(std::string_view name, snippet_kind kind) { take_name(entry_.categories, name, kind); }
    void
    take_enclosure(std::string_view url, std::string_view type, std::string_view length, const link_resolver& base);

    [[nodiscard]] const std::string& language() const noexcept { return language_; }
    /// Whether something was too long or too much.
    [[nodiscard]] bool is_cut() const noexcept { return is_cut_; }
    [[nodiscard]] feed_entry finish() &&;

private:
    static void resolve_into(std::string& target, std::string_view href, const link_resolver& base);
    void take_name(std::vector<std::string>& names, std::string_view name, snippet_kind kind);
    [[nodiscard]] std::string line(std::string_view text, snippet_kind kind);
    void take_summary(std::string_view text, snippet_kind kind, const link_resolver& base);
    void take_content(std::string_view text, snippet_kind kind, const link_resolver& base);
    [[nodiscard]] std::string_view within_limit(std::string_view text);
    [[nodiscard]] bool may_set(const std::string& target, field_meaning meaning);

    read_budget& budget_;
    std::size_t max_content_;
    feed_entry entry_;
    std::string language_, link_, permalink_;
    bool stood_in_[static_cast<std::size_t>(feed_field::language) + 1] = {};
    bool has_content_                                                  = false;
    bool is_cut_                                                       = false;
};

/// Bytes that an entry takes.
[[nodiscard]] std::size_t footprint(const feed_entry& entry) noexcept;

}  // namespace forage::detail
