// The small readers under the result pages: entities, tags, forms, folding.
#include "search/bing_redirect.hpp"
#include "search/duckduckgo_region.hpp"
#include "search/entities.hpp"
#include "search/form.hpp"
#include "search/plain_text.hpp"
#include "search/tag_scanner.hpp"

#include <gtest/gtest.h>
#include <random>
#include <string>

namespace forage::detail {
namespace {

// "<name|attributes>", "</name>" and text, one after the other.
std::string scanned(std::string_view page) {
    tag_scanner scanner{page};
    std::string out;
    for (auto token = scanner.next(); token.what != page_token::kind::end_of_page; token = scanner.next()) {
        if (token.what == page_token::kind::text) out += token.text;
        if (token.what == page_token::kind::start_tag) out += "<" + token.name + ">";
        if (token.what == page_token::kind::end_tag) out += "</" + token.name + ">";
    }
    return out;
}

page_token first_tag(std::string_view page) {
    tag_scanner scanner{page};
    auto token = scanner.next();
    while (token.what == page_token::kind::text) token = scanner.next();
    return token;
}

TEST(entities, named_and_numeric) {
    EXPECT_EQ(decode_entities("a &amp; b &lt;&gt; &quot;&apos;&#39;&#x27;"), "a & b <> \"'''");
    EXPECT_EQ(decode_entities("&eacute;&Uuml;&nbsp;&hellip;&mdash;"), "\u00e9\u00dc\u00a0\u2026\u2014");
    EXPECT_EQ(decode_entities("&#8364;&#x1F600;"), "\u20ac\U0001F600");
}

TEST(entities, what_is_none_stays) {
    for (const auto* text : {"&", "&&", "&;", "&#;", "&#x;", "&unknown;", "a&copy=2", "&amp", "&#12a;", "& amp;"})
        EXPECT_EQ(decode_entities(text), text);
}

TEST(entities, impossible_numbers_become_replacements) {
    EXPECT_EQ(decode_entities("&#0;&#xD800;&#x110000;&#99999999;"), "\ufffd\ufffd\ufffd\ufffd");
    EXPECT_EQ(decode_entities("&#128;&#x93;"), "\u20ac\u201c") << "windows-1252";
}

TEST(entities, are_decoded_once) { EXPECT_EQ(decode_entities("&amp;lt;"), "&lt;"); }

TEST(tag_scanner, tags_and_texts) {
    EXPECT_EQ(scanned("<!DOCTYPE html><p>a<B Class=x>b</b></p >c"), "<p>a<b>b</b></p>c");
    EXPECT_EQ(scanned("a<br/>b<br />c"), "a<br>b<br>c");
}

TEST(tag_scanner, passes_over_comments_and_scripts) {
    EXPECT_EQ(
        scanned("a<!-- <p> -->b<!-->c<script>if (a<b) '<p>'</script>d<style>p>a{}</STYLE>e"),
        "abc<script></script>d<style></style>e"
    );
    EXPECT_EQ(scanned("a<?xml version='1'?>b</ >c<!x>d"), "abcd");
}

TEST(tag_scanner, a_page_may_end_anywhere) {
    const std::string page = "<!-- c --><a class='x y' href=\"?a=1&amp;b\" data-z>t</a><script>s</script><b x=y>";
    for (std::size_t size = 0; size <= page.size(); ++size) EXPECT_LE(scanned(page.substr(0, size)).size(), 60u);
    EXPECT_EQ(scanned("a < b <3 <"), "a < b <3 <");
    EXPECT_EQ(scanned("<a href='x"), "");
}

TEST(tag_scanner, attributes_in_any_quoting) {
    const auto tag = first_tag("<A one=1 Two='2 &gt; 1' three = \"3>\"four=4/5 five six=>");
    EXPECT_EQ(tag.name, "a");
    EXPECT_EQ(tag.attribute("one"), "1");
    EXPECT_EQ(tag.attribute("two"), "2 > 1");
    EXPECT_EQ(tag.attribute("three"), "3>");
    EXPECT_EQ(tag.attribute("four"), "4/5");
    EXPECT_EQ(tag.attribute("five"), "");
    EXPECT_EQ(tag.attribute("six"), "");
    EXPECT_EQ(tag.attribute("seven"), "");
}

TEST(tag_scanner, the_first_of_two_attributes_counts) { EXPECT_EQ(first_tag("<a x=1 x=2>").attribute("x"), "1"); }

TEST(tag_scanner, classes_are_words) {
    const auto tag = first_tag("<div class=' result\n result--ad\tx '>");
    EXPECT_TRUE(tag.has_class("result"));
    EXPECT_TRUE(tag.has_class("result--ad"));
    EXPECT_FALSE(tag.has_class("result-"));
    EXPECT_TRUE(tag.has_class_with_prefix("result-"));
    EXPECT_FALSE(first_tag("<div>").has_class("x"));
}

// Bytes from a fixed seed that like to be markup: it must end, and only a sanitizer can object to how.
TEST(tag_scanner, ends_for_any_bytes) {
    constexpr std::string_view pieces[] = {
        "<", ">", "</", "<!--", "-->", "\"", "'", "=", " ", "a", "script", "&#x", ";", "\xff", "\0"
    };
    std::mt19937 random{7};
    for (int round = 0; round < 2000; ++round) {
        std::string page;
        for (int i = 0; i < 40; ++i) page += pieces[random() % std::size(pieces)];
        tag_scanner scanner{page};
        int tokens = 0;
        for (auto token = scanner.next(); token.what != page_token::kind::end_of_page; token = scanner.next()) {
            (void)token.attribute("a");
            ASSERT_LE(++tokens, 400);
        }
    }
}

TEST(form, decodes_once_with_plus_as_space) {
    EXPECT_EQ(form_decode("a+b%20c%2Bd%25E2"), "a b c+d%E2");
    EXPECT_EQ(form_decode("100%&%zz%4"), "100%&%zz%4");
    EXPECT_EQ(form_value("?a=1&uddg=https%3A%2F%2Fx%2F&b", "uddg"), "https://x/");
    EXPECT_EQ(form_value("a=1&b", "b"), "");
    EXPECT_EQ(form_value("a=1", "c"), std::nullopt);
}

TEST(form, round_trip) {
    std::string text;
    append_field(text, "q", "a&b=c d+\u00e9");
    append_field(text, "empty", "");
    EXPECT_EQ(parse_form(text), (form_fields{{"q", "a&b=c d+\u00e9"}, {"empty", ""}}));
}

TEST(plain_text, folds_every_kind_of_white_space) {
    EXPECT_EQ(fold_text("  a \n\t b\u00a0\u2003c\u3000 "), "a b c");
    EXPECT_EQ(fold_text("\x1b[31mred\x07\u202e\u200b"), "[31mred");
    EXPECT_EQ(fold_text("x\xff"), "x\ufffd");
    EXPECT_EQ(fold_text(" \n"), "");
    EXPECT_LE(fold_text(std::string(100'000, 'x')).size(), 4004u);
}

TEST(plain_text, bings_marks_go_and_other_tags_stay) {
    EXPECT_EQ(fold_marked_text("\ue000Bing\ue001 <b>hit</b> and <i>"), "Bing hit and <i>");
    EXPECT_EQ(fold_marked_text("a\ue019\ue01a"), "a\ue01a");
}

TEST(bing_redirect, both_forms) {
    EXPECT_EQ(
        unwrap_bing_redirect("https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly9leGFtcGxlLmNvbS9hP2I9Yw&ntb=1"),
        "https://example.com/a?b=c"
    );
    EXPECT_EQ(
        unwrap_bing_redirect("http://www.bing.com/cr?IG=1&r=http%3a%2f%2fexample.com%2fx&p=DevEx"),
        "http://example.com/x"
    );
}

TEST(bing_redirect, others_stay) {
    for (const auto* link :
         {"https://example.com/ck/a?u=a1aHR0cA",
          "https://www.bing.com/search?q=x",
          "https://www.bing.com/ck/a?u=a1!!!!",
          "https://www.bing.com/ck/a?u=a1amF2YXNjcmlwdDphbGVydCgxKQ",
          "https://www.bing.com/cr?p=1",
          "not a URL"})
        EXPECT_EQ(unwrap_bing_redirect(link), link);
}

TEST(duckduckgo_region, from_language_and_region) {
    EXPECT_EQ(duckduckgo_region("en", "GB"), "uk-en");
    EXPECT_EQ(duckduckgo_region("de", ""), "de-de");
    EXPECT_EQ(duckduckgo_region("ja", "JP"), "jp-jp");
    EXPECT_EQ(duckduckgo_region("zh", "TW"), "tw-tzh");
    EXPECT_EQ(duckduckgo_region("de", "XX"), "de-de") << "the language alone";
    EXPECT_EQ(duckduckgo_region("xx", ""), "");
    EXPECT_EQ(duckduckgo_region("", ""), "");
}

}  // namespace
}  // namespace forage::detail
