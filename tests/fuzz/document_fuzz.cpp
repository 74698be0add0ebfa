// libFuzzer target for documents and selectors: the ways between nodes agree, a selector finds exactly the nodes it
// matches, texts are valid UTF-8 and no longer than the page accounts for, and reading gives what read_html gives.
// The input's first line is the selector, the rest the page.
#include "fuzz/require.hpp"
#include "text/utf8.hpp"

#include <forage/document.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace {

using forage::node;

using forage::fuzz::require;

/// How many nodes there are below the root.
std::size_t check_tree(const forage::document& doc) {
    std::size_t nodes = 0;
    for (const auto n : doc.root().descendants()) {
        ++nodes;
        require(n.source_offset() <= doc.source().size(), "a node begins beyond the source");
        require(
            n.parent() && (n.parent().first_child() == n || n.previous_sibling().next_sibling() == n), "lost before"
        );
        require(n.parent().last_child() == n || n.next_sibling().previous_sibling() == n, "lost behind");
        require(!n.is_element() || !n.name().empty(), "an element without a name");
        for (const auto& [name, value] : n.attributes()) require(n.attribute(name) == value, "another attribute");
    }
    return nodes;
}

void check_text(const forage::document& doc, std::size_t nodes) {
    const auto all = doc.root().text_content(), seen = doc.root().inner_text();
    require(forage::detail::is_valid_utf8(all) && forage::detail::is_valid_utf8(seen), "text that is not UTF-8");
    require(seen.size() <= all.size() + 4 * nodes, "more visible text than there is text");
}

void check_selector(const forage::document& doc, std::string_view css) {
    const auto wanted = forage::selector::parse(css);
    if (!wanted) return require(wanted.error().code == forage::errc::bad_argument, "another error");
    std::vector<node> expected;
    for (const auto n : doc.root().descendants()) {
        if (wanted->matches(n)) expected.push_back(n);
    }
    require(doc.select(*wanted) == expected, "select and matches disagree");
    require(doc.select_first(*wanted) == (expected.empty() ? node{} : expected.front()), "not the first");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const auto line = input.find('\n');
    const auto css = input.substr(0, line), html = input.substr(line == input.npos ? size : line + 1);

    const forage::read_options options{.base_url = "http://a.example/b", .max_memory = 16 << 20};
    const auto doc = forage::parse_document(html, options);
    if (!doc) return 0;
    check_text(*doc, check_tree(*doc));
    check_selector(*doc, css);
    const auto page = doc->read(), expected = forage::read_html(html, options);
    if (page && expected) {
        require(page->text == expected->text && page->markdown == expected->markdown, "reads as another page");
    }
    return 0;
}
