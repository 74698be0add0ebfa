// What a page says about itself, its links and its code.
#include "html/code_language.hpp"

#include <forage/html.hpp>

#include <gtest/gtest.h>

namespace {

forage::page_content
read(std::string_view html, std::string_view base = "https://example.com/a/b?q#f", std::string_view type = {}) {
    auto page = forage::read_html(html, {.base_url = base, .content_type = type});
    EXPECT_TRUE(page) << html;
    return page ? *std::move(page) : forage::page_content{};
}

std::vector<std::string> urls(std::string_view html, std::string_view base = "https://example.com/a/b?q#f") {
    std::vector<std::string> all;
    for (const auto& link : read(html, base).links) all.push_back(link.url);
    return all;
}

using strings = std::vector<std::string>;

TEST(html_page, title_is_the_first_one_that_is_not_a_tool_tip) {
    EXPECT_EQ(read("<title> A &amp;\n B </title><title>C</title>").title, "A & B");
    EXPECT_EQ(read("<body><svg><title>no</title></svg><title>yes</title>").title, "yes");
    EXPECT_EQ(read("<title> </title><title>second</title>").title, "second");
    EXPECT_EQ(read("<p>none").title, "");
    EXPECT_EQ(read("<title>\u202Eevil&#27;]0;x&#7;</title>").title, "evil]0;x");
}

TEST(html_page, language) {
    EXPECT_EQ(read("<html lang='de-AT'>").language, "de-AT");
    EXPECT_EQ(read("<html lang=en_US>").language, "en-US");
    EXPECT_EQ(read("<html><meta http-equiv=Content-Language content='fr, en'>").language, "fr");
    EXPECT_EQ(read("<html lang=en><meta http-equiv=Content-Language content=fr>").language, "en");
    EXPECT_EQ(read("<html lang='\"><script>'>").language, "");
}

TEST(html_page, description) {
    EXPECT_EQ(
        read("<meta property=og:description content=og><meta name=Description content=' a\n b '>").description, "a b"
    );
    EXPECT_EQ(read("<meta property=og:description content=og>").description, "og");
    EXPECT_EQ(read("<meta name=description content=''><meta name=description content=x>").description, "x");
}

TEST(html_page, canonical_url_is_resolved_against_the_base) {
    EXPECT_EQ(read("<link rel='shortlink CANONICAL' href=/c>").canonical, "https://example.com/c");
    EXPECT_EQ(read("<link rel=canonical href=c><base href=//other.org/d/>").canonical, "https://other.org/d/c");
    EXPECT_EQ(read("<link rel=canonical href='javascript:1'>").canonical, "");
}

TEST(html_page, charset_is_named) {
    EXPECT_EQ(read("caf\xE9", "", "text/html; charset=latin1").charset, "windows-1252");
    EXPECT_EQ(read("caf\xE9", "", "text/html; charset=latin1").text, "caf\u00E9");
}

TEST(html_page, links_are_absolute_and_in_order) {
    const auto page =
        read("<a href=' c '> x <b>y</b>\n</a><a href=/d rel='NoFollow ugc'><p>z</p></a><a href=/d>again</a>");
    ASSERT_EQ(page.links.size(), 3u);
    EXPECT_EQ(page.links[0].url, "https://example.com/a/c");
    EXPECT_EQ(page.links[0].text, "x y");
    EXPECT_EQ(page.links[1].rel, "NoFollow ugc");
    EXPECT_EQ(page.links[1].text, "z");
    EXPECT_EQ(page.links[2].text, "again");
}

TEST(html_page, only_http_links_count) {
    EXPECT_EQ(
        urls("<a href='javascript:x'>1</a><a href='data:text/html,x'>2</a><a href=mailto:a@b>3</a><a>4</a><a "
             "name=x>5</a>"
             "<a href=' JaVaScRiPt:x'>6</a><a href='ftp://h/'>7</a><a href='http://h/'>8</a>"),
        strings{"http://h/"}
    );
    EXPECT_EQ(urls("<a href=x>1</a><a href=https://h/>2</a>", ""), strings{"https://h/"});
    EXPECT_EQ(urls("<a href=x>1</a><a href=https://h/>2</a>", "nonsense"), strings{"https://h/"});
}

TEST(html_page, links_to_places_in_the_page) {
    EXPECT_EQ(
        urls("<a href=#x>1</a><a href='#a b'>2</a><a href=#>3</a>"),
        (strings{"https://example.com/a/b?q#x", "https://example.com/a/b?q#a%20b", "https://example.com/a/b?q#"})
    );
}

TEST(html_page, base_element) {
    EXPECT_EQ(urls("<base href=/x/y><base href=/z/><a href=1>a</a>"), strings{"https://example.com/x/1"});
    EXPECT_EQ(urls("<base href='javascript:x'><a href=1>a</a>"), strings{"https://example.com/a/1"});
    EXPECT_EQ(urls("<a href=1>a</a><base href=/z/>"), strings{"https://example.com/z/1"}) << "it counts for all";
    EXPECT_EQ(urls("<div hidden><base href=/z/></div><a href=1>a</a>"), strings{"https://example.com/z/1"});
    EXPECT_EQ(urls("<template><base href=/z/></template><a href=1>a</a>"), strings{"https://example.com/a/1"});
}

TEST(html_page, image_maps_and_hidden_links) {
    const auto page =
        read("<map><area href=/m alt=' the map '></map><a hidden href=/h>h</a><template><a href=/t></template>");
    ASSERT_EQ(page.links.size(), 1u);
    EXPECT_EQ(page.links[0].text, "the map");
}

TEST(html_page, a_link_inside_a_link_ends_each_in_turn) {
    const auto page = read("<a href=/1>a<object><a href=/2>b</a></object>c</a>");
    ASSERT_EQ(page.links.size(), 2u);
    EXPECT_EQ(page.links[0].text, "abc");
    EXPECT_EQ(page.links[1].text, "b");
}

TEST(html_page, code_blocks_are_verbatim) {
    const auto page = read("<pre>\n\n if (a &lt; b)\n\t<b>x</b>;\n</pre><p><code>inline</code><pre> \n </pre>");
    ASSERT_EQ(page.code.size(), 1u);
    EXPECT_EQ(page.code[0].text, "\n if (a < b)\n\tx;\n");
    EXPECT_EQ(page.code[0].language, "");
    EXPECT_TRUE(forage::read_html("<pre>x</pre>", {.code = false})->code.empty());
}

TEST(html_page, code_language) {
    for (const std::string_view html : {
             "<pre class='x language-CPP y'>c</pre>",
             "<pre><code class=lang-cpp>c</code></pre>",
             "<pre class='brush: cpp; toolbar: false'>c</pre>",
             "<pre class='brush:cpp'>c</pre>",
             "<div class='sourceCode'><pre class='sourceCode cpp'>c</pre></div>",
             "<div class='highlight-cpp notranslate'><div class=highlight><pre>c</pre></div></div>",
             "<div class='highlight highlight-source-cpp'><pre>c</pre></div>",
             "<pre data-lang=cpp>c</pre>",
             "<pre><code class=hljs data-language=' cpp '>c</code></pre>",
             "<div data-lang=cpp><pre>c</pre></div>",
             "<pre><code class='hljs cpp'>c</code></pre>",
         }) {
        const auto page = read(html);
        ASSERT_EQ(page.code.size(), 1u) << html;
        EXPECT_EQ(page.code[0].language, "cpp") << html;
        EXPECT_EQ(page.markdown, "```cpp\nc\n```") << html;
    }
}

TEST(html_page, code_language_that_is_none) {
    for (const std::string_view html : {
             "<body class=lang-en><pre>c</pre>",
             "<pre class='highlight-none language-'>c</pre>",
             "<pre class='language-a`b'>c</pre>",
             "<div class=language-cpp><div><div><pre>c</pre></div></div></div>",
         }) {
        EXPECT_EQ(read(html).code.at(0).language, "") << html;
    }
    EXPECT_EQ(forage::detail::language_from_classes(std::string(100, 'x') + " language-" + std::string(40, 'y')), "");
}

TEST(html_page, headings_in_code_are_none) {
    const auto page = read("<h2>A</h2><pre><span>1</span>a\n<span>2</span>b\n<h1><span>3</span>Über</h1></pre>");
    ASSERT_EQ(page.metadata.headings.size(), 1);
    EXPECT_EQ(page.metadata.headings[0].text, "A");
    EXPECT_EQ(read("<pre><span>1000</span>\n<span>1001</span>\n<h1><span>1002</span>x</h1></pre>").code.size(), 1);
}

TEST(html_page, a_list_of_numbers_is_code) {
    const auto page = read("<pre><span>1</span>\n<span>2</span>\n<span>3</span></pre>");
    ASSERT_EQ(page.code.size(), 1);
    EXPECT_EQ(page.code[0].text, "1\n2\n3");
}

}  // namespace
