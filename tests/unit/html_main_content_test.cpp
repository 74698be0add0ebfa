// What main content is: text, Markdown and extent; where it is found; and how reading falls back.
#include "support/prose.hpp"

#include <gtest/gtest.h>

namespace {

using namespace forage::testing;
using forage::extraction_extent;
using forage::extraction_mode;

TEST(html_main_content, is_a_part_of_the_text_and_all_of_the_markdown) {
    const auto page = read_page(
        "<nav><a href=/1>first</a> <a href=/2>second</a></nav><div>" + paragraphs("story", 4) +
        "<h2>Part</h2><ul><li>one, two<li>three</ul></div><footer>imprint</footer>"
    );
    EXPECT_EQ(page.extraction, extraction_extent::main);
    EXPECT_GT(page.extraction_confidence, 0.5);
    EXPECT_LE(page.extraction_confidence, 1.0);
    EXPECT_TRUE(page.main_text.starts_with("story.")) << page.main_text;
    EXPECT_TRUE(page.main_text.ends_with("\nPart\none, two\nthree")) << page.main_text;
    EXPECT_TRUE(has(page.text, "first second\nstory."));
    EXPECT_TRUE(page.text.ends_with("\nimprint"));
    EXPECT_TRUE(has(page.markdown, "## Part\n\n- one, two\n- three"));
    EXPECT_FALSE(has(page.markdown, "first") || has(page.markdown, "imprint")) << page.markdown;
    EXPECT_EQ(page.links.size(), 2U);
}

TEST(html_main_content, what_is_cut_out_of_a_line_leaves_a_space_and_out_of_blocks_a_break) {
    const auto page = read_page(
        "<div>" + paragraphs("a", 3) + "<p>one<span class=share-bar><a href=/s>now</a></span>two</p>three" +
        "<aside>between</aside>four<button>five</button></div>"
    );
    EXPECT_TRUE(page.main_text.ends_with("\none two\nthree\nfour")) << page.main_text;
    EXPECT_TRUE(has(page.markdown, "\n\nthree\n\nfour")) << page.markdown;
}

TEST(html_main_content, a_button_left_out_breaks_the_markdown_where_it_breaks_the_text) {
    EXPECT_EQ(read_page("one<button></button>two").markdown, "onetwo");
    EXPECT_EQ(read_page("one<button></button>two").main_text, "onetwo");
    EXPECT_EQ(read_page("one<button><select></select></button>two").markdown, "one\n\ntwo");
    EXPECT_EQ(read_page("one<button><select></select></button>two").main_text, "one\ntwo");
}

TEST(html_main_content, code_outside_of_it_is_in_no_markdown) {
    const auto page =
        read_page("<aside><pre>ls</pre></aside><div>" + paragraphs("a", 4) + "<pre>  cat x\n\n  y</pre></div>");
    EXPECT_EQ(page.code.size(), 2U);
    EXPECT_FALSE(has(page.markdown, "ls\n"));
    EXPECT_TRUE(has(page.markdown, "```\n  cat x\n\n  y\n```")) << page.markdown;
    EXPECT_TRUE(page.main_text.ends_with("  cat x\n\n  y"));
}

TEST(html_main_content, is_where_nearly_all_of_the_prose_is) {
    const auto page = read_page(
        "<div>tag line of the site</div><div><div>" + paragraphs("story", 6) + "</div><div>by the way</div></div>"
    );
    EXPECT_TRUE(has(page.main_text, "story."));
    EXPECT_FALSE(has(page.main_text, "tag line") || has(page.main_text, "by the way")) << page.main_text;
    const auto halves = read_page("<div>" + paragraphs("left", 3) + "</div><div>" + paragraphs("right", 3) + "</div>");
    EXPECT_TRUE(has(halves.main_text, "left.") && has(halves.main_text, "right."));
}

TEST(html_main_content, is_not_one_long_paragraph_alone) {
    std::string story = "story";
    for (int i = 0; i < 60; ++i) story += ", and on it goes";
    const auto page = read_page(
        "<nav><a href=/1>first</a></nav><div><h1>Starvation</h1><p>A checkpoint starves when a reader never "
        "ends.</p><p>" +
        story + ".</p></div>"
    );
    EXPECT_TRUE(has(page.main_text, "Starvation\nA checkpoint starves when a reader never ends.\nstory"))
        << page.main_text;
    EXPECT_FALSE(has(page.main_text, "first"));
}

TEST(html_main_content, an_article_outweighs_more_text_elsewhere) {
    for (const std::string begin : {"<article>", "<div class=article-body>", "<div itemprop=articleBody>"}) {
        const auto page = read_page("<div>" + paragraphs("other", 9) + "</div>" + begin + paragraphs("story", 3));
        EXPECT_TRUE(has(page.main_text, "story.")) << begin;
        EXPECT_FALSE(has(page.main_text, "other.")) << begin;
    }
}

TEST(html_main_content, so_does_main) {
    const auto page = read_page("<div>" + paragraphs("other", 9) + "</div><main>" + paragraphs("story", 3) + "</main>");
    EXPECT_TRUE(has(page.main_text, "story."));
    EXPECT_FALSE(has(page.main_text, "other."));
}

TEST(html_main_content, of_several_articles_it_is_the_one_with_the_title) {
    std::string html = "<article><h1>T</h1>" + paragraphs("story", 3) + "</article>";
    for (int i = 0; i < 3; ++i)
        html += "<article><h2><a href=/x>other page</a></h2>" + paragraph("other") + "</article>";
    const auto page = read_page(html);
    EXPECT_TRUE(has(page.main_text, "story."));
    EXPECT_FALSE(has(page.main_text, "other.")) << page.main_text;
}

TEST(html_main_content, a_lead_beside_the_body_belongs_to_it_but_a_subtitle_does_not) {
    const auto page = read_page(
        "<article><h1>T</h1><p>just a few words more</p><div>" + paragraph("lead") + "</div><div>" +
        paragraphs("story", 20) + "</div></article>"
    );
    EXPECT_TRUE(has(page.main_text, "lead.") && has(page.main_text, "story."));
    EXPECT_FALSE(has(page.main_text, "few words"));
}

TEST(html_main_content, lists_and_quotations_are_taken_as_a_whole) {
    std::string list;
    for (int i = 0; i < 2; ++i) list = "<ul><li>" + list + paragraphs("point", 2);
    EXPECT_TRUE(has(read_page(list).markdown, "- - point.")) << read_page(list).markdown;
    EXPECT_TRUE(read_page("<blockquote>" + paragraphs("said", 3)).markdown.starts_with("> said."));
}

TEST(html_main_content, script_by_script_prose_is_prose) {
    std::string chinese;
    for (int i = 0; i < 12; ++i) chinese += "\u8FD9\u662F\u4E00\u7BC7\u6587\u7AE0\uFF0C\u4E5F\u662F\u5185\u5BB9\u3002";
    const auto page = read_page("<meta charset=utf-8><div>\u83DC\u5355</div><div><p>" + chinese + "<p>" + chinese);
    EXPECT_EQ(page.extraction, extraction_extent::main);
    EXPECT_FALSE(has(page.main_text, "\u83DC\u5355"));
}

TEST(html_main_content, falls_back_to_what_is_surely_not_boilerplate_then_to_everything) {
    const auto partial = read_page("<nav><a href=/a>menu</a></nav>few<div>words</div>");
    EXPECT_EQ(partial.extraction, extraction_extent::partial);
    EXPECT_EQ(partial.main_text, "few\nwords");
    EXPECT_LE(partial.extraction_confidence, 0.5);
    const auto whole = read_page("<nav><a href=/a>menu</a></nav>");
    EXPECT_EQ(whole.extraction, extraction_extent::whole);
    EXPECT_EQ(whole.main_text, "menu");
    EXPECT_EQ(whole.main_text, whole.text);
    EXPECT_EQ(whole.markdown, "[menu](https://h/a)");
    EXPECT_EQ(whole.extraction_confidence, 0);
    EXPECT_EQ(read_page("").main_text, "");
}

TEST(html_main_content, modes_take_less_or_more) {
    const std::string html = "<article>" + paragraph("lead") + "<div>" + paragraphs("story", 8) +
                             "</div><figure><figcaption>caption</figcaption></figure>"
                             "<div class=author-box>about her</div></article>";
    const auto text = [&](extraction_mode mode) { return read_page(html, mode).main_text; };
    EXPECT_FALSE(has(text(extraction_mode::precision), "lead."));
    EXPECT_TRUE(has(text(extraction_mode::balanced), "lead."));
    EXPECT_FALSE(has(text(extraction_mode::balanced), "caption"));
    EXPECT_TRUE(has(text(extraction_mode::recall), "caption") && has(text(extraction_mode::recall), "about her"));
}

TEST(html_main_content, is_all_of_the_page_where_nothing_is_to_be_searched_for) {
    const auto page =
        read_page("<nav>menu</nav><article>" + paragraphs("story", 8) + "</article>", extraction_mode::whole);
    EXPECT_EQ(page.extraction, extraction_extent::whole);
    EXPECT_EQ(page.main_text, page.text);
    EXPECT_TRUE(page.text.starts_with("menu\nstory."));
    EXPECT_TRUE(page.markdown.starts_with("menu\n\nstory.")) << page.markdown;
}

TEST(html_main_content, of_plain_text_is_all_of_it) {
    const auto page = forage::read_plain_text("a\nb", {});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->main_text, "a\nb");
    EXPECT_EQ(page->extraction, extraction_extent::whole);
}

}  // namespace
