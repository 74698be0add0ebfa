#include "feed/entry_draft.hpp"

#include "feed/iso_date.hpp"
#include "text/ascii.hpp"
#include "text/code_points.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace forage::detail {
namespace {

constexpr std::size_t max_names = 64;  // of authors, categories and enclosures each

/// `text` as HTML of its meaning.
std::string as_html(std::string_view text, snippet_kind kind) {
    if (kind == snippet_kind::html) return std::string{text};
    std::string html;
    append_html(html, text);
    return html;
}

}  // namespace

void entry_draft::take(field_meaning meaning, std::string_view text, snippet_kind kind, const link_resolver& base) {
    text = trim(text);
    if (text.empty()) return;
    switch (meaning.field) {
    case feed_field::title:
        if (may_set(entry_.title, meaning)) entry_.title = line(text, kind);
        return;
    case feed_field::summary:
        if (may_set(entry_.summary, meaning)) take_summary(text, kind, base);
        return;
    case feed_field::content:
        if (!std::exchange(has_content_, true)) take_content(text, kind, base);
        return;
    case feed_field::published:
        if (may_set(entry_.published, meaning)) entry_.published = iso_date(text);
        return;
    case feed_field::updated:
        if (may_set(entry_.updated, meaning)) entry_.updated = iso_date(text);
        return;
    case feed_field::language:
        if (may_set(language_, meaning)) language_ = line(text, snippet_kind::plain);
        return;
    case feed_field::link: return take_link(text, base);
    case feed_field::id: return take_id(text);
    case feed_field::author: return take_author(text);
    case feed_field::category: return take_category(text, kind);
    case feed_field::person:
    case feed_field::enclosure:
    case feed_field::none: return;
    }
}

// What stood in gives way to the real thing, and to nothing else.
bool entry_draft::may_set(const std::string& target, field_meaning meaning) {
    auto& stood_in = stood_in_[static_cast<std::size_t>(meaning.field)];
    if (!target.empty() && !(stood_in && !meaning.stands_in)) return false;
    stood_in = meaning.stands_in;
    return true;
}

std::string entry_draft::line(std::string_view text, snippet_kind kind) {
    auto made = visible_line(text, kind, longest_line + 1, budget_);
    if (made.size() <= longest_line) return made;
    is_cut_ = true;
    return std::string{cut_at_code_point(made, longest_line)};
}

// A description is all the HTML that many feeds have.
void entry_draft::take_summary(std::string_view text, snippet_kind kind, const link_resolver& base) {
    entry_.summary = visible_text(within_limit(text), kind, budget_);
    if (!has_content_ && kind == snippet_kind::html) take_content(text, kind, base);
}

void entry_draft::take_content(std::string_view text, snippet_kind kind, const link_resolver& base) {
    entry_.content = as_html(within_limit(text), kind);  // which is longer for plain text
    entry_.content.resize(within_limit(entry_.content).size());
    entry_.content_base = base.base();
}

std::string_view entry_draft::within_limit(std::string_view text) {
    if (text.size() <= max_content_) return text;
    is_cut_ = true;
    return cut_at_code_point(text, max_content_);
}

void entry_draft::take_id(std::string_view id) {
    if (entry_.id.empty()) entry_.id = line(id, snippet_kind::plain);
}

void entry_draft::take_name(std::vector<std::string>& names, std::string_view name, snippet_kind kind) {
    auto made = line(name, kind);
    if (made.empty() || std::find(names.begin(), names.end(), made) != names.end()) return;
    if (names.size() == max_names) {
        is_cut_ = true;
        return;
    }
    names.push_back(std::move(made));
}

void entry_draft::resolve_into(std::string& target, std::string_view href, const link_resolver& base) {
    href = trim(href);
    if (!target.empty() || href.empty()) return;
    if (!base.resolve(href, target)) target.clear();
}

void entry_draft::take_enclosure(
    std::string_view url, std::string_view type, std::string_view length, const link_resolver& base
) {
    enclosure added;
    resolve_into(added.url, url, base);
    const auto same = [&](const enclosure& e) { return e.url == added.url; };
    if (added.url.empty() || std::any_of(entry_.enclosures.begin(), entry_.enclosures.end(), same)) return;
    if (entry_.enclosures.size() == max_names) {
        is_cut_ = true;
        return;
    }
    added.type = line(type, snippet_kind::plain);
    length     = trim(length);
    if (std::from_chars(length.data(), length.data() + length.size(), added.length).ec != std::errc{}) added.length = 0;
    entry_.enclosures.push_back(std::move(added));
}

feed_entry entry_draft::finish() && {
    entry_.url = link_.empty() ? std::move(permalink_) : std::move(link_);
    if (entry_.content_base.empty() && !entry_.content.empty()) entry_.content_base = entry_.url;
    return std::move(entry_);
}

std::size_t footprint(const feed_entry& entry) noexcept {
    auto bytes = sizeof entry + entry.id.size() + entry.title.size() + entry.url.size() + entry.published.size() +
                 entry.updated.size() + entry.summary.size() + entry.content.size() + entry.content_base.size();
    for (const auto* names : {&entry.authors, &entry.categories}) {
        for (const auto& each : *names) bytes += sizeof each + each.size();
    }
    for (const auto& each : entry.enclosures) bytes += sizeof each + each.url.size() + each.type.size();
    return bytes;
}

}  // namespace forage::detail
