// The visible text of pages: what is in it, what is not, and how it is broken into lines.
#include "html/text_writer.hpp"

#include <forage/html.hpp>

#include <gtest/gtest.h>

namespace {

using namespace std::string_view_literals;

std::string text_of(std::string_view html) {
    auto page = forage::read_html(html, {});
    EXPECT_TRUE(page) << html;
    return page ? page->text : std::string{};
}

TEST(html_text, folds_white_space_and_breaks_between_blocks) {
    EXPECT_EQ(text_of("<p>one\n  two</p>\n <p>three"), "one two\nthree");
    EXPECT_EQ(text_of("a<div>b<div>c</div></div>d"), "a\nb\nc\nd");
    EXPECT_EQ(text_of("a<br>b<br><br>c"), "a\nb\nc");
    EXPECT_EQ(text_of("<b>a</b> <i>b</i><span> c </span>d"), "a b c d");
    EXPECT_EQ(text_of("<ul><li>one<li>two<ol><li>deep</ol></ul>"), "one\ntwo\ndeep");
    EXPECT_EQ(text_of("<h1>Title</h1>text<hr>more"), "Title\ntext\nmore");
}

TEST(html_text, separates_cells_by_tabs_and_rows_by_lines) {
    EXPECT_EQ(text_of("<table><tr><th>a<th>b<tr><td>1<td><tr><td><td>2</table>x"), "a\tb\n1\n\t2\nx");
    EXPECT_EQ(text_of("<table><tr><td colspan=2><p>a</p></td><td><p>b</p><p>c</p></td></tr></table>"), "a\t\tb\nc");
}

TEST(html_text, keeps_preformatted_text) {
    EXPECT_EQ(text_of("x<pre>\n  a\n\n\tb </pre>y"), "x\n  a\n\n\tb \ny");
    EXPECT_EQ(text_of("<textarea>\n a\n b</textarea>"), " a\n b");
    EXPECT_EQ(text_of("<pre>a<br>b<div>c</div>d</pre>"), "a\nb\nc\nd");
}

TEST(html_text, leaves_out_what_is_not_shown) {
    EXPECT_EQ(
        text_of(
            "<head><title>t</title><style>s</style></head><body>a"
            "<script>b</script><style>c</style><noscript>d</noscript><template>e</template><iframe>f</iframe>"
            "<div hidden>g</div><p style='color:red; DISPLAY : none !important'>h</p><p style='visibility:hidden'>i</p>"
            "<input type=hidden value=j><svg><title>k</title><desc>l</desc><metadata>m</metadata></svg>"
            "<!-- n --><datalist><option>o</datalist>z"
        ),
        "az"
    );
}

TEST(html_text, shows_noscript_elements_where_there_is_nothing_else) {
    EXPECT_EQ(text_of("<body><noscript><p>a</p></noscript><div></div><noscript>b</noscript>"), "a\nb");
    EXPECT_EQ(text_of("<body>x<noscript>a</noscript>"), "x");
    EXPECT_EQ(forage::read_html("<noscript><a href=http://h/>l</a></noscript>", {})->links.size(), 1u);
}

TEST(html_text, keeps_what_only_looks_hidden) {
    EXPECT_EQ(text_of("<body style='display:none'><p style='opacity:0'>shown by a script"), "shown by a script");
    EXPECT_EQ(text_of("<p style='display:block'>a<p data-hidden>b<svg><text>c</text></svg>"), "a\nbc");
}

TEST(html_text, drops_control_and_invisible_characters) {
    EXPECT_EQ(text_of("a&#1;b&#x7F;c&#x85;&#x1B;[31md"), "abc\u2026[31md");  // &#x85; is an ellipsis in HTML
    EXPECT_EQ(text_of("a\u202Eb\u2066c\u200Bd\uFEFFe\u00ADf\u2060g\U000E0041h"), "abcdefgh");
    EXPECT_EQ(text_of("a\u2028b\u2029c"), "a b c");
    EXPECT_EQ(text_of("<pre>a\u202Eb&#7;c</pre>"), "abc");
    EXPECT_EQ(text_of("a\0b"sv), "ab");
}

TEST(html_text, keeps_joiners_that_shape_text_but_not_runs_of_them) {
    EXPECT_EQ(text_of("\u2764\uFE0F\u200D\U0001F525"), "\u2764\uFE0F\u200D\U0001F525");
    std::string hidden = "a";
    for (int i = 0; i < 50; ++i) hidden += i % 3 ? "\uFE01" : "<i>\u200C</i>";
    EXPECT_LE(text_of(hidden + "b").size(), 8u);
}

TEST(html_text, keeps_visible_characters_beside_the_invisible_ones) {
    const std::string text = "\u00A0\u00A9\u0639\u2019\u20AC\u2070\uFB01\uFFFD\U000F0000\U00010348";
    EXPECT_EQ(forage::detail::folded(text), text);
}

TEST(html_text, one_line_of_text) {
    EXPECT_EQ(forage::detail::folded(" \n a\t b \r\n"), "a b");
    std::string out = "x";
    forage::detail::append_one_line(out, "\n a\n\tb \n");
    EXPECT_EQ(out, "xa b");
}

TEST(html_text, plain_text_is_taken_as_it_is) {
    auto page = forage::read_plain_text("\xEF\xBB\xBFone <b>\r\n\ttwo\x1B[0m `", {});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->text, "one <b>\n\ttwo[0m `");
    EXPECT_EQ(page->markdown, "```\none <b>\n\ttwo[0m `\n```");
    EXPECT_EQ(page->charset, "UTF-8");
    EXPECT_TRUE(page->links.empty());
    EXPECT_EQ(forage::read_plain_text("caf\xE9", {})->text, "caf\u00E9");
    EXPECT_EQ(forage::read_plain_text("", {})->markdown, "");
}

}  // namespace
