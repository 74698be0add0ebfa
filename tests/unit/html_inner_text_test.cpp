// innerText: what of a node is visible. Cases by the rules of the HTML standard, §3.2.7 and §15.
#include <forage/document.hpp>

#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::string inner_text(std::string_view html, std::string_view css = "body") {
    // Long enough for a busy machine: none of these tests is about time.
    const auto doc = forage::parse_document(html, {.time_limit = std::chrono::minutes{1}}).value();
    const auto n   = doc.select_first(css).value();
    EXPECT_TRUE(n) << html;
    return n.inner_text();
}

struct inner_text_case {
    const char *html, *text;
};

void check(const std::vector<inner_text_case>& cases) {
    for (const auto& each : cases) EXPECT_EQ(inner_text(each.html), each.text) << each.html;
}

TEST(html_inner_text, white_space_is_folded) {
    check({
        {"a b", "a b"},
        {"  a \t\n b  ", "a b"},
        {"a <b> c</b>d", "a cd"},
        {"<b>a </b> c", "a c"},
        {"<b>a</b><i>b</i>", "ab"},
        {"a&nbsp;&nbsp; b", "a\u00A0\u00A0 b"},
        {"<div> a </div> <div> b </div>", "a\nb"},
        {"a<!-- c -->b", "ab"},
    });
}

TEST(html_inner_text, br_is_a_line_feed) {
    check({
        {"a<br>b", "a\nb"},
        {"a <br> b", "a\nb"},
        {"a<br><br>b", "a\n\nb"},
        {"<div>a<br></div>b", "a\n\nb"},
        {"<br>", "\n"},
        {"a<br>", "a\n"},
    });
}

TEST(html_inner_text, blocks_have_lines_of_their_own) {
    check({
        {"a<div>b</div>c", "a\nb\nc"},
        {"<div><div><div>a</div></div></div><div>b", "a\nb"},
        {"<div>a</div><div></div><div> </div><div>b</div>", "a\nb"},
        {"<div>a</div>", "a"},
        {"<h1>a</h1><section>b<article>c</article></section>", "a\nb\nc"},
        {"<h1>a</h1><hr>b", "a\nb"},
        {"<dl><dt>a<dd>b</dl>c", "a\nb\nc"},
        {"a<span>b</span><button>c</button>", "abc"},
        {"<select><option>a<option>b</select>", "a\nb"},
        {"<details><summary>a</summary>b</details>", "a\nb"},
    });
}

TEST(html_inner_text, paragraphs_have_an_empty_line_around_them) {
    check({
        {"<p>a</p><p>b</p>", "a\n\nb"},
        {"<p>a", "a"},
        {"a<p>b</p>c", "a\n\nb\n\nc"},
        {"<div>a</div><p>b</p><div>c</div>", "a\n\nb\n\nc"},
        {"<p>a</p><p></p><p>b</p>", "a\n\nb"},
        {"<div><p>a</p></div><div>b</div>", "a\n\nb"},
    });
}

TEST(html_inner_text, lists_have_a_line_for_each_item_without_its_mark) {
    check({
        {"<ul><li>a</li> <li>b</ul>", "a\nb"},
        {"<ol><li>a<ul><li>b</ul><li>c</ol>d", "a\nb\nc\nd"},
        {"<menu><li><p>a<li>b</menu>", "a\n\nb"},
    });
}

TEST(html_inner_text, tables_have_tabs_and_lines) {
    check({
        {"<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a\tb\nc\td"},
        {"<table> <tr> <td> a </td> <td> b </td> </tr> <tr> <th>c</th> </tr> </table>", "a\tb\nc"},
        {"<table><thead><tr><td>a<tbody><tr><td>b<tfoot><tr><td>c</table>", "a\nb\nc"},
        {"<table><caption>t</caption><tr><td>a</table>", "t\na"},
        {"x<table><tr><td>a</table>y", "x\na\ny"},
        {"<table><tr><td><td>b<td></table>", "\tb\t"},
        {"<table><tr><td>a<td style='display:none'>b<td>c</table>", "a\tc"},
        {"<table><tr><td>a<tr hidden><td>b<tr><td>c</table>", "a\nc"},
        {"<table><tr><td>a<table><tr><td>b<td>c</table><td>d<tr><td>e</table>", "a\nb\tc\n\td\ne"},
        {"<table><tr><td><p>a</p><td>b</table>", "a\n\n\tb"},
    });
}

