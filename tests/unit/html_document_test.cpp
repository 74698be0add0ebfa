// The document as agents see it: its tree, its parts, and what is asked of it as a whole.
#include <forage/document.hpp>

#include <algorithm>
#include <atomic>
#include <gtest/gtest.h>
#include <iterator>
#include <ranges>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using forage::document;
using forage::errc;
using forage::node;
using forage::node_kind;
using forage::parse_document;

static_assert(std::forward_iterator<forage::node_range::iterator>);
static_assert(std::ranges::forward_range<forage::node_range>);
static_assert(std::ranges::borrowed_range<forage::node_range>);
static_assert(std::ranges::view<forage::node_range>);
static_assert(!std::is_copy_constructible_v<document> && std::is_nothrow_move_constructible_v<document>);

document parse(std::string_view html, const forage::read_options& options = {}) {
    return parse_document(html, options).value();
}

node first(const document& in, std::string_view css) { return in.select_first(css).value(); }

std::string names(const forage::node_range& nodes) {
    std::string all;
    for (const auto n : nodes) {
        all += n.is_element() ? std::string{n.name()} : '"' + std::string{n.data()} + '"';
        all += ' ';
    }
    return all;
}

TEST(html_document, every_document_has_html_head_and_body) {
    for (const auto* html : {"", "x", "<!doctype html><title>t</title>", "<!--c--><body class=b>"}) {
        const auto doc = parse(html);
        EXPECT_EQ(doc.document_element().name(), "html") << html;
        EXPECT_EQ(doc.head().name(), "head") << html;
        EXPECT_EQ(doc.body().name(), "body") << html;
        EXPECT_EQ(doc.document_element().parent(), doc.root()) << html;
        EXPECT_EQ(doc.root().kind(), node_kind::document);
    }
    EXPECT_EQ(parse("<frameset></frameset>").body().name(), "frameset");
}

TEST(html_document, kinds_names_and_data) {
    const auto doc = parse("<!DOCTYPE HTML><!--c--><p>a&amp;b");
    std::vector<node> top;
    std::ranges::copy(doc.root().children(), std::back_inserter(top));
    ASSERT_EQ(top.size(), 3u);
    EXPECT_EQ(top[0].kind(), node_kind::doctype);
    EXPECT_EQ(top[0].name(), "html");
    EXPECT_EQ(top[1].kind(), node_kind::comment);
    EXPECT_EQ(top[1].data(), "c");
    EXPECT_EQ(top[2].kind(), node_kind::element);
    const auto text = first(doc, "p").first_child();
    EXPECT_EQ(text.kind(), node_kind::text);
    EXPECT_EQ(text.data(), "a&b");
    EXPECT_EQ(text.name(), "");
    EXPECT_EQ(first(doc, "p").data(), "");
}

TEST(html_document, names_are_written_as_their_name_space_does) {
    const auto doc =
        parse("<DIV ID=a><svg VIEWBOX='0 0 1 1'><foreignobject></foreignobject></svg><math definitionurl=u>");
    const auto div = first(doc, "div");
    EXPECT_EQ(div.name(), "div");
    EXPECT_TRUE(div.is_html());
    const auto svg = div.first_child();
    EXPECT_FALSE(svg.is_html());
    EXPECT_EQ(svg.attributes().at(0).name, "viewBox");
    EXPECT_EQ(svg.first_child().name(), "foreignObject");
    EXPECT_EQ(svg.next_sibling().attributes().at(0).name, "definitionURL");
}

TEST(html_document, attributes) {
    const auto doc = parse("<p ID=one Class=' a\tB\n' data-x='1&lt;2' empty x=1 x=2>");
    const auto p   = first(doc, "p");
    EXPECT_EQ(p.id(), "one");
    EXPECT_EQ(p.attribute("DATA-X"), "1<2");
    EXPECT_EQ(p.attribute("empty"), "");
    EXPECT_EQ(p.attribute("x"), "1");
    EXPECT_EQ(p.attribute("absent"), std::nullopt);
    EXPECT_EQ(p.attribute(""), std::nullopt);
    EXPECT_TRUE(p.has_class("a") && p.has_class("B"));
    EXPECT_FALSE(p.has_class("A") || p.has_class("b") || p.has_class("") || p.has_class("a\tB"));
    std::string all;
    for (const auto& [name, value] : p.attributes()) all.append(name).append("=").append(value).append(";");
    EXPECT_EQ(all, "id=one;class= a\tB\n;data-x=1<2;empty=;x=1;");
    EXPECT_TRUE(doc.root().attributes().empty());
}

