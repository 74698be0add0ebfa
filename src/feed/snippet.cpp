#include "feed/snippet.hpp"

#include "html/text_writer.hpp"
#include "text/ascii.hpp"
#include "text/code_points.hpp"

#include <forage/document.hpp>

#include <algorithm>
#include <array>
#include <chrono>

namespace forage::detail {
namespace {

/// Elements without content, whose end tag HTML does not have. HTML, §13.1.2, "void elements".
constexpr std::array<std::string_view, 13> void_elements{
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"
};

std::string text_of_html(std::string_view html, read_budget& budget) {
    read_options options;
    options.content_type = "text/html; charset=utf-8";
    options.max_memory   = budget.max_memory() - budget.held();
    options.time_limit   = std::chrono::hours{1};  // a snippet is small; the budget looks at the clock between them
    const auto page      = parse_document(html, options);
    if (!page) {
        budget.use_up_memory();
        return {};
    }
    return page->body().inner_text();
}

}  // namespace

std::string visible_text(std::string_view text, snippet_kind kind, read_budget& budget) {
    if (kind == snippet_kind::plain) {
        text_writer writer;
        writer.append_verbatim(trim(text));
        return writer.take();
    }
    // Most titles; they need no tree.
    if (text.find_first_of("<&") == std::string_view::npos) return folded(text);
    return std::string{trim(text_of_html(text, budget))};
}

std::string visible_line(std::string_view text, snippet_kind kind, std::size_t most, read_budget& budget) {
    const auto line = kind == snippet_kind::plain ? folded(text) : folded(visible_text(text, kind, budget));
    return std::string{cut_at_code_point(line, most)};
}

void append_html(std::string& out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
        }
    }
}

void append_begin_tag(std::string& out, std::string_view local, std::span<const xml_attribute> attributes) {
    out += '<';
    out += local;
    for (const auto& [name, value] : attributes) {
        if (name.local == "xmlns" || name.has_prefix) continue;
        out += ' ';
        out += name.local;
        out += "=\"";
        append_html(out, value);
        out += '"';
    }
    out += '>';
}

void append_end_tag(std::string& out, std::string_view local) {
    if (std::find(void_elements.begin(), void_elements.end(), local) != void_elements.end()) return;
    out += "</";
    out += local;
    out += '>';
}

}  // namespace forage::detail
