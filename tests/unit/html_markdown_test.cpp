// Markdown of pages, block by block, and that text of a page can make no structure.
#include "html/markdown_escape.hpp"

#include <forage/html.hpp>

#include <gtest/gtest.h>

namespace {

std::string markdown_of(std::string_view html) {
    auto page = forage::read_html(html, {.base_url = "https://h/d/"});
    EXPECT_TRUE(page) << html;
    return page ? page->markdown : std::string{};
}

TEST(html_markdown, headings_and_paragraphs) {
    EXPECT_EQ(markdown_of("<h1>One <b>two</b></h1><p>a\n b<p>c<h6>six</h6>"), "# One two\n\na b\n\nc\n\n###### six");
    EXPECT_EQ(markdown_of("<h2><div>a</div><div>b</div></h2><h3></h3>c"), "## a b\n\nc");
    EXPECT_EQ(markdown_of("a<br>b<br><br>c<hr>d"), "a  \nb\n\nc\n\n---\n\nd");
}

TEST(html_markdown, inline_marks) {
    EXPECT_EQ(markdown_of("a<b> b </b>c <em>d</em><del>e</del>"), "a **b** c *d*~~e~~");
    EXPECT_EQ(markdown_of("<b>a</b><b>b</b> <i></i><b> </b>c"), "**ab** c");
    EXPECT_EQ(markdown_of("<b><p>a</p><p>b</p></b>"), "**a**\n\n**b**");
    EXPECT_EQ(markdown_of("<b>a <i>b</i></b> c"), "**a *b*** c");
}

TEST(html_markdown, inline_code) {
    EXPECT_EQ(markdown_of("a <code>b_c</code>, <kbd>x`y</kbd> <code>`</code>"), "a `b_c`, ``x`y`` `` ` ``");
    EXPECT_EQ(markdown_of("<code>a</code><code>b</code>"), "`ab`");
    EXPECT_EQ(markdown_of("<code>a</code> <code>b</code>"), "`a` `b`");
    EXPECT_EQ(markdown_of("<code>*x* <b>y</b></code>"), "`*x* y`");
    EXPECT_EQ(markdown_of("<a href=/x><code>f()</code></a>"), "[`f()`](https://h/x)");
    EXPECT_EQ(markdown_of("<code>g <a href=/x>h</a></code>"), "`g` [`h`](https://h/x)");
    EXPECT_EQ(markdown_of("<a href=/x><code>]: /y</code></a>"), "[\\]: /y](https://h/x)");
}

TEST(html_markdown, links_and_images) {
    EXPECT_EQ(markdown_of("see <a href=x>the <i>x</i></a>."), "see [the *x*](https://h/d/x).");
    EXPECT_EQ(markdown_of("<a href='javascript:x'>a</a> <a href='data:,x'>b</a> <a href=/e></a>c"), "a b c");
    EXPECT_EQ(markdown_of("<a href=/x><h3>T</h3><p>d</p></a>"), "### [T](https://h/x)\n\nd");
    EXPECT_EQ(markdown_of("<a href=/1>a</a><a href=/2>b</a>"), "[a](https://h/1)[b](https://h/2)");
    EXPECT_EQ(
        markdown_of("a <img src=i alt='p [q]'> b <img src='data:,x'><img data-src=l src=''>"),
        "a ![p \\[q\\]](https://h/d/i) b ![](https://h/d/l)"
    );
    EXPECT_EQ(markdown_of("no!<a href=/x>y</a>"), "no\\![y](https://h/x)");
}

TEST(html_markdown, lists) {
    EXPECT_EQ(markdown_of("x<ul><li>a<li><p>b</p><li></ul>y"), "x\n\n- a\n- b\n\ny");
    EXPECT_EQ(markdown_of("<ol start=9><li>a<li>b<ul><li>c</ul><li value=20>d</ol>"), "9. a\n10. b\n    - c\n20. d");
    EXPECT_EQ(markdown_of("<ul><li>a<ul><li>b</ul>c<li>d</ul>"), "- a\n  - b\n\n  c\n- d");
    EXPECT_EQ(markdown_of("<ul><li><p>a<p>b<pre>c\n d</pre></ul>"), "- a\n\n  b\n\n  ```\n  c\n   d\n  ```");
    EXPECT_EQ(markdown_of("<ul><li><ul><li>a</ul></ul>"), "- - a");
    EXPECT_EQ(markdown_of("<ul><li>a<ol><li><li>b</ol></ul>"), "- a\n\n  2. b");
    EXPECT_EQ(markdown_of("<ol><li>a<blockquote>b<li>c</blockquote></ol>"), "1. a\n\n   > b\n   > - c");
    EXPECT_EQ(markdown_of("<ul><li><hr>a</ul>"), "- ***\n\n  a");
    EXPECT_EQ(
        markdown_of("<ol start=99999999999><li>a</ol><ol start=999999999><li>b<li>c</ol>"),
        "1. a\n\n999999999) b\n999999999) c"
    );
}

TEST(html_markdown, lists_in_a_row_stay_apart) {
    EXPECT_EQ(markdown_of("<ul><li>a</ul><ul><li>b</ul><ul><li>c</ul>"), "- a\n\n+ b\n\n- c");
    EXPECT_EQ(markdown_of("<ol><li>a</ol><ol><li>b</ol>c<ol><li>d</ol>"), "1. a\n\n1) b\n\nc\n\n1. d");
    EXPECT_EQ(markdown_of("<ul><li>a</li>x<li>b</ul>"), "- a\n\nx\n- b");
}

TEST(html_markdown, lists_count_down) {
    EXPECT_EQ(markdown_of("<ol reversed><li>a<li>b<li>c</ol>"), "3. a\n2. b\n1. c");
    EXPECT_EQ(markdown_of("<ol reversed start=9><li>a<li>b</ol>"), "9. a\n8. b");
}

TEST(html_markdown, terms_are_strong_and_what_they_mean_are_items) {
    EXPECT_EQ(
        markdown_of("<dl><dt>T<dd>d<dd>e<dt>U<dd><p>f<p>g<dl><dt>V<dd>h</dl></dl>i"),
        "**T**\n- d\n- e\n\n**U**\n- f\n\n  g\n\n  **V**\n  - h\n\ni"
    );
}

TEST(html_markdown, details_are_open) {
    EXPECT_EQ(markdown_of("<details><summary>S <i>i</i></summary>a<p>b</details>c"), "**S *i***\n\na\n\nb\n\nc");
}

TEST(html_markdown, footnotes_are_links_and_items) {
    EXPECT_EQ(
        markdown_of("word<sup><a href='#n'>1</a></sup><ol><li id=n>note <a href='#r'>^</a></ol>"),
        "word[1](https://h/d/#n)\n\n1. note [^](https://h/d/#r)"
    );
}

TEST(html_markdown, quotes) {
    EXPECT_EQ(markdown_of("<blockquote><p>a<p>b<ul><li>c</ul></blockquote>d"), "> a\n>\n> b\n>\n> - c\n\nd");
    EXPECT_EQ(markdown_of("<blockquote>a<blockquote>b</blockquote>c</blockquote>"), "> a\n>\n> > b\n>\n> c");
}

TEST(html_markdown, tables_of_data) {
    EXPECT_EQ(
        markdown_of(
            "<table><caption>C</caption><thead><tr><th>a|b<th>c</thead><tbody><tr><td><p>1</p><p>2</p><td><b>x</b>"
            "<tr><td colspan=2><code>p|q</code></table>z"
        ),
        "C\n\n| a\\|b | c |\n| --- | --- |\n| 1 2 | **x** |\n| `p\\|q` | |\n\nz"
    );
    EXPECT_EQ(markdown_of("<table><tr><td>a<tr><td>b<td>c</table>"), "| a | |\n| --- | --- |\n| b | c |");
}

TEST(html_markdown, spans_of_tables_are_empty_cells) {
    EXPECT_EQ(
        markdown_of("<table><tr><th>a<th>b<th>c<tr><td rowspan=2>1<td>2<td>3<tr><td>4<td>5</table>"),
        "| a | b | c |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n| | 4 | 5 |"
    );
    EXPECT_EQ(
        markdown_of("<table><tbody><tr><td rowspan=9>1<td>2<tbody><tr><td>3<td>4</table>"),
        "| 1 | 2 |\n| --- | --- |\n| 3 | 4 |"
    );
}

TEST(html_markdown, tables_for_layout_are_blocks) {
    EXPECT_EQ(markdown_of("<table><tr><td><h2>a</h2><td>b<tr><td>c</table>"), "## a\n\nb\n\nc");
    EXPECT_EQ(
        markdown_of("<table><tr><td>x<table><tr><td>a<td>b<tr><td>c<td>d</table></table>"),
        "x\n\n| a | b |\n| --- | --- |\n| c | d |"
    );
}

TEST(html_markdown, fences_are_longer_than_what_they_hold) {
    EXPECT_EQ(markdown_of("<pre>a\n````\n# b</pre>"), "`````\na\n````\n# b\n`````");
    EXPECT_EQ(markdown_of("<blockquote><pre>a\n\nb</pre></blockquote>"), "> ```\n> a\n> \n> b\n> ```");
    EXPECT_EQ(
        markdown_of("<table><tr><td><textarea>a\nb|`</textarea><td>x<tr><td>y</table>"),
        "| `` a b\\|` `` | x |\n| --- | --- |\n| y |"
    );
}

TEST(html_markdown, text_at_the_start_of_a_line_makes_no_block) {
    for (const auto& [text, expected] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"# a", "\\# a"},
             {"- a", "\\- a"},
             {"---", "\\---"},
             {"+ a", "\\+ a"},
             {"* a", "\\* a"},
             {"> a", "\\> a"},
             {"1. a", "1\\. a"},
             {"23) a", "23\\) a"},
             {"===", "\\==="},
             {"```", "\\`\\`\\`"},
             {"~~~", "\\~\\~\\~"},
             {"| a | b |", "\\| a | b |"},
             {":-- | --", "\\:-- | --"},
             {"[a]: http://x", "\\[a\\]: http://x"},
             {"-5 degrees", "-5 degrees"},
             {"3.5 + 2", "3.5 + 2"},
             {"#tag", "#tag"},
             {"___", "\\_\\_\\_"},
         }) {
        EXPECT_EQ(markdown_of("<p>" + std::string{text}), expected);
        EXPECT_EQ(markdown_of("x<br>" + std::string{text}), "x  \n" + std::string{expected});
    }
    EXPECT_EQ(markdown_of("1<span>2</span><span>. a</span>"), "12\\. a");
    EXPECT_EQ(markdown_of("<span>-</span> a"), "\\- a");
}

