#include "cli/metadata_lines.hpp"

#include "cli/markdown.hpp"
#include "cli/printable.hpp"

#include <string_view>
#include <vector>

namespace forage::cli {
namespace {

std::string_view described(metadata_source source) {
    switch (source) {
    case metadata_source::json_ld: return "JSON-LD";
    case metadata_source::meta: return "meta element";
    case metadata_source::microdata: return "microdata";
    case metadata_source::time_element: return "time element";
    case metadata_source::heading: return "heading";
    case metadata_source::title: return "title element";
    case metadata_source::url: return "URL";
    case metadata_source::byline: return "byline";
    case metadata_source::none: break;
    }
    return "";
}

class line_list {
public:
    explicit line_list(line_style style) : style_{style} {}

    void add(std::string_view name, std::string_view value, metadata_source source = metadata_source::none) {
        if (value.empty()) return;
        const bool is_markdown = style_ == line_style::markdown;
        if (is_markdown) out_ += "- ";
        out_ += name;
        out_ += ": ";
        out_ += is_markdown ? markdown_line(value) : printable(value);
        if (source != metadata_source::none) out_.append(" (").append(described(source)) += ')';
        out_ += '\n';
    }

    [[nodiscard]] std::string take() {
        if (!out_.empty()) out_ += '\n';
        return std::move(out_);
    }

private:
    line_style style_;
    std::string out_;
};

std::string joined(const std::vector<std::string>& all) {
    std::string text;
    for (const auto& each : all) text += (text.empty() ? "" : ", ") + each;
    return text;
}

}  // namespace

std::string metadata_lines(const page_content& page, line_style style) {
    const auto& about = page.metadata;
    line_list lines{style};
    lines.add("title", about.title, about.title_source);
    for (const auto& name : about.authors) lines.add("author", name, about.author_source);
    lines.add("published", about.published.date, about.published.source);
    lines.add("modified", about.modified.date, about.modified.source);
    lines.add("site", about.site_name);
    lines.add("description", page.description);
    lines.add("language", page.language);
    lines.add("canonical", page.canonical);
    lines.add("image", about.image);
    lines.add("type", about.type);
    lines.add("licence", about.licence);
    lines.add("keywords", joined(about.keywords));
    for (const auto& feed : about.feeds) lines.add("feed", feed.url);
    for (const auto& other : about.alternates) lines.add("alternate " + printable(other.language), other.url);
    for (const auto& heading : about.headings) lines.add("h" + std::to_string(heading.level), heading.text);
    return lines.take();
}

}  // namespace forage::cli
