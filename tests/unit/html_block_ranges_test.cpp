// Blocks of Markdown know where they come from, and under which heading they stand.
#include <forage/html.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace forage {
namespace {

struct read_page {
    std::string source;
    page_content page;

    explicit read_page(std::string html) : source{std::move(html)} {
        auto read = read_html(source, {.mode = extraction_mode::whole});
        EXPECT_TRUE(read) << source;
        if (read) page = *std::move(read);
    }
    std::string_view markdown(std::size_t i) const {
        const auto& b = page.blocks.at(i);
        return std::string_view{page.markdown}.substr(b.begin, b.end - b.begin);
    }
    std::string_view from(std::size_t i) const {
        const auto& b = page.blocks.at(i);
        return std::string_view{source}.substr(b.source_begin, b.source_end - b.source_begin);
    }
};

TEST(html_block_ranges, each_block_has_its_text_and_its_source) {
    const read_page read{
        "<h1>One</h1>\n<p>Some <b>bold</b> text.</p><p>More &amp; more</p>\n<ul><li>a</li><li>b</li></ul>"
        "<pre>int x;\n\nint y;</pre><blockquote><p>said</p></blockquote>"
    };
    ASSERT_EQ(read.page.blocks.size(), 6);
    EXPECT_EQ(read.markdown(0), "# One");
    EXPECT_EQ(read.from(0), "One</h1>");
    EXPECT_EQ(read.markdown(1), "Some **bold** text.");
    EXPECT_EQ(read.from(1), "Some <b>bold</b> text.</p>");
    EXPECT_EQ(read.markdown(2), "More & more");
    EXPECT_EQ(read.from(2), "More &amp; more</p>");
    EXPECT_EQ(read.markdown(3), "- a\n- b");
    EXPECT_EQ(read.from(3), "a</li><li>b</li></ul>");
    EXPECT_EQ(read.markdown(4), "```\nint x;\n\nint y;\n```");
    EXPECT_EQ(read.from(4), "int x;\n\nint y;</pre>");
    EXPECT_EQ(read.markdown(5), "> said");
    EXPECT_EQ(read.from(5), "said</p></blockquote>");
}

TEST(html_block_ranges, code_in_a_line_is_part_of_its_block) {
    const read_page read{"<p>a</p><p><code>f()</code> is called</p><p><code>g()</code></p>z"};
    ASSERT_EQ(read.page.blocks.size(), 4);
    EXPECT_EQ(read.from(1), "f()</code> is called</p>");
    EXPECT_EQ(read.from(2), "g()</code></p>");
    EXPECT_EQ(read.markdown(3), "z");
}

TEST(html_block_ranges, text_out_of_a_table_has_a_place) {
    const read_page read{"<table><tr><td>a</td></tr>foster</table>"};
    for (std::size_t i = 0; i < read.page.blocks.size(); ++i) {
        const auto& each = read.page.blocks[i];
        EXPECT_LT(each.source_begin, each.source_end) << read.markdown(i);
    }
}

TEST(html_block_ranges, headings_make_a_path) {
    const read_page read{"<p>a<h1>1</h1><p>b<h2>1.1</h2><p>c<h3>1.1.1</h3><h2>1.2</h2><p>d<h1>2</h1><p>e"};
    std::vector<std::uint32_t> under;
    std::vector<int> levels;
    for (const auto& each : read.page.blocks) {
        under.push_back(each.heading);
        levels.push_back(each.level);
    }
    EXPECT_EQ(levels, (std::vector<int>{0, 1, 0, 2, 0, 3, 2, 0, 1, 0}));
    EXPECT_EQ(under, (std::vector<std::uint32_t>{no_block, no_block, 1, 1, 3, 3, 1, 6, no_block, 8}));
}

TEST(html_block_ranges, hashes_are_of_words) {
    EXPECT_EQ(hash_of_words(""), 0xCBF2'9CE4'8422'2325u);
    EXPECT_EQ(hash_of_words("a"), 0xAF63'DC4C'8601'EC8Cu);  // RFC 9923's test vectors
    EXPECT_EQ(hash_of_words("foobar"), 0x8594'4171'F739'67E8u);
    EXPECT_EQ(hash_of_words("# **foo**\n> bar!"), hash_of_words("foobar"));
    EXPECT_NE(hash_of_words("Stra\u00DFe"), hash_of_words("Strae"));
}

TEST(html_block_ranges, plain_text_is_one_block) {
    const auto page = read_plain_text("one\n\ntwo", {});
    ASSERT_TRUE(page);
    ASSERT_EQ(page->blocks.size(), 1);
    EXPECT_EQ(page->blocks[0].source_begin, 0);
    EXPECT_EQ(page->blocks[0].source_end, 8);
    EXPECT_EQ(page->blocks[0].end, page->markdown.size());
}

TEST(html_block_ranges, without_markdown_there_are_none) {
    const auto page = read_html("<p>a", {.markdown = false});
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->blocks.empty());
}

}  // namespace
}  // namespace forage
