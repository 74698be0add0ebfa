// bench_parse FILES [tree|text|main|page|gumbo]: reads the files named in FILES into memory, then times HTML to title,
// text and links on one thread. `tree` (the default) is the peers' job: visible text is what is outside of script,
// style, noscript, template and title, a space at every tag; links are as they are written. `page` is what scrapes do:
// text laid out in lines, hidden elements left out, links resolved. `gumbo` is that by the other parser.
#include "html/parse.hpp"
#include "html/tree_cursor.hpp"
#include "text/ascii.hpp"

#include <forage/html.hpp>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace forage::detail;
using dom::name;
using dom::node_kind;

struct totals {
    std::size_t ok = 0, failed = 0, body = 0, text = 0, links = 0, titles = 0;
};

/// Text with each run of white space as one space.
void put_text(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (is_space(text[at])) {
            if (!out.empty() && out.back() != ' ') out.push_back(' ');
            while (at < text.size() && is_space(text[at])) ++at;
        }
        const auto from = at;
        for (;; ++at) {  // single spaces between words are part of the run
            while (at < text.size() && !is_space(text[at])) ++at;
            if (at + 1 >= text.size() || text[at] != ' ' || is_space(text[at + 1])) break;
        }
        out.append(text, from, at - from);
    }
}

void put_break(std::string& out) {
    if (!out.empty() && out.back() != ' ') out.push_back(' ');
}

struct extract {
    std::string title, text;
    std::vector<std::string> links;
};

bool is_unseen(name called) {
    return called == name::script || called == name::style || called == name::noscript || called == name::template_;
}

extract extract_from(const dom::tree& document) {
    extract page;
    dom::tree_cursor at{document, dom::tree::document};
    while (at.node() != dom::none) {
        const auto n     = at.node();
        const auto& node = document[n];
        if (node.kind() == node_kind::text) {
            put_text(page.text, document.text(n));
            at.skip();
            continue;
        }
        if (node.kind() != node_kind::element) {
            at.skip();
            continue;
        }
        put_break(page.text);
        if (at.is_leaving()) {
            at.skip();
            continue;
        }
        if (node.name() == name::title) {
            const auto inside = document.first_child(n);
            if (page.title.empty() && inside != dom::none) put_text(page.title, document.text(inside));
            at.skip();
        } else if (is_unseen(node.name())) {
            at.skip();
        } else {
            if (node.name() == name::a) {
                if (const auto* href = document.find(node.b, name::href))
                    page.links.emplace_back(document.text(href->value));
            }
            at.descend();
        }
    }
    for (auto* text : {&page.text, &page.title}) {
        if (text->ends_with(' ')) text->pop_back();
    }
    return page;
}

void count(totals& all, std::size_t text, std::size_t links, bool has_title) {
    ++all.ok;
    all.text += text;
    all.links += links;
    all.titles += has_title ? 1 : 0;
}

void read_as_tree(std::string_view text, const forage::read_options& options, totals& all) {
    read_budget budget{options};
    const auto rewritten = dom::with_line_feeds(text);
    const auto document  = dom::parse(rewritten ? *rewritten : text, budget);
    if (!document) {
        ++all.failed;
        return;
    }
    const auto page = extract_from(*document);
    count(all, page.text.size(), page.links.size(), !page.title.empty());
}

void read_as_page(std::string_view text, const forage::read_options& options, totals& all) {
    const auto content = forage::read_html(text, options);
    if (!content) {
        ++all.failed;
        return;
    }
    count(all, content->text.size(), content->links.size(), !content->title.empty());
}

std::vector<std::string> files_of(const char* list_of_files) {
    std::vector<std::string> pages;
    std::ifstream list{list_of_files};
    for (std::string file_name; std::getline(list, file_name);) {
        std::ifstream file{file_name, std::ios::binary | std::ios::ate};
        std::string page(static_cast<std::size_t>(file.tellg()), '\0');
        file.seekg(0).read(page.data(), static_cast<std::streamsize>(page.size()));
        pages.push_back(std::move(page));
    }
    return pages;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view how = argc == 3 ? argv[2] : "tree";
    if (argc < 2 || argc > 3 || (how != "tree" && how != "text" && how != "main" && how != "page" && how != "gumbo")) {
        std::fprintf(stderr, "usage: bench_parse FILES [tree|page|gumbo]\n");
        return 2;
    }
    const auto pages = files_of(argv[1]);
    forage::read_options options;
    options.base_url     = "https://bench.example/";
    options.content_type = "text/html; charset=utf-8";
    options.markdown     = how == "page";
    options.code         = how == "page";
    options.metadata     = how == "page";
    options.mode = how == "main" || how == "page" ? forage::extraction_mode::balanced : forage::extraction_mode::whole;
    options.time_limit = std::chrono::seconds{60};
    options.reader     = how == "gumbo" ? forage::html_reader::gumbo : forage::html_reader::forage;

    totals all;
    const auto began = std::chrono::steady_clock::now();
    for (const auto& page : pages) {
        all.body += page.size();
        if (how == "tree") {
            read_as_tree(page, options, all);
        } else {
            read_as_page(page, options, all);
        }
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
    std::printf(
        "{\"pages_ok\":%zu,\"pages_failed\":%zu,\"bytes_body\":%zu,\"bytes_text\":%zu,\"links\":%zu,\"titles\":%zu,"
        "\"wall_s\":%.4f}\n",
        all.ok,
        all.failed,
        all.body,
        all.text,
        all.links,
        all.titles,
        wall.count()
    );
    return 0;
}
