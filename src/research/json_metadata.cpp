#include "research/json_metadata.hpp"

#include <string_view>
#include <vector>

namespace forage::detail {
namespace {

std::string_view name_of(metadata_source source) {
    switch (source) {
    case metadata_source::json_ld: return "json_ld";
    case metadata_source::meta: return "meta";
    case metadata_source::microdata: return "microdata";
    case metadata_source::time_element: return "time";
    case metadata_source::heading: return "heading";
    case metadata_source::title: return "title";
    case metadata_source::url: return "url";
    case metadata_source::byline: return "byline";
    case metadata_source::none: break;
    }
    return "";
}

void write(json_writer& out, std::string_view name, const page_date& d) {
    out.key(name).begin_object().field("date", d.date).field("source", name_of(d.source)).end_object();
}

void write(json_writer& out, std::string_view name, const std::vector<std::string>& all) {
    out.key(name).begin_array();
    for (const auto& each : all) out.value(each);
    out.end_array();
}

}  // namespace

void write(json_writer& out, const page_metadata& m) {
    out.begin_object();
    out.field("title", m.title).field("title_source", name_of(m.title_source));
    write(out, "authors", m.authors);
    out.field("author_source", name_of(m.author_source));
    write(out, "published", m.published);
    write(out, "modified", m.modified);
    out.field("site_name", m.site_name).field("image", m.image).field("type", m.type).field("licence", m.licence);
    write(out, "keywords", m.keywords);
    out.key("feeds").begin_array();
    for (const auto& each : m.feeds) {
        out.begin_object().field("url", each.url).field("title", each.title).field("type", each.type).end_object();
    }
    out.end_array();
    out.key("alternates").begin_array();
    for (const auto& each : m.alternates)
        out.begin_object().field("url", each.url).field("language", each.language).end_object();
    out.end_array();
    out.key("headings").begin_array();
    for (const auto& each : m.headings)
        out.begin_object().field("level", each.level).field("text", each.text).end_object();
    out.end_array();
    out.end_object();
}

}  // namespace forage::detail
