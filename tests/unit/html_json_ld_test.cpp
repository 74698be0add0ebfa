// Which of the objects of a page's JSON-LD is the page, and what is read of it.
#include "html/json_ld.hpp"

#include <forage/html.hpp>

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace {

using namespace forage::detail;

json_ld_facts read(const std::vector<std::string_view>& scripts) {
    const forage::read_options options;
    read_budget budget{options};
    return read_json_ld(scripts, budget);
}

std::string authors(const json_ld_facts& facts) {
    std::string all;
    for (const auto& each : facts.authors) all += each.name + (each.is_organization ? "*;" : ";");
    return all;
}

TEST(html_json_ld, an_article) {
    const auto facts = read({R"({"@context":"https://schema.org","@type":"NewsArticle","headline":"A &amp; B",
        "author":[{"@type":"Person","name":"Jane Roe"},"John Doe",{"@type":"Organization","name":"Org"}],
        "datePublished":"2023-05-17","dateModified":"2023-05-18","image":["https://h/1.png","https://h/2.png"],
        "publisher":{"@type":"Organization","name":"News"},"license":"https://h/l","keywords":["x","y"]})"});
    EXPECT_EQ(facts.headline, "A & B");
    EXPECT_EQ(authors(facts), "Jane Roe;John Doe;Org*;");
    EXPECT_EQ(facts.published, "2023-05-17");
    EXPECT_EQ(facts.modified, "2023-05-18");
    EXPECT_EQ(facts.image, "https://h/1.png");
    EXPECT_EQ(facts.publisher, "News");
    EXPECT_EQ(facts.licence, "https://h/l");
    EXPECT_EQ(facts.type, "NewsArticle");
    EXPECT_EQ(facts.keywords, (std::vector<std::string>{"x", "y"}));
    EXPECT_TRUE(facts.is_article);
}

TEST(html_json_ld, a_graph_with_references) {
    const auto facts = read({R"({"@graph":[{"@type":"WebSite","@id":"#s","name":"Site"},
        {"@type":"WebPage","name":"Page - Site","datePublished":"2023-05-17"},
        {"@type":["Thing","BlogPosting"],"headline":"Post","author":{"@id":"#p"}},
        {"@type":"Person","@id":"#p","name":"Jane Roe","image":{"@type":"ImageObject","url":"x"}}]})"});
    EXPECT_EQ(facts.headline, "Post");
    EXPECT_EQ(authors(facts), "Jane Roe;");
    EXPECT_EQ(facts.published, "2023-05-17");
    EXPECT_EQ(facts.site_name, "Site");
    EXPECT_EQ(facts.type, "BlogPosting");
}

TEST(html_json_ld, what_is_not_the_page) {
    const auto facts = read({
        R"({"@type":"BreadcrumbList","itemListElement":[{"@type":"Article","headline":"no"}]})",
        R"({"@type":"Organization","name":"no","founder":{"@type":"Person","name":"no"}})",
        R"({"@type":"WebPage","comment":[{"@type":"Article","headline":"no"}],"hasPart":{"@type":"Article","headline":"no"}})",
    });
    EXPECT_EQ(facts.headline, "");
    EXPECT_EQ(authors(facts), "");
    EXPECT_FALSE(facts.is_work);
    EXPECT_FALSE(facts.is_article);
}

TEST(html_json_ld, nothing_to_read) {
    EXPECT_EQ(read({}).type, "");
    EXPECT_EQ(read({"", "null", "\"Article\"", "[[[[", "{\"@type\":[]}"}).type, "");
}

TEST(html_json_ld, strings_are_bounded) {
    const auto script = R"({"@type":"Article","headline":")" + std::string(100'000, 'x') + "\"}";
    EXPECT_EQ(read({script}).headline.size(), json_ld_facts::longest);
}

TEST(html_json_ld, null_is_no_text) {
    const auto facts = read({R"({"@type":"Article","image":null,"headline":null,"publisher":{"name":false}})"});
    EXPECT_EQ(facts.image + facts.headline + facts.publisher, "");
}

TEST(html_json_ld, what_stands_beside_an_article_does_not_date_it) {
    const auto facts = read({R"([{"@type":"Article","headline":"A"},
        {"@type":"VideoObject","uploadDate":"2015-01-01","author":"Filmer"}])"});
    EXPECT_EQ(facts.published + authors(facts), "");
    EXPECT_EQ(read({R"([{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"Why?"}]}])"}).headline, "");
}

}  // namespace
