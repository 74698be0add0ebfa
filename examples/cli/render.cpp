#include "cli/render.hpp"

#include "cli/markdown.hpp"
#include "cli/metadata_lines.hpp"
#include "cli/printable.hpp"

#include <forage/json.hpp>

#include <utility>

namespace forage::cli {

namespace {

bool wants_json(const options& o) { return o.format == output_format::json || o.format == output_format::jsonl; }
bool wants_markdown(const options& o) { return o.format == output_format::markdown; }

std::string json_line(const std::string& object) { return printable_json(object) + '\n'; }

void print_json(const page& p, print_sink print) {
    const auto as_shown = [print](std::string_view part) { print(printable_json(part)); };
    to_json(p, as_shown);
}

const std::string& address_of(const page& p) { return p.final_url.empty() ? p.url : p.final_url; }

std::string page_header(const page& p, const options& o) {
    const auto& address = address_of(p);
    const auto& title   = p.title.empty() ? address : p.title;
    if (wants_markdown(o)) {
        return address.empty() ? "# " + markdown_line(title) : "# " + markdown_link(title, address);
    }
    auto header = "=== " + printable(title);
    if (!address.empty() && !p.title.empty()) header += " <" + printable(address) + '>';
    return header;
}

std::string indented(std::string_view text, std::string_view indent) {
    std::string out;
    while (!text.empty()) {
        const auto end  = text.find('\n');
        const auto line = text.substr(0, end);
        if (!line.empty()) {
            out += indent;
            out += line;
        }
        out += '\n';
        if (end == text.npos) break;
        text.remove_prefix(end + 1);
    }
    return out;
}

std::string citation(int number) { return "[" + std::to_string(number) + "]"; }

std::string answer_as_text(const answer_pack& pack) {
    auto out   = printable(pack.question) + "\n\n";
    int number = 0;
    for (const auto& p : pack.passages) {
        out += std::to_string(++number) + ". " + citation(p.source);
        if (!p.heading.empty()) out += ' ' + printable(p.heading);
        out += '\n' + indented(printable(p.text, line_breaks::keep), "   ") + '\n';
    }
    if (pack.passages.empty()) out += "No passage matches.\n\n";
    for (const auto& c : pack.code) {
        out += "Code " + citation(c.source);
        if (!c.heading.empty()) out += ' ' + printable(c.heading);
        out += '\n' + indented(printable(c.text, line_breaks::keep), "    ") + '\n';
    }
    out += "Sources\n";
    for (const auto& s : pack.sources) {
        out += citation(s.number) + ' ' + printable(s.title) + "\n    " + printable(s.url) + '\n';
    }
    return out;
}

std::string answer_as_markdown(const answer_pack& pack) {
    auto out   = "# " + markdown_line(pack.question) + "\n\n";
    int number = 0;
    for (const auto& p : pack.passages) {
        out += "## " + std::to_string(++number) + ". " + markdown_line(p.heading) + " \\[" + std::to_string(p.source) +
               "\\]\n\n" + markdown_quote(p.text) + '\n';
    }
    if (pack.passages.empty()) out += "No passage matches.\n\n";
    if (!pack.code.empty()) out += "## Code\n\n";
    for (const auto& c : pack.code) {
        out += markdown_line(c.heading) + " \\[" + std::to_string(c.source) + "\\]\n\n" +
               markdown_code(c.text, c.language) + '\n';
    }
    out += "## Sources\n\n";
    for (const auto& s : pack.sources) {
        out += "- \\[" + std::to_string(s.number) + "\\] " + markdown_link(s.title.empty() ? s.url : s.title, s.url) +
               '\n';
    }
    return out;
}

std::string hit_as_text(const search_hit& hit) {
    auto out = std::to_string(hit.rank) + ". " + printable(hit.title) + "\n   " + printable(hit.url) + '\n';
    if (!hit.snippet.empty()) out += "   " + printable(hit.snippet) + '\n';
    return out + '\n';
}

std::string hit_as_markdown(const search_hit& hit) {
    auto out = std::to_string(hit.rank) + ". " + markdown_link(hit.title.empty() ? hit.url : hit.title, hit.url) + '\n';
    if (!hit.snippet.empty()) out += "   " + markdown_line(hit.snippet) + '\n';
    return out;
}

}  // namespace

void render_page(const page& p, const options& o, print_sink print) {
    if (wants_json(o)) {
        print_json(p, print);
        return print("\n");
    }
    if (o.fetch_only) {
        return print(
            std::to_string(p.status) + ' ' + std::to_string(p.timing.bytes_body) + ' ' + printable(address_of(p)) + '\n'
        );
    }
    print(page_header(p, o) + "\n\n");
    if (o.metadata) print(metadata_lines(p, wants_markdown(o) ? line_style::markdown : line_style::text));
    printable(wants_markdown(o) ? p.markdown : p.text, line_breaks::keep, print);
    print("\n\n");
}

std::string obstacle_note(const page& p, const options& chosen) {
    if (p.obstacle == page_obstacle::none || wants_json(chosen)) return {};
    return ": not the page itself: " + std::string{to_string(p.obstacle)};
}

std::string render_failure(const scrape_failure& f, const options& o) {
    return wants_json(o) ? json_line(to_json(f)) : std::string{};
}

void render_batch(const scrape_batch& batch, print_sink print) {
    std::string_view before = "{\"pages\":[";
    for (const auto& each : batch.values) {
        print(std::exchange(before, ","));
        print_json(each, print);
    }
    if (batch.values.empty()) print(before);
    before = "],\"failures\":[";
    for (const auto& each : batch.failures) {
        print(std::exchange(before, ","));
        print(printable_json(to_json(each)));
    }
    if (batch.failures.empty()) print(before);
    print("]}\n");
}

std::string render_search(const search_results& found, const options& o) {
    if (wants_json(o)) return json_line(to_json(found));
    std::string out;
    if (!found.corrected_query.empty()) {
        out += "Did you mean: ";
        out += wants_markdown(o) ? markdown_line(found.corrected_query) : printable(found.corrected_query);
        out += "\n\n";
    }
    for (const auto& hit : found.hits) out += wants_markdown(o) ? hit_as_markdown(hit) : hit_as_text(hit);
    return out;
}

std::string render_answer(const answer_pack& pack, const options& o) {
    if (wants_json(o)) return json_line(to_json(pack));
    return wants_markdown(o) ? answer_as_markdown(pack) : answer_as_text(pack);
}

}  // namespace forage::cli