TEST(html_inner_text, pre_keeps_white_space) {
    check({
        {"<pre>a  b\n\n c</pre>", "a  b\n\n c"},
        {"<pre>\n a</pre>b", " a\nb"},
        {"x <pre>a <b> b </b></pre> y", "x\na  b \ny"},
        {"<pre>a\n</pre>b", "a\n\nb"},
        {"<pre>a<br>b</pre>", "a\nb"},
        {"<pre>a<div> b</div></pre>", "a\n b"},
        {"<xmp> <b> </xmp>c", " <b> \nc"},
        {"<pre>\t</pre>", "\t"},
    });
}

TEST(html_inner_text, hidden_elements_are_left_out) {
    check({
        {"a<script>b</script><style>c</style><template>d</template>e", "ae"},
        {"a<b hidden>b</b>c", "ac"},
        {"a<b hidden=until-found>b</b>c", "ac"},
        {"a<b style='color:red; DISPLAY : none !important'>b</b>c", "ac"},
        {"a<b style='visibility:hidden'>b</b>c", "ac"},
        {"a<b style='display:block'>b</b>c", "abc"},
        {"a<noscript>b</noscript><iframe>c</iframe><textarea>d</textarea><video>e</video>f", "af"},
        {"<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>", "ab"},
        {"<svg><title>a</title><desc>b</desc><text>c</text></svg>", "c"},
        {"<datalist><option>a</datalist>b", "b"},
    });
    EXPECT_EQ(inner_text("<body hidden>a"), "a");
    EXPECT_EQ(inner_text("<body style='display:none'>a"), "a");
}

TEST(html_inner_text, noscript_is_shown_where_there_is_nothing_else) {
    constexpr auto html = "<div id=a> <noscript><p>x<p>y</noscript></div><div id=b>z <noscript>w</noscript></div>";
    EXPECT_EQ(inner_text(html), "z");
    EXPECT_EQ(inner_text(html, "#a"), "x\n\ny");
    EXPECT_EQ(inner_text(html, "#b"), "z");
    EXPECT_EQ(inner_text(html, "noscript"), "x\n\ny");
    EXPECT_EQ(inner_text(html, "noscript p"), "x");
    EXPECT_EQ(inner_text("<div><noscript hidden>x</noscript></div>"), "");
}

TEST(html_inner_text, what_cannot_be_seen_is_left_out) {
    check({
        {"a\u200Bb\u202Ec\u00ADd", "abcd"},
        {"<pre>a\U000E0041b\u2066</pre>", "ab"},
        {"a&#1;b\u2028c", "ab c"},
    });
}

TEST(html_inner_text, of_any_node) {
    constexpr auto table = "<table><tr id=r><td id=c>a <p>b</p></td><td>c</td></tr><tr><td>d</table>";
    EXPECT_EQ(inner_text(table, "table"), "a\n\nb\n\n\tc\nd");
    EXPECT_EQ(inner_text(table, "#r"), "a\n\nb\n\n\tc");
    EXPECT_EQ(inner_text(table, "#c"), "a\n\nb");
    EXPECT_EQ(inner_text("<pre><code>  a\n b</code></pre>", "code"), "  a\n b");
    EXPECT_EQ(inner_text("<p>a<p id=p> b <b>c</b> ", "#p"), "b c");
    const auto doc = forage::parse_document("<title>t</title><p>a<p>b<!--c-->").value();
    EXPECT_EQ(doc.root().inner_text(), "a\n\nb");
    EXPECT_EQ(doc.select_first("p").value().first_child().inner_text(), "a");
    EXPECT_EQ(doc.body().last_child().last_child().inner_text(), "");  // a comment
}

TEST(html_inner_text, of_what_is_not_rendered_is_its_text_content) {
    EXPECT_EQ(inner_text("<div hidden> a <p>b</p></div>", "div"), " a b");
    EXPECT_EQ(inner_text("<div hidden> a <p> b<br></p></div>", "p"), " b");
    EXPECT_EQ(inner_text("<title> t </title>", "title"), " t ");
    EXPECT_EQ(inner_text("<script>let x = '<p>';</script>", "script"), "let x = '<p>';");
}

TEST(html_inner_text, deep_and_wide_documents) {
    std::string deep, wide = "<table>";
    for (int i = 0; i < 200'000; ++i) deep += "<div>";
    for (int i = 0; i < 50'000; ++i) wide += "<tr><td>1<td>2";
    EXPECT_EQ(inner_text(deep + "a"), "a");
    EXPECT_EQ(inner_text(wide).size(), 50'000u * 4 - 1);
    std::string tables;
    for (int i = 0; i < 120; ++i) tables += "<table><tr><td>";  // trees get no deeper than 512
    EXPECT_EQ(inner_text(tables + "a"), "a");
}

}  // namespace
