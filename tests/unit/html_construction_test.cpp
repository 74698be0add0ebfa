// Rules of tree construction that few pages and no common test data come to.
#include "html/parse.hpp"
#include "support/tree_text.hpp"

#include <forage/document.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace {

namespace dom = forage::detail::dom;

std::string tree_of(std::string_view html) {
    forage::detail::read_budget budget{{}};
    const auto document = dom::parse(html, budget);
    return document ? forage::testing::tree_text(*document) : "no tree";
}

// HTML standard, §13.2.6.4.11: only the end tag of the table ends its caption.
TEST(html_construction, a_table_may_stand_in_a_caption) {
    const auto page =
        forage::parse_document("<!doctype html><table><caption>a<table><tr><td>b</table>c</caption><tr><td>d</table>");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->select("body > table").value().size(), 1U);
    EXPECT_EQ(page->select_first("caption").value().text_content(), "abc");
    EXPECT_EQ(page->select_first("body > table > tbody").value().text_content(), "d");
}

// §13.2.6.4.23: white space after all goes by the rules of the body.
TEST(html_construction, white_space_after_a_frameset_brings_formatting_back) {
    EXPECT_EQ(
        tree_of("<b><frameset></frameset></html> "),
        "| <html>\n"
        "|   <head>\n"
        "|   <frameset>\n"
        "|   <b>\n"
        "|     \" \""
    );
}

TEST(html_construction, an_element_keeps_its_first_attributes) {
    std::string html = "<p";
    for (std::uint32_t i = 0; i < 2 * dom::most_attributes; ++i) html += " a" + std::to_string(i);
    const auto page = forage::parse_document(html + " id=late>text");
    ASSERT_TRUE(page);
    const auto p = page->select_first("p").value();
    EXPECT_EQ(p.attributes().size(), dom::most_attributes);
    EXPECT_EQ(p.attributes().back().name, "a" + std::to_string(dom::most_attributes - 1));
    EXPECT_EQ(p.text_content(), "text");
}

// §4.2.3: the first base element counts, even if it is no URL.
TEST(html_construction, a_base_that_is_no_url_leaves_the_documents_own) {
    const auto page =
        forage::parse_document("<base href='http://['><base href=/x/><a href=p>", {.base_url = "http://h.example/d/"});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->base_url(), "http://h.example/d/");
    EXPECT_EQ(page->links().value().at(0).url, "http://h.example/d/p");
}

}  // namespace