TEST(html_markdown, text_makes_no_inline_structure) {
    EXPECT_EQ(
        markdown_of("a *b* _c_ snake_case_name **d** `e` \\f"),
        "a \\*b\\* \\_c_ snake_case_name \\*\\*d\\*\\* \\`e\\` \\f"
    );
    EXPECT_EQ(markdown_of("x [click](javascript:alert(1)) ![i](x)"), "x \\[click\\](javascript:alert(1)) !\\[i\\](x)");
    EXPECT_EQ(
        markdown_of("x &lt;script> &lt;/b> &lt;!-- 3 &lt; 4 &amp;lt; R&amp;D a & b"),
        "x \\<script> \\</b> \\<!-- 3 < 4 \\&lt; R&D a & b"
    );
    EXPECT_EQ(markdown_of("x &lt;<span>script></span>"), "x \\<script>");
    EXPECT_EQ(markdown_of("<h2>C # and #</h2>"), "## C \\# and \\#");
}

TEST(html_markdown, destinations_end_where_they_should) {
    std::string out;
    forage::detail::append_destination(out, "https://h/a(b)`|\\ <>?x=1&copy;&y#\n");
    EXPECT_EQ(out, "https://h/a%28b%29%60%7C%5C%20%3C%3E?x=1\\&copy;&y#%0A");
}

TEST(html_markdown, deep_nesting_does_not_grow_the_prefix) {
    std::string html;
    for (int i = 0; i < 500; ++i) html += "<blockquote><p>x";
    EXPECT_LT(markdown_of(html).size(), 500u * 80);
    html.clear();
    for (int i = 0; i < 300; ++i) html += "<ul><li>x";
    EXPECT_LT(markdown_of(html).size(), 300u * 80);
}

TEST(html_markdown, can_be_switched_off) {
    EXPECT_EQ(forage::read_html("<h1>a</h1><ul><li>b</ul>", {.markdown = false})->markdown, "");
}

}  // namespace
