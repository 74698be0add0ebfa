// Feeds and sitemaps by the JSON contract of docs/json.md, field by field in its order.
#include "core/json.hpp"

#include <forage/json.hpp>

namespace forage {
namespace {

using detail::json_writer;

void write(json_writer& out, std::string_view name, const std::vector<std::string>& texts) {
    out.key(name).begin_array();
    for (const auto& each : texts) out.value(each);
    out.end_array();
}

void write(json_writer& out, const feed_entry& e) {
    out.begin_object().field("id", e.id).field("title", e.title).field("url", e.url);
    write(out, "authors", e.authors);
    out.field("published", e.published).field("updated", e.updated).field("summary", e.summary);
    out.field("content", e.content).field("content_base", e.content_base);
    write(out, "categories", e.categories);
    out.key("enclosures").begin_array();
    for (const auto& each : e.enclosures) {
        out.begin_object().field("url", each.url).field("type", each.type).field("length", each.length).end_object();
    }
    out.end_array().end_object();
}

void write(json_writer& out, const sitemap_entry& e) {
    out.begin_object().field("url", e.url).field("last_modified", e.last_modified);
    out.field("change_frequency", e.change_frequency).key("priority");
    if (e.priority) {
        out.value(*e.priority);
    } else {
        out.null();
    }
    out.end_object();
}

void write_entries(json_writer& out, const auto& entries) {
    out.key("entries").begin_array();
    for (const auto& each : entries) write(out, each);
    out.end_array();
}

std::string one_entry(const auto& entry) {
    json_writer out;
    write(out, entry);
    return out.take();
}

}  // namespace

std::string to_json(const feed& f) {
    json_writer out;
    out.begin_object().field("kind", to_string(f.kind)).field("title", f.title).field("url", f.url);
    out.field("description", f.description).field("language", f.language).field("updated", f.updated);
    out.field("truncated", f.truncated);
    write_entries(out, f.entries);
    return out.end_object().take();
}

std::string to_json(const sitemap& s) {
    json_writer out;
    out.begin_object().field("is_index", s.is_index).field("truncated", s.truncated);
    write_entries(out, s.entries);
    return out.end_object().take();
}

std::string to_json(const feed_entry& e) { return one_entry(e); }

std::string to_json(const sitemap_entry& e) { return one_entry(e); }

}  // namespace forage