TEST(html_document, the_ways_between_nodes_agree) {
    const auto doc = parse("<div>a<b>c</b><!--d--><i></i></div><p>e");
    for (const auto n : doc.root().descendants()) {
        EXPECT_EQ(n.first_child().previous_sibling(), node{});
        EXPECT_EQ(n.last_child().next_sibling(), node{});
        node before;
        for (const auto child : n.children()) {
            EXPECT_EQ(child.parent(), n);
            EXPECT_EQ(child.previous_sibling(), before);
            EXPECT_TRUE(!before || before.next_sibling() == child);
            before = child;
        }
        EXPECT_EQ(before, n.last_child());
    }
    EXPECT_EQ(names(doc.body().children()), "div p ");
    EXPECT_EQ(names(doc.body().descendants()), R"(div "a" b "c" "d" i p "e" )");
    EXPECT_EQ(names(first(doc, "div").descendants()), R"("a" b "c" "d" i )");
    EXPECT_TRUE(first(doc, "i").descendants().empty() && first(doc, "i").children().empty());
}

TEST(html_document, ranges_work_with_algorithms_and_views) {
    const auto doc    = parse("<ul><li>1<li class=x>2<li>3</ul>");
    const auto marked = std::ranges::find_if(doc.root().descendants(), [](node n) { return n.has_class("x"); });
    ASSERT_NE(marked, doc.root().descendants().end());
    EXPECT_EQ((*marked).text_content(), "2");
    auto elements = first(doc, "ul").children() | std::views::filter(&node::is_element) |
                    std::views::transform([](node n) { return n.text_content(); });
    EXPECT_TRUE(std::ranges::equal(elements, std::vector<std::string>{"1", "2", "3"}));
}

TEST(html_document, what_is_in_a_template_is_not_reached) {
    const auto doc = parse("<p>a<template id=t><p id=in>hidden</template>b");
    const auto t   = first(doc, "#t");
    EXPECT_FALSE(t.first_child() || t.last_child());
    EXPECT_EQ(t.text_content(), "");
    EXPECT_FALSE(first(doc, "#in"));
    EXPECT_EQ(doc.body().text_content(), "ab");
    EXPECT_EQ(names(doc.body().descendants()), R"(p "a" template "b" )");
}

TEST(html_document, no_node_answers_every_question) {
    const node n;
    EXPECT_FALSE(n);
    EXPECT_FALSE(n.parent() || n.first_child() || n.last_child() || n.next_sibling() || n.previous_sibling());
    EXPECT_TRUE(n.children().empty() && n.descendants().empty() && n.attributes().empty());
    EXPECT_FALSE(n.attribute("id") || n.has_class("a") || n.is_element() || n.is_html());
    EXPECT_EQ(n.name().size() + n.id().size() + n.data().size() + n.source_offset(), 0u);
    EXPECT_EQ(n.text_content() + n.inner_text(), "");
    EXPECT_TRUE(n.select("*").value().empty());
    EXPECT_FALSE(n.select_first("*").value());
    EXPECT_FALSE(forage::selector::parse("*").value().matches(n));
}

TEST(html_document, offsets_are_of_the_decoded_text) {
    const auto doc = parse("\xEF\xBB\xBF<p>\r\nx</p>\r\n<!--c--><b id=b>");
    EXPECT_EQ(doc.source(), "<p>\nx</p>\n<!--c--><b id=b>");
    EXPECT_EQ(first(doc, "p").source_offset(), doc.source().find("<p>"));
    EXPECT_EQ(first(doc, "#b").source_offset(), doc.source().find("<b"));
    EXPECT_EQ(first(doc, "p").first_child().source_offset(), 3u);
}

TEST(html_document, legacy_encodings) {
    const auto doc = parse("<p>caf\xE9", {.content_type = "text/html; charset=latin1"});
    EXPECT_EQ(doc.source(), "<p>caf\u00E9");
    EXPECT_EQ(doc.charset(), "windows-1252");
}

TEST(html_document, title) {
    EXPECT_EQ(parse("<title> A &amp;\n B </title>").title(), "A & B");
    EXPECT_EQ(parse("<title> </title><body><svg><title>no</title></svg><title>yes</title>").title(), "yes");
    EXPECT_EQ(parse("<p>none").title(), "");
}

