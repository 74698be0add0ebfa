#include "cli/render_feed.hpp"

#include "cli/markdown.hpp"
#include "cli/printable.hpp"

#include <forage/json.hpp>

#include <string_view>

namespace forage::cli {

namespace {

std::string json_line(const std::string& object) { return printable_json(object) + '\n'; }

std::string json_lines(const auto& entries) {
    std::string out;
    for (const auto& each : entries) out += json_line(to_json(each));
    return out;
}

const std::string& or_else(const std::string& text, const std::string& other) { return text.empty() ? other : text; }

/// "2026-11-23T14:00:05Z, Ada, Grace"
std::string byline(const feed_entry& e) {
    std::string out = or_else(e.published, e.updated);
    for (const auto& each : e.authors) {
        if (!out.empty()) out += ", ";
        out += each;
    }
    return out;
}

std::string as_text(const feed_entry& e) {
    auto out = printable(or_else(e.title, e.id)) + '\n';
    for (const auto& each : {e.url, byline(e), e.summary}) {
        if (!each.empty()) out += "   " + printable(each) + '\n';
    }
    return out + '\n';
}

std::string link_to(const std::string& title, const std::string& url) {
    const auto& words = or_else(title, url);
    return url.empty() ? markdown_line(words) : markdown_link(words, url);
}

std::string as_markdown(const feed_entry& e) {
    auto out = "## " + link_to(or_else(e.title, e.id), e.url) + "\n\n";
    if (const auto by = byline(e); !by.empty()) out += markdown_line(by) + "\n\n";
    if (!e.summary.empty()) out += markdown_quote(e.summary) + '\n';
    return out;
}

}  // namespace

std::string render_feed(const feed& f, const options& o) {
    if (o.format == output_format::json) return json_line(to_json(f));
    if (o.format == output_format::jsonl) return json_lines(f.entries);
    const bool markdown = o.format == output_format::markdown;
    auto out            = markdown ? "# " + link_to(f.title, f.url) : "=== " + printable(or_else(f.title, f.url));
    if (!markdown && !f.url.empty() && !f.title.empty()) out += " <" + printable(f.url) + '>';
    out += "\n\n";
    for (const auto& each : f.entries) out += markdown ? as_markdown(each) : as_text(each);
    return out;
}

std::string render_sitemap(const sitemap& s, const options& o) {
    if (o.format == output_format::json) return json_line(to_json(s));
    if (o.format == output_format::jsonl) return json_lines(s.entries);
    std::string out;
    for (const auto& each : s.entries) {
        out += o.format == output_format::markdown ? "- " + markdown_link(each.url, each.url) : printable(each.url);
        out += '\n';
    }
    return out;
}

}  // namespace forage::cli
