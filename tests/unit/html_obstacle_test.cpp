// Pages that stand in the place of the one that was asked for, and pages that only look like them.
#include "html/obstacle_title.hpp"

#include <forage/html.hpp>

#include <gtest/gtest.h>
#include <string>

namespace forage {
namespace {

page_obstacle obstacle_of(const std::string& html) {
    const auto page = read_html(html, {.base_url = "https://example.com/"});
    EXPECT_TRUE(page) << html;
    return page ? page->obstacle : page_obstacle::none;
}

std::string prose(int sentences) {
    std::string text = "<p>";
    for (int i = 0; i < sentences; ++i) text += "Here is another sentence, which says something about the matter. ";
    return text + "</p>";
}

std::string titled(const std::string& title, const std::string& body) {
    return "<!doctype html><title>" + title + "</title><body>" + body;
}

TEST(html_obstacle, checks_for_robots) {
    for (const auto& html : {
             titled("Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript>"),
             titled("example.com", "<script>window._cf_chl_opt={cType:'managed'};</script><p>Verifying</p>"),
             titled("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1>"),
             titled("example.com", "<script src='https://ct.captcha-delivery.com/c.js'></script><p>Please wait</p>"),
             titled("Access to this page has been denied", "<div id=px-captcha></div>"),
             titled("", "<iframe src='/_Incapsula_Resource?SWUDNSAI=31&xinfo=1'>Request unsuccessful.</iframe>"),
             titled("Shop", "<form action=/verify><div class=g-recaptcha data-sitekey=k></div></form><p>Continue"),
             titled(
                 "Making sure you&#39;re not a bot!", "<script id=anubis_challenge type=application/json>{}</script>"
             ),
             titled("Nur einen Moment…", "<p>Die Verbindung wird geprüft</p>"),
         }) {
        EXPECT_EQ(obstacle_of(html), page_obstacle::challenge) << html;
    }
}

TEST(html_obstacle, consent_and_log_in) {
    EXPECT_EQ(
        obstacle_of(titled("Search", "<form action='https://consent.google.com/save'><button>Accept all</button>")),
        page_obstacle::consent
    );
    EXPECT_EQ(obstacle_of(titled("Bevor Sie fortfahren", "<p>Wir verwenden Cookies")), page_obstacle::consent);
    EXPECT_EQ(
        obstacle_of(titled("Log in | Example", "<form><input name=u><input type=password></form>" + prose(10))),
        page_obstacle::login
    );
    EXPECT_EQ(obstacle_of(titled("Example", "<form>Name <input> <input type=password>")), page_obstacle::login);
}

TEST(html_obstacle, errors_that_are_sent_like_pages) {
    for (const auto& html : {
             titled("404 Not Found", "<center><h1>404 Not Found</h1></center><hr><center>nginx</center>"),
             titled("Page not found – Example", "<p>It looks like nothing was found at this location.</p>"),
             titled("Example", "<h1>Oops! That page can’t be found.</h1><p>Maybe try a search?</p>"),
             titled("Fehler 404 | Beispiel", "<p>Die Seite gibt es nicht.</p>"),
             titled("Seite nicht gefunden", "<p>Die Seite gibt es nicht.</p>"),
             titled("Example - 503 Service Unavailable", "<p>Try again later.</p>"),
             titled("ページが見つかりません", "<p>URLをご確認ください。</p>"),
         }) {
        EXPECT_EQ(obstacle_of(html), page_obstacle::error_page) << html;
    }
}

TEST(html_obstacle, shells_that_are_empty_without_scripts) {
    EXPECT_EQ(
        obstacle_of(titled(
            "App",
            "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root>"
            "</div><script src=/static/js/main.js></script>"
        )),
        page_obstacle::needs_script
    );
    EXPECT_EQ(
        obstacle_of(titled("App", "<div id=app>Loading</div><script src=a.js></script>")), page_obstacle::needs_script
    );
    EXPECT_EQ(obstacle_of(titled("Picture", "<div>Loading</div>")), page_obstacle::none);
}

TEST(html_obstacle, articles_for_subscribers) {
    const std::string paid =
        R"(<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree": "False"}</script>)";
    const std::string free =
        R"(<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":true}</script>)";
    EXPECT_EQ(obstacle_of(titled("News", paid + "<article>" + prose(5) + "</article>")), page_obstacle::paywall);
    EXPECT_EQ(obstacle_of(titled("News", free + "<article>" + prose(5) + "</article>")), page_obstacle::none);
    EXPECT_EQ(obstacle_of(titled("News", paid + "<article>" + prose(100) + "</article>")), page_obstacle::none);
}

TEST(html_obstacle, pages_that_have_something_to_say_are_none) {
    for (const auto& html : {
             titled("Just a moment...", prose(40)),
             titled("What does 404 Not Found mean?", prose(3)),
             titled("How to fix error 404 on your site - Blog", prose(3)),
             titled("Captchas considered harmful", "<h1>Captchas considered harmful</h1>" + prose(3)),
             titled("Contact", "<form><input><textarea></textarea><div class=g-recaptcha></div></form>Write to us"),
             titled("Forum", "<form>Log in <input type=password></form>" + prose(12)),
             titled("Example", "<script src=a.js></script>" + prose(1)),
             titled("Example", "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>" + prose(2)),
             titled("A moment in time", prose(1)),
             titled("404 (album)", "<h1>404 (album)</h1>" + prose(12)),
             titled("Forbidden (2019 film) - IMDb", "<h1>Forbidden</h1><h1>2019</h1>" + prose(12).substr(3)),
             titled("Shop", "<form action='/cookie-consent'><button>OK</button></form>" + prose(12)),
         }) {
        EXPECT_EQ(obstacle_of(html), page_obstacle::none) << html;
    }
}

TEST(html_obstacle, titles_are_compared_part_by_part) {
    using detail::obstacle_titled;
    EXPECT_EQ(obstacle_titled(""), page_obstacle::none);
    EXPECT_EQ(obstacle_titled("Example » 404"), page_obstacle::error_page);
    EXPECT_EQ(obstacle_titled("HTTP Error 503. The service is unavailable."), page_obstacle::none);
    EXPECT_EQ(obstacle_titled("Example: Robot Check"), page_obstacle::challenge);
    EXPECT_EQ(obstacle_titled("404 Not Found"), page_obstacle::error_page);
    EXPECT_EQ(obstacle_titled("Room 404"), page_obstacle::none);
    EXPECT_EQ(obstacle_titled(std::string(1'000'000, '|')), page_obstacle::none);
    EXPECT_EQ(obstacle_titled("\xE2"), page_obstacle::none);
}

}  // namespace
}  // namespace forage