TEST(html_document, base_url) {
    constexpr std::string_view html = "<a href=x>y</a>";
    EXPECT_EQ(parse(html).base_url(), "");
    EXPECT_EQ(parse(html).resolve("x"), std::nullopt);
    EXPECT_EQ(parse(html).resolve("http://a.example/"), "http://a.example/");
    EXPECT_EQ(parse(html, {.base_url = "http://a.example/b/c"}).resolve("x"), "http://a.example/b/x");
    const auto doc = parse("<base target=t><base href=d/><base href=e/>", {.base_url = "http://a.example/b/c"});
    EXPECT_EQ(doc.base_url(), "http://a.example/b/d/");
    EXPECT_EQ(doc.resolve("../x"), "http://a.example/b/x");
    EXPECT_EQ(doc.resolve("javascript:1"), std::nullopt);
    EXPECT_EQ(
        parse("<template><base href=/d/></template>", {.base_url = "http://a.example/"}).base_url(), "http://a.example/"
    );
}

TEST(html_document, links_and_code) {
    const auto doc = parse(
        "<base href=//b.example/><a href=/1 rel=next>one <b>two</b></a><pre class=language-cpp>int x;\n</pre>",
        {.base_url = "https://a.example/"}
    );
    const auto links = doc.links().value();
    ASSERT_EQ(links.size(), 1u);
    EXPECT_EQ(links[0].url, "https://b.example/1");
    EXPECT_EQ(links[0].text, "one two");
    EXPECT_EQ(links[0].rel, "next");
    const auto code = doc.code_blocks().value();
    ASSERT_EQ(code.size(), 1u);
    EXPECT_EQ(code[0].language, "cpp");
    EXPECT_EQ(code[0].text, "int x;\n");
}

TEST(html_document, reads_what_read_html_reads) {
    constexpr std::string_view html =
        "<html lang=de><title>T</title><meta name=description content=D><link rel=canonical href=/c>"
        "<h1>H</h1>\r\n<p>caf\xE9 <a href=l>link</a><pre>code</pre><table><tr><td>1<td>2</table>";
    const forage::read_options options{.base_url = "http://a.example/", .content_type = "text/html; charset=latin1"};
    const auto expected = forage::read_html(html, options).value();
    const auto page     = parse(html, options).read().value();
    EXPECT_EQ(page.title, expected.title);
    EXPECT_EQ(page.language, expected.language);
    EXPECT_EQ(page.charset, expected.charset);
    EXPECT_EQ(page.description, expected.description);
    EXPECT_EQ(page.canonical, expected.canonical);
    EXPECT_EQ(page.text, expected.text);
    EXPECT_EQ(page.markdown, expected.markdown);
    ASSERT_EQ(page.links.size(), 1u);
    EXPECT_EQ(page.links[0].url, expected.links.at(0).url);
    ASSERT_EQ(page.code.size(), 1u);
    EXPECT_FALSE(page.markdown.empty());
    EXPECT_EQ(parse(html, {.markdown = false}).read().value().markdown, "");
}

TEST(html_document, outlives_its_bytes_and_options_and_may_be_moved) {
    auto bytes   = std::make_unique<std::string>("<title>t</title><p id=p>text<a href=x>l</a>");
    auto base    = std::make_unique<std::string>("http://a.example/");
    auto doc     = parse(*bytes, {.base_url = *base});
    const auto p = first(doc, "p");
    bytes.reset();
    base.reset();
    const document moved = std::move(doc);
    EXPECT_EQ(p.text_content(), "textl");
    EXPECT_EQ(first(moved, "#p"), p);
    EXPECT_EQ(moved.read().value().links.at(0).url, "http://a.example/x");
    doc = parse("<b>");
    EXPECT_EQ(first(doc, "b").name(), "b");
}

TEST(html_document, limits_and_arguments) {
    const auto code = [](std::string_view html, const forage::read_options& options) {
        return parse_document(html, options).error().code;
    };
    const std::string many(100'000, 'x');
    std::string tags;
    for (int i = 0; i < 10'000; ++i) tags += "<b>";
    EXPECT_EQ(code(many, {.max_memory = 50'000}), errc::parse_failed);
    EXPECT_EQ(code(tags, {.max_memory = 50'000}), errc::parse_failed);
    EXPECT_EQ(code(tags, {.time_limit = std::chrono::milliseconds{0}}), errc::parse_failed);
    const std::atomic<bool> stop{true};
    EXPECT_EQ(code(tags, {.stop = &stop}), errc::cancelled);
    EXPECT_EQ(code(tags, {.reader = forage::html_reader::gumbo}), errc::bad_argument);
}

TEST(html_document, many_threads_may_ask) {
    const auto doc = parse("<div class=a><p>one<p>two <b>three</b></div>", {.base_url = "http://a.example/"});
    const auto ask = [&] {
        return first(doc, "div > p b").text_content() + doc.body().inner_text() + doc.read().value().text;
    };
    const auto expected = ask();
    std::atomic<int> wrong{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int k = 0; k < 50; ++k) wrong += ask() != expected;
            });
        }
    }
    EXPECT_EQ(wrong, 0);
}

}  // namespace
