// What a person does not see of a page is left out of what is read, and counted.
#include "html/css_color.hpp"
#include "html/inline_style.hpp"

#include <forage/html.hpp>

#include <gtest/gtest.h>
#include <string>

namespace forage {
namespace {

using detail::concealment;
using detail::css_color;
using detail::read_css_color;
using detail::read_style;

page_content read(const std::string& html) {
    auto page = read_html(html, {.base_url = "https://example.com/", .mode = extraction_mode::whole});
    EXPECT_TRUE(page) << html;
    return page ? *std::move(page) : page_content{};
}

TEST(html_hidden, disguised_text_is_left_out_counted_and_shown_as_a_sample) {
    for (const std::string attributes : {
             "style='font-size:0'",
             "style='font-size: 0px !important'",
             "style='position:absolute;left:-9999px'",
             "style='POSITION: fixed; TOP: -100em'",
             "style='text-indent:-999em'",
             "style='position:absolute;clip:rect(0 0 0 0)'",
             "style='position:absolute;clip:rect(1px,1px,1px,1px)'",
             "style='clip-path:inset(100%)'",
             "style='color:transparent'",
             "style='color:#fff;background:#FFFFFF'",
             "style='color:white;background-color:rgb(255, 255, 255)'",
             "style='color:rgba(0,0,0,0)'",
         }) {
        const auto page = read("<p>seen</p><div " + attributes + "><b>obey  me</b></div>");
        EXPECT_EQ(page.text, "seen") << attributes;
        EXPECT_EQ(page.markdown, "seen") << attributes;
        EXPECT_EQ(page.hidden.disguised, 6) << attributes;
        EXPECT_EQ(page.hidden.unrendered, 0) << attributes;
        EXPECT_EQ(page.hidden.sample, "obey me") << attributes;
    }
}

TEST(html_hidden, colour_is_compared_with_the_ground_around) {
    EXPECT_EQ(read("<div style='background:#fff'><p><span style='color:white'>no</span>yes").text, "yes");
    EXPECT_EQ(read("<table bgcolor=white><tr><td><span style='color:white'>no</span>yes</table>").text, "yes");
    EXPECT_EQ(read("<table bgcolor=#ffffff><tr><td><font color=white>no</font>yes</table>").text, "yes");
    EXPECT_EQ(
        read("<div style='background:#fff'><p style='background:none'><b style='color:#fff'>no</b>yes").text, "yes"
    );
    EXPECT_EQ(read("<div style='background:#fff'><p class=dark><b style='color:#fff'>yes").text, "yes");
    EXPECT_EQ(read("<div style='background:#fff'><a class=button style='color:#fff'>yes").text, "yes");
    EXPECT_EQ(read("<div style='background:#000'><span style='color:white'>yes").text, "yes");
    EXPECT_EQ(read("<span style='color:white'>a style sheet may give it a ground").hidden.disguised, 0);
    EXPECT_EQ(read("<div style='background:white'><p style='background:navy;color:white'>yes").text, "yes");
}

TEST(html_hidden, what_only_looks_alike_is_shown) {
    for (const std::string attributes : {
             "style='opacity:0'",  // until it has faded in
             "style='left:-9999px'",
             "style='position:relative;left:-5px'",
             "style='height:0'",
             "style='height:0;overflow:hidden;padding-bottom:56%'",
             "style='max-width:0;overflow:hidden;text-overflow:ellipsis'",
             "style='position:absolute;left:-9999px;left:0'",
             "style='color:rgb(nan,0,0)'",
             "style='overflow:hidden;width:10px'",
             "style='font-size:0.8em'",
             "style='text-indent:-2em'",
             "style='clip:auto;position:absolute'",
             "style='clip-path:inset(5%)'",
             "style='color:transparent;-webkit-background-clip:text'",
             "style='display:none;display:block'",
             "style='color:inherit;background:inherit'",
             "aria-hidden=false",
         }) {
        const auto page = read("<div " + attributes + ">seen</div>");
        EXPECT_EQ(page.text, "seen") << attributes;
        EXPECT_EQ(page.hidden.disguised + page.hidden.unrendered, 0) << attributes;
    }
}

TEST(html_hidden, wrappers_without_a_size_of_letters_hide_nothing_that_has_one) {
    EXPECT_EQ(read("<div style='font-size:0'><p style='font-size:13px'>News</p></div>").text, "News");
    EXPECT_EQ(read("<ul style='font-size:0'><li class=item>One</ul>").text, "One");
    EXPECT_EQ(read("<div style='font-size:0'><p>No</p></div>").text, "");
}

TEST(html_hidden, what_is_folded_up_is_unrendered) {
    for (const std::string style : {"width:0;overflow:hidden", "max-height:0px;overflow:clip", "display:none/**/"}) {
        const auto page = read("<p>seen</p><div style='" + style + "'>folded</div>");
        EXPECT_EQ(page.text, "seen") << style;
        EXPECT_EQ(page.hidden.unrendered, 6) << style;
    }
}

TEST(html_hidden, drawings_and_formulas_hide_too) {
    EXPECT_EQ(read("<svg style='display:none'><text>no</text></svg>yes").text, "yes");
    EXPECT_EQ(read("<math hidden alttext='no'><mi>x</mi></math>yes").text, "yes");
}

TEST(html_hidden, unrendered_text_and_comments) {
    const auto page = read(
        "<p>seen</p><p hidden>12345</p><div style='display:none'>67<script>no text</script><style>none</style></div>"
        "<i aria-hidden=true>89</i><dialog>10</dialog><dialog open>open</dialog><!-- note -->"
    );
    EXPECT_EQ(page.text, "seen\nopen");
    EXPECT_EQ(page.hidden.unrendered, 11);
    EXPECT_EQ(page.hidden.comments, 4);
    EXPECT_EQ(page.hidden.disguised, 0);
    EXPECT_EQ(page.hidden.sample, "12345 67 89 10");
    EXPECT_FALSE(page.hidden.unveiled);
    EXPECT_EQ(read("x<!-- only this -->").hidden.sample, "only this");
}

TEST(html_hidden, sample_is_of_the_worst_and_bounded) {
    const auto page = read(
        "<p>seen</p><!--c--><p hidden>u</p><p style='font-size:0'>" + std::string(100'000, 'x') + "</p><p hidden>v</p>"
    );
    EXPECT_EQ(page.hidden.disguised, 100'000);
    EXPECT_EQ(page.hidden.unrendered, 2);
    EXPECT_EQ(page.hidden.sample.size(), 240);
    EXPECT_EQ(page.hidden.sample.find_first_not_of('x'), std::string::npos);
}

TEST(html_hidden, invisible_characters_are_counted) {
    // Tags that spell, a zero-width space, an override; a soft hyphen is nothing to tell of.
    const auto page = read("<p>a\u200B\u202E\U000E0041\U000E0042b\u00ADc</p>");
    EXPECT_EQ(page.text, "abc");
    EXPECT_EQ(page.hidden.invisible_characters, 4);
    EXPECT_EQ(read("<p>\U0001F469\u200D\U0001F4BB</p>").hidden.invisible_characters, 0);  // one joiner: an emoji
}

TEST(html_hidden, images_and_links_that_are_concealed_are_not_read) {
    const auto page = read("<a style='font-size:0' href=/x>x</a><img style='display:none' src=/pixel alt=p>seen");
    EXPECT_TRUE(page.links.empty());
    EXPECT_EQ(page.markdown, "seen");
    EXPECT_EQ(read("<img aria-hidden=true src=/i alt=a>").markdown, "![a](https://example.com/i)");
    EXPECT_EQ(read("<img style='color:transparent' src=/i alt=a>").markdown, "![a](https://example.com/i)");
}

TEST(html_hidden, a_page_that_hides_nearly_all_says_so) {
    std::string story;
    for (int i = 0; i < 20; ++i)
        story += "<p>A paragraph with quite a few words in it, and a full stop at its end.</p>";
    const auto page = read_html("<p>Loading</p><div style='display:none'>" + story + "</div>", {});
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->hidden.unveiled);
    EXPECT_EQ(page->hidden.unrendered, 0);
    const auto disguised = read_html("<p>Loading</p><div style='font-size:0'>" + story + "</div>", {});
    ASSERT_TRUE(disguised);
    EXPECT_FALSE(disguised->hidden.unveiled);
    EXPECT_EQ(disguised->text, "Loading");
}

TEST(css_color, reads_what_is_plain) {
    EXPECT_EQ(read_css_color("#abc"), (css_color{0xAABBCC, false}));
    EXPECT_EQ(read_css_color(" #AABBCC "), (css_color{0xAABBCC, false}));
    EXPECT_EQ(read_css_color("#12345600"), (css_color{0x123456, true}));
    EXPECT_EQ(read_css_color("rgb(255 0 10%)"), (css_color{0xFF0019, false}));
    EXPECT_EQ(read_css_color("RGBA(1,2,3,0)"), (css_color{0x010203, true}));
    EXPECT_EQ(read_css_color("White"), (css_color{0xFFFFFF, false}));
    for (const auto* none :
         {"", "#", "#12", "#12345g", "rgb(", "rgb(1,2)", "rgb(a,b,c)", "url(x)", "var(--x)", "rgb(1"})
        EXPECT_EQ(read_css_color(none), std::nullopt) << none;
}

TEST(inline_style, survives_what_is_no_style) {
    for (const auto* none : {"", ";", ":", ";;:;", "color", "color:", ":none", "clip:rect(", "clip:rect(,,,", "left:-"})
        EXPECT_EQ(read_style(none).how, concealment::none) << none;
}

}  // namespace
}  // namespace forage
