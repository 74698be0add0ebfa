// The deepest level of a tree: what may not be opened there does not take the rest of the page along.
#include "html/parse.hpp"
#include "support/tree_faults.hpp"
#include "support/tree_text.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace {

namespace dom = forage::detail::dom;

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

/// The printed tree, without its levels.
std::string flat_tree(const std::string& html) {
    forage::detail::read_budget budget{{}};
    const auto document = dom::parse(html, budget);
    if (!document) return "no tree";
    if (const auto fault = forage::testing::tree_faults{*document}.find()) return *fault;
    std::string flat;
    bool is_indent = false;
    for (const char c : forage::testing::tree_text(*document)) {
        if (c == '|') is_indent = true;
        if (c != ' ' && c != '|') is_indent = false;
        if (!is_indent) flat += c;
    }
    return flat;
}

TEST(html_depth, tables_that_do_not_fit_leave_the_page_whole) {
    for (const std::string_view part : {
             "<table><tr><td>a</td></tr></table>",
             "<table><tbody><tr><th>a</tr></tbody></table>",
             "<table><caption>a</caption></table>",
             "<table><colgroup><col></colgroup></table>",
             "<table><col></table>",
             "<table><td>a<table><td>b</table></table>",
             "<template><tr><td>a</td></tr></template>",
         }) {
        for (int depth = 500; depth < 515; ++depth) {
            const auto html = repeated("<div>", depth) + std::string{part} + repeated("</div>", depth) + "<p>end</p>";
            const auto flat = flat_tree(html);
            EXPECT_TRUE(flat.starts_with("<html>\n<head>\n<body>\n")) << depth << ' ' << part;
            EXPECT_TRUE(flat.ends_with("<p>\n\"end\"")) << depth << ' ' << part << '\n' << flat;
        }
    }
}

TEST(html_depth, a_table_in_templates_that_does_not_fit_leaves_the_body) {
    for (int depth = 500; depth < 512; ++depth) {
        const auto flat = flat_tree(repeated("<template>", depth) + "<d><v><table><th>x</tr>");
        EXPECT_NE(flat.find("\n<body>"), std::string::npos) << depth;
    }
}

TEST(html_depth, elements_go_down_to_level_512_and_text_to_513) {
    forage::detail::read_budget budget{{}};
    const auto html     = repeated("<div>", 600) + "<title>x</title>";
    const auto document = dom::parse(html, budget);
    ASSERT_TRUE(document);
    int deepest = 0;
    for (dom::node_id n = 2; n < document->size(); ++n) {
        int levels = 0;
        for (auto up = n; up != dom::tree::document; up = (*document)[up].parent) ++levels;
        deepest = std::max(deepest, levels);
    }
    EXPECT_EQ(deepest, 513);
}

// The text of a document may move in memory while it grows.
TEST(html_depth, white_space_of_text_that_was_rewritten_is_kept_in_framesets) {
    std::string text, spaces;
    for (int i = 0; i < 2'000; ++i) {
        text += " x\n&amp;";
        spaces += " \n";
    }
    EXPECT_EQ(
        flat_tree("<frameset>" + text), "<html>\n<head>\n<frameset>\n\"" + spaces.substr(0, 1) + spaces.substr(1) + '"'
    );
}

}  // namespace
