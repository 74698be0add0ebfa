// Main content of forums, listings and products, and of pages that hide it until a script comes.
#include "support/prose.hpp"

#include <gtest/gtest.h>

namespace {

using namespace forage::testing;
using forage::extraction_extent;

std::string json_ld(std::string_view type) {
    return "<script type=application/ld+json>{\"@type\" : \"" + std::string{type} + "\"}</script>";
}

TEST(html_page_kind, what_readers_write_is_the_content_of_a_forum) {
    const auto thread = "<div>" + paragraphs("question", 3) + "</div><div class=comments>" + paragraphs("answer", 9);
    EXPECT_FALSE(has(read_page(thread).main_text, "answer."));
    for (const std::string type : {"QAPage", "DiscussionForumPosting"}) {
        const auto text = read_page(json_ld(type) + thread).main_text;
        EXPECT_TRUE(has(text, "question.") && has(text, "answer.")) << type;
    }
    EXPECT_TRUE(has(read_page("<div class=comments>" + paragraphs("answer", 9)).main_text, "answer."));
}

TEST(html_page_kind, a_forum_is_known_by_its_posts) {
    std::string posts;
    for (int i = 0; i < 4; ++i) {
        posts += "<div class=post itemprop=comment><b class=post-meta>who" + std::to_string(i) +
                 "</b><div class=post-body>" + paragraph("post" + std::to_string(i)) + "</div></div>";
    }
    const auto text = read_page(posts).main_text;
    for (const auto* wanted : {"post0.", "post3.", "who0", "who3"}) EXPECT_TRUE(has(text, wanted)) << text;
}

std::string cards(int count, std::string_view title) {
    std::string all;
    for (int i = 0; i < count; ++i) {
        all += "<li class='card c" + std::to_string(i) + "'><img src=i><a href=/x>" + std::string{title} + " number " +
               std::to_string(i) + "</a><b>12.50</b></li>";
    }
    return all;
}

TEST(html_page_kind, the_items_are_the_content_of_a_listing) {
    const auto page =
        read_page("<div>" + paragraph("about us") + "</div><div><ul>" + cards(100, "a thing to buy") + "</ul></div>");
    EXPECT_TRUE(has(page.main_text, "thing to buy number 0") && has(page.main_text, "number 99"));
    EXPECT_TRUE(has(page.main_text, "12.50"));
    EXPECT_FALSE(has(page.main_text, "about us")) << page.main_text;
}

TEST(html_page_kind, the_same_items_are_none_of_an_article) {
    const auto text =
        read_page("<article>" + paragraphs("story", 4) + "<ul>" + cards(30, "related") + "</ul></article>").main_text;
    EXPECT_TRUE(has(text, "story."));
    EXPECT_FALSE(has(text, "related number"));
}

TEST(html_page_kind, a_menu_is_no_listing) {
    std::string menu;
    for (int i = 0; i < 40; ++i) menu += "<li><a href=/x>an entry of the menu</a>";
    const auto page = read_page("<div><ul>" + menu + "</ul></div><div>" + paragraphs("story", 3) + "</div>");
    EXPECT_TRUE(has(page.main_text, "story."));
    EXPECT_FALSE(has(page.main_text, "entry of"));
}

TEST(html_page_kind, a_page_that_says_it_is_an_article_or_a_product_is_no_listing) {
    const auto html =
        "<div>" + paragraphs("story", 3) + "</div><div><ul>" + cards(30, "a thing to buy") + "</ul></div>";
    EXPECT_TRUE(has(read_page(html).main_text, "thing to buy"));
    for (const auto& sign :
         {json_ld("NewsArticle"), json_ld("Product"), std::string{"<meta property=og:type content=article>"}}) {
        const auto text = read_page(sign + html).main_text;
        EXPECT_TRUE(has(text, "story.")) << sign;
        EXPECT_FALSE(has(text, "thing to buy")) << sign;
    }
}

TEST(html_page_kind, reviews_are_none_of_a_product) {
    const auto html =
        "<main>" + paragraphs("made of wool", 4) + "<div class=reviews>" + paragraphs("liked it", 2) + "</div></main>";
    EXPECT_TRUE(has(read_page(html).main_text, "liked it."));
    EXPECT_FALSE(has(read_page(json_ld("Product") + html).main_text, "liked it."));
    EXPECT_FALSE(has(read_page("<meta property=og:type content=product>" + html).main_text, "liked it."));
}

TEST(html_veiled_content, is_shown_where_nothing_else_is) {
    for (const std::string veil :
         {"<div hidden id=S:0>", "<div style='visibility:hidden'>", "<noscript>", "<div style=display:none>"}) {
        const auto page = read_page("<p>Loading</p>" + veil + "<div>" + paragraphs("story", 6) + "</div>");
        EXPECT_TRUE(has(page.main_text, "story.")) << veil;
        EXPECT_TRUE(has(page.text, "story.")) << veil;
        EXPECT_EQ(page.extraction, extraction_extent::main) << veil;
    }
}

TEST(html_veiled_content, stays_hidden_beside_text_that_is_shown) {
    const auto page =
        read_page("<div>" + paragraphs("story", 4) + "</div><div hidden>" + paragraphs("secret", 40) + "</div>");
    EXPECT_FALSE(has(page.text, "secret.") || has(page.markdown, "secret.") || has(page.main_text, "secret."));
    const auto little = read_page("<p>Loading</p><div hidden>" + paragraph("secret") + "</div>");
    EXPECT_FALSE(has(little.text, "secret."));
    const auto scattered =
        read_page("<div hidden>" + paragraphs("a", 5) + "</div><div hidden>" + paragraphs("b", 5) + "</div>x");
    EXPECT_EQ(scattered.text, "x");
}

}  // namespace
