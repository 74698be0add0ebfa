// Emphasis where CommonMark takes it for emphasis, and formulas.
#include <forage/html.hpp>

#include <gtest/gtest.h>

namespace {

std::string markdown_of(std::string_view html) {
    auto page = forage::read_html(html, {.base_url = "https://h/d/"});
    EXPECT_TRUE(page) << html;
    return page ? page->markdown : std::string{};
}

TEST(html_markdown_marks, inside_words_and_beside_punctuation) {
    EXPECT_EQ(
        markdown_of("H<i>2</i>O <b>T</b>his (<b>q</b>) <b>a</b>, <b>b.</b> c"), "H*2*O **T**his (**q**) **a**, **b.** c"
    );
    EXPECT_EQ(markdown_of("<b>重要</b>です"), "**重要**です");
}

TEST(html_markdown_marks, are_left_out_where_they_would_be_text) {
    EXPECT_EQ(markdown_of("a<b>(b)</b>c"), "a(b)c");
    EXPECT_EQ(markdown_of("<b>x.</b>y"), "x.y");
    EXPECT_EQ(markdown_of("<b>重要。</b>次"), "重要。次");
    EXPECT_EQ(markdown_of("<b>a</b><i>b</i> <b><i>c</i></b>d"), "**a**b **c**d");
    EXPECT_EQ(markdown_of("<s>a</s><b>.</b>"), "~~a~~.");
}

TEST(html_markdown_marks, what_was_inside_makes_no_structure_without_them) {
    EXPECT_EQ(markdown_of("<b>- a.</b>b<p><b>1. c!</b>d"), "\\- a.b\n\n1\\. c!d");
    EXPECT_EQ(markdown_of("no!<b><a href=/x>y.</a></b>z"), "no\\![y.](https://h/x)z");
}

TEST(html_markdown_marks, spaces_at_their_ends_are_outside) {
    EXPECT_EQ(markdown_of("<b>Name:&nbsp;</b>z<i>&nbsp;a</i>"), "**Name:**\u00A0z\u00A0*a*");
}

TEST(html_markdown_marks, nest_as_in_the_page) {
    EXPECT_EQ(markdown_of("<a href=/x><b>T</b> rest</a>"), "[**T** rest](https://h/x)");
    EXPECT_EQ(markdown_of("<b><a href=/x>T</a> rest</b>"), "**[T](https://h/x) rest**");
    EXPECT_EQ(markdown_of("<i><b>a</b> b</i><p><b><i>a</i> b</b>"), "***a** b*\n\n***a* b**");
}

TEST(html_markdown_marks, little_is_escaped) {
    EXPECT_EQ(markdown_of("C:\\Users 2 * 3 AT&T x_y f(__init__)"), "C:\\Users 2 * 3 AT&T x_y f(\\_\\_init__)");
    EXPECT_EQ(markdown_of("&amp;copy; &amp;#35; \\* a\\"), "\\&copy; \\&#35; \\\\\\* a\\\\");
}

TEST(html_markdown_formula, is_the_tex_the_page_has) {
    constexpr std::string_view math = "<math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x_1 "
                                      "</annotation></semantics></math>";
    EXPECT_EQ(markdown_of("a " + std::string{math} + "b"), "a $x_1$b");
    EXPECT_EQ(
        markdown_of(
            "<span class=katex><span class=katex-mathml>" + std::string{math} +
            "</span><span class=katex-html>x1</span></span>"
        ),
        "$x_1$"
    );
    EXPECT_EQ(markdown_of("<math alttext='{\\displaystyle \\frac{a}{b}}'><mi>a</mi></math>"), "$\\frac{a}{b}$");
    EXPECT_EQ(markdown_of("a<script type='math/tex; mode=display'>y</script>b"), "a\n\n$$y$$\n\nb");
    EXPECT_EQ(
        markdown_of("<span class=MathJax_Preview>z</span><span class=MathJax>z</span><script type=math/tex>z</script>"),
        "$z$"
    );
    EXPECT_EQ(markdown_of("<img class='latex' src=i alt='a+b'>"), "$a+b$");
    EXPECT_EQ(markdown_of("<math><mi>w</mi></math><script>w</script>"), "w");
    EXPECT_EQ(forage::read_html("<p>a " + std::string{math}, {})->text, "a $x_1$");
}

}  // namespace
