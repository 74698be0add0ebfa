// What is left out of main content, and what looks like it and is not.
#include "support/prose.hpp"

#include <gtest/gtest.h>

namespace {

using namespace forage::testing;

/// The main text of an article with `part` behind its first paragraphs.
std::string article_with(std::string_view part) {
    return read_page("<article>" + paragraphs("story", 6) + std::string{part} + paragraphs("story", 2) + "</article>")
        .main_text;
}

void expect_out(std::string_view part) { EXPECT_FALSE(has(article_with(part), "PART")) << part; }
void expect_in(std::string_view part) { EXPECT_TRUE(has(article_with(part), "PART")) << part; }

TEST(html_boilerplate, elements) {
    for (const std::string name : {"nav", "aside", "footer", "dialog", "button", "figcaption", "select"}) {
        expect_out(name == "select" ? "<select><option>PART</select>" : "<" + name + ">PART</" + name + ">");
    }
    expect_in("<section>PART</section>");
    expect_in("<header>PART</header>");
}

TEST(html_boilerplate, names_of_classes_ids_roles_and_properties) {
    for (const std::string attribute :
         {"class='x post-comments'",
          "id=comments",
          "class=cookieNotice",
          "class=newsletter-signup",
          "id=ad_2",
          "class=sponsored",
          "role=dialog",
          "class=sidebar",
          "class=SocialShare",
          "class=page_footer",
          "class=visuallyhidden",
          "class='wp-caption-text'",
          "itemprop=comment"}) {
        expect_out("<div " + attribute + ">PART <a href=/x>x</a></div>");
    }
    for (const std::string attribute :
         {"class=story", "class=shadow", "class=adapted", "class=browse", "class=menagerie", "id=headland"}) {
        expect_in("<div " + attribute + ">PART <a href=/x>x</a></div>");
    }
}

TEST(html_boilerplate, names_that_speak_of_the_content_prevail) {
    expect_in("<div class='article-body has-sidebar'>PART</div>");
    expect_in("<div class='main-content with-footer'>PART</div>");
}

TEST(html_boilerplate, what_leads_elsewhere_has_links) {
    expect_out("<div class=related>PART <a href=/x>x</a></div>");
    expect_in("<p class=teaser>PART</p>");
    expect_out("<div class=navigation>PART</div>");
    expect_in("<h2 id=nav_part>PART</h2>");
}

TEST(html_boilerplate, an_embedded_post_is_no_share_bar) {
    expect_in("<div class=social-embed>" + paragraph("PART") + "</div>");
    expect_out("<div class=social-embed><a href=/x>PART</a></div>");
}

TEST(html_boilerplate, a_name_that_half_of_the_page_stands_under_tells_nothing) {
    const auto page = read_page("<div class=sidebar-layout>" + paragraphs("story", 4) + "</div>");
    EXPECT_TRUE(has(page.main_text, "story."));
    const auto paywall =
        read_page("<article>" + paragraphs("story", 5) + "<div class=paywall>" + paragraphs("rest", 3));
    EXPECT_TRUE(has(paywall.main_text, "rest."));
}

TEST(html_boilerplate, cookie_notices_may_be_longer_than_the_page) {
    const auto page = read_page(
        "<div class=content>" + paragraphs("story", 2) + "</div><div id=cookie-banner>" + paragraphs("cookie", 9)
    );
    EXPECT_TRUE(has(page.main_text, "story."));
    EXPECT_FALSE(has(page.main_text, "cookie."));
}

TEST(html_boilerplate, comments_may_be_longer_than_the_article) {
    const auto page =
        read_page("<div>" + paragraphs("story", 3) + "</div><div class=comments>" + paragraphs("comment", 20));
    EXPECT_TRUE(has(page.main_text, "story."));
    EXPECT_FALSE(has(page.main_text, "comment."));
}

TEST(html_boilerplate, lists_of_links) {
    expect_out("<ul><li><a href=/1>PART one</a><li><a href=/2>two</a></ul>");
    expect_in("<ul><li>PART, as <a href=/1>one</a> says<li>and more of this <a href=/2>two</a></ul>");
}

TEST(html_boilerplate, lines_that_are_a_link) {
    expect_out("<p><a href=/x>PART</a></p>");
    expect_out("<div><a href=/x>PART of another page</a> -</div>");
    expect_in("<p>See <a href=/x>PART</a> for it</p>");
}

TEST(html_boilerplate, groups_of_other_pages_each_with_its_heading) {
    const std::string other = "<h3><a href=/x>PART of another page</a></h3>some words";
    expect_out("<section>" + other + other + other + "</section>");
    expect_in("<section><h3>PART</h3>" + paragraph("part") + "</section>");
}

TEST(html_boilerplate, author_boxes_bylines_and_forms) {
    expect_out("<div class=author-bio>" + paragraph("PART") + "</div>");
    expect_out("<div class=post-meta>PART</div>");
    expect_out("<form>PART<input></form>");
    expect_in("<form>PART</form>");  // some put a whole page into one
}

}  // namespace
