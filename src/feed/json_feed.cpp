#include "feed/json_feed.hpp"

#include "core/json.hpp"
#include "feed/entry_draft.hpp"
#include "feed/feed_source.hpp"
#include "text/code_points.hpp"

#include <string>
#include <utility>

namespace forage::detail {
namespace {

constexpr std::size_t memory_of_a_byte = 8;  // of JSON as a tree, roughly; its size is bounded as well

/// A number is against the specification, and frequent.
std::string text_or_number(json_view value) {
    if (!value.string().empty()) return std::string{value.string()};
    const auto number = value.integer();
    return number ? std::to_string(*number) : std::string{};
}

/// Version 1.0 has one author, 1.1 has several.
void take_authors(json_view from, entry_draft& to) {
    const auto several = from["authors"];
    for (std::size_t i = 0; i < several.size(); ++i) to.take_author(several[i]["name"].string());
    to.take_author(from["author"]["name"].string());
}

class item_reader {
public:
    item_reader(const feed_options& options, read_budget& budget, const link_resolver& base)
        : options_{options}, budget_{budget}, base_{base} {}

    entry_draft read(json_view item) {
        entry_draft draft{budget_, options_.max_content};
        const auto take = [&](feed_field field, std::string_view text, snippet_kind kind = snippet_kind::plain) {
            draft.take({field}, text, kind, base_);
        };
        const auto id = text_or_number(item["id"]);
        draft.take_id(id);
        draft.take_permalink(id, link_resolver{{}});
        draft.take_link(item["url"].string(), base_);
        draft.take_link(item["external_url"].string(), base_);
        take(feed_field::title, item["title"].string());
        take(feed_field::content, item["content_html"].string(), snippet_kind::html);
        take(feed_field::content, item["content_text"].string());
        take(feed_field::summary, item["summary"].string());
        take(feed_field::published, item["date_published"].string());
        take(feed_field::updated, item["date_modified"].string());
        take_authors(item, draft);
        const auto tags = item["tags"];
        for (std::size_t i = 0; i < tags.size(); ++i) draft.take_category(tags[i].string(), snippet_kind::plain);
        const auto attached = item["attachments"];
        for (std::size_t i = 0; i < attached.size(); ++i) {
            const auto size = text_or_number(attached[i]["size_in_bytes"]);
            draft.take_enclosure(attached[i]["url"].string(), attached[i]["mime_type"].string(), size, base_);
        }
        return draft;
    }

private:
    const feed_options& options_;
    read_budget& budget_;
    const link_resolver& base_;
};

}  // namespace

result<feed> read_json_feed(std::string_view text, const feed_options& options, read_budget& budget) {
    budget_share tree{budget};
    if (!tree.may_hold(text.size() * memory_of_a_byte)) return budget.to_error();
    const auto document = json_document::parse(text);
    if (!document) return error{errc::parse_failed, document.error().what}.at(phase::read);
    const auto root = document->root();
    if (root["version"].string().find("jsonfeed.org/version/") == std::string_view::npos) {
        return error{errc::unsupported_type, "no feed: JSON without the version of JSON Feed"}.at(phase::read);
    }
    const link_resolver given{options.base_url}, own{root["home_page_url"].string()};
    const auto& base = given.base().empty() ? own : given;

    feed made;
    made.kind = feed_kind::json;
    entry_draft about{budget, options.max_content};
    about.take({feed_field::title}, root["title"].string(), snippet_kind::plain, base);
    about.take({feed_field::summary}, root["description"].string(), snippet_kind::plain, base);
    about.take({feed_field::language}, root["language"].string(), snippet_kind::plain, base);
    about.take_link(root["home_page_url"].string(), base);
    take_authors(root, about);
    made.language    = about.language();
    auto self        = std::move(about).finish();
    made.title       = std::move(self.title);
    made.url         = std::move(self.url);
    made.description = std::move(self.summary);

    const auto items = root["items"];
    item_reader reader{options, budget, base};
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto draft     = reader.read(items[i]);
        const bool cut = draft.is_cut();
        auto entry     = std::move(draft).finish();
        if (entry.authors.empty()) entry.authors = self.authors;
        if (made.entries.size() >= options.max_entries || budget.is_spent() || !budget.take(footprint(entry))) {
            made.truncated = true;
            break;
        }
        made.truncated = made.truncated || cut;
        made.entries.push_back(std::move(entry));
    }
    const bool stopped = budget.why() == overrun::stopped;
    if (stopped || (budget.why() != overrun::none && made.entries.empty())) return budget.to_error();
    return made;
}

}  // namespace forage::detail
