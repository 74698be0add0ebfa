// DuckDuckGo's pages: hits, advertisements, paging forms, challenges, and pages that are none of its own.
#include "search/duckduckgo_page.hpp"
#include "search/form.hpp"
#include "search/provider.hpp"

#include <gtest/gtest.h>
#include <string>

namespace forage::detail {
namespace {

const search_provider& duckduckgo = duckduckgo_provider();

result<hit_page> read(int status, std::string_view body, std::string token = {}) {
    page_query ask;
    ask.token = std::move(token);
    provider_answer answer;
    answer.status = status;
    answer.body   = body;
    return duckduckgo.read(ask, answer);
}

errc failure(int status, std::string_view body) {
    const auto page = read(status, body);
    return page ? errc::ok : page.error().code;
}

std::string entry(std::string_view url, std::string_view title = "T", std::string_view more = "") {
    return "<div class=\"result results_links " + std::string{more} +
           "\"><h2><a rel=\"nofollow\" class=\"result__a\" href=\"//duckduckgo.com/l/?uddg=" + form_encode(url) +
           "&amp;rut=1\">" + std::string{title} + "</a></h2><a class=\"result__snippet\" href=\"#\">S <b>" +
           std::string{title} + "</b>&#x27;s</a></div>";
}

std::string form(int s, std::string_view label) {
    return "<div class=nav-link><form action='/html/' method=post><input type=submit value='" + std::string{label} +
           "'><input type=hidden name=q value='a &amp; b'><input type=hidden name=s value=" + std::to_string(s) +
           "><input type=hidden name=vqd value='4-1'></form></div>";
}

std::string page_of(std::string_view inside) {
    return "<!DOCTYPE html><html><body><form action=/html/ method=post><input type=text name=q></form><div id=links "
           "class=results>" +
           std::string{inside} + "</div></body></html>";
}

TEST(search_duckduckgo, first_page_by_get) {
    page_query ask;
    ask.query          = "wal mode";
    ask.language       = "de-AT";
    const auto request = duckduckgo.request({}, ask);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, "GET");
    EXPECT_EQ(form_value(request->target.query(), "q"), "wal mode");
    EXPECT_EQ(form_value(request->target.query(), "kl"), "at-de");
    EXPECT_EQ(find_field(request->fields, "accept-language"), "de-AT");
    EXPECT_TRUE(request->body.empty());
}

TEST(search_duckduckgo, next_pages_post_the_form) {
    page_query ask;
    ask.query          = "wal mode";
    ask.token          = "3:q=wal+mode&s=10&vqd=4-1";
    const auto request = duckduckgo.request({}, ask);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, "POST");
    EXPECT_EQ(request->body, "q=wal+mode&s=10&vqd=4-1");
    EXPECT_EQ(find_field(request->fields, "content-type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(request->target.query(), "");
}

TEST(search_duckduckgo, refuses_tokens_that_are_none) {
    for (const auto* token : {"q=a b", "x:q=a", "q=a\r\nb", "-1:q=a", "q=\xff"}) {
        page_query ask;
        ask.token = token;
        EXPECT_EQ(duckduckgo.request({}, ask).error().code, errc::bad_argument) << token;
    }
    page_query ask;
    ask.query = std::string(500, 'x');
    EXPECT_EQ(duckduckgo.request({}, ask).error().code, errc::bad_argument);
}

TEST(search_duckduckgo, reads_hits_and_the_form_that_leads_on) {
    const auto page = read(
        200,
        page_of(
            entry("https://a.example/?x=1&y=2", "A &lt;<b>one</b>&gt;") + entry("https://b.example/") + form(10, "Next")
        )
    );
    ASSERT_TRUE(page);
    ASSERT_EQ(page->hits.size(), 2u);
    EXPECT_EQ(page->hits[0].title, "A <one>");
    EXPECT_EQ(page->hits[0].url, "https://a.example/?x=1&y=2");
    EXPECT_EQ(page->hits[0].snippet, "S A <one>'s");
    EXPECT_EQ(page->hits[1].rank, 2);
    EXPECT_EQ(parse_form(page->next), (form_fields{{"q", "a & b"}, {"s", "10"}, {"vqd", "4-1"}}));
}

TEST(search_duckduckgo, the_form_back_is_not_the_next_page) {
    const auto here = entry("https://a.example/");
    EXPECT_EQ(form_value(read(200, page_of(here + form(0, "Previous") + form(30, "Next")), "s=10")->next, "s"), "30");
    EXPECT_EQ(read(200, page_of(here + form(0, "Previous")), "s=10")->next, "") << "the last page";
    EXPECT_EQ(read(200, page_of(here + form(10, "Next")), "s=10")->next, "") << "would lead nowhere";
}

TEST(search_duckduckgo, skips_advertisements) {
    const auto page = read(
        200,
        page_of(
            entry("https://ad.example/", "Ad", "result--ad") + entry("https://a.example/") +
            entry("https://duckduckgo.com/y.js?ad_domain=x", "Ad") +
            "<a class=result__a href='https://duckduckgo.com/y.js?ad=1'>Ad</a>"
        )
    );
    ASSERT_TRUE(page);
    ASSERT_EQ(page->hits.size(), 1u);
    EXPECT_EQ(page->hits[0].url, "https://a.example/");
    EXPECT_EQ(page->hits[0].rank, 2);
}

TEST(search_duckduckgo, nothing_but_advertisements_is_no_hit) {
    EXPECT_EQ(failure(200, page_of(entry("https://ad.example/", "Ad", "result--ad"))), errc::ok);
}

TEST(search_duckduckgo, the_end_mark_is_no_hit_and_ends_paging) {
    const auto page = read(
        200,
        page_of(entry("https://a.example/") + entry("http://www.google.com/search?q=x", "EOF") + form(50, "Next")),
        "s=30"
    );
    ASSERT_TRUE(page);
    EXPECT_EQ(page->hits.size(), 1u);
    EXPECT_EQ(page->next, "");
    EXPECT_EQ(failure(200, page_of(entry("http://google.com/search?q=x", "EOF"))), errc::ok);
    EXPECT_EQ(read(200, page_of(entry("https://a.example/", "EOF")))->hits.size(), 1u) << "a page of that name";
}

TEST(search_duckduckgo, lite_pages) {
    const auto page = read(
        200,
        "<table><tr class='result-sponsored'><td><a class='result-link' href='https://ad.example/'>Ad</a></td></tr>"
        "<tr class='result-sponsored'><td class='result-snippet'>Buy</td></tr>"
        "<tr><td>1.&nbsp;</td><td><a rel=nofollow "
        "href=\"//duckduckgo.com/l/?uddg=https%3A%2F%2Fa.example%2F&amp;rut=1\" class='result-link'>A</a></td></tr>"
        "<tr><td></td><td class='result-snippet'>One &amp; <b>two</b></td></tr></table>"
    );
    ASSERT_TRUE(page);
    ASSERT_EQ(page->hits.size(), 1u);
    EXPECT_EQ(page->hits[0].url, "https://a.example/");
    EXPECT_EQ(page->hits[0].snippet, "One & two");
}

TEST(search_duckduckgo, challenges) {
    const auto challenge = "<form id='challenge-form' action='//duckduckgo.com/anomaly.js?sv=html' method=POST><div "
                           "class='anomaly-modal__mask'></div></form>";
    EXPECT_EQ(failure(202, challenge), errc::challenge);
    EXPECT_EQ(failure(200, challenge), errc::challenge);
    EXPECT_EQ(failure(202, ""), errc::challenge);
    EXPECT_EQ(failure(202, page_of("")), errc::challenge);
    EXPECT_EQ(failure(403, ""), errc::challenge);
    EXPECT_EQ(failure(418, ""), errc::challenge);
}

TEST(search_duckduckgo, a_query_about_challenges_is_none) {
    const auto body = page_of(
        "anomaly-modal /anomaly.js &lt;div class=anomaly-modal&gt;" + entry("https://a.example/", "anomaly-modal")
    );
    EXPECT_EQ(failure(200, body), errc::ok);
    EXPECT_EQ(failure(200, page_of("anomaly.js anomaly-modal__mask")), errc::ok) << "only attributes count";
}

TEST(search_duckduckgo, no_results_must_be_said) {
    EXPECT_EQ(failure(200, "<div class='no-results'>No results.</div>"), errc::ok);
    EXPECT_EQ(failure(200, "<div class='result result--no-result'>No results.</div>"), errc::ok);
    EXPECT_EQ(failure(200, page_of("")), errc::ok);
    EXPECT_EQ(failure(200, ""), errc::bad_response);
    EXPECT_EQ(failure(200, "{\"results\":[]}"), errc::bad_response);
    EXPECT_EQ(failure(200, "<html><body>Welcome to the hotel network</body></html>"), errc::bad_response);
    EXPECT_EQ(
        failure(200, page_of("<a class=new href='//duckduckgo.com/l/?uddg=https%3A%2F%2Fa%2F'>A</a>")),
        errc::bad_response
    ) << "results in markup we do not know";
}

TEST(search_duckduckgo, other_statuses) {
    EXPECT_EQ(failure(429, ""), errc::rate_limited);
    EXPECT_EQ(failure(500, ""), errc::server_error);
    EXPECT_EQ(failure(400, ""), errc::bad_request);
    EXPECT_EQ(failure(302, ""), errc::bad_response);
}

TEST(search_duckduckgo, a_token_can_stand_in_the_middle_of_a_page) {
    page_query ask;
    ask.token = "q=a&s=10";
    EXPECT_EQ(duckduckgo.token_after(ask, 1), "1:q=a&s=10");
    EXPECT_EQ(duckduckgo.first_rank("1:q=a&s=10"), 12);
    EXPECT_EQ(duckduckgo.first_rank("4:"), 5);
    const auto page = read(200, page_of(entry("https://a.example/") + entry("https://b.example/")), "1:q=a&s=10");
    ASSERT_TRUE(page);
    ASSERT_EQ(page->hits.size(), 1u);
    EXPECT_EQ(page->hits[0].url, "https://b.example/");
}

TEST(search_duckduckgo, links_without_target_are_dropped) {
    EXPECT_EQ(unwrap_duckduckgo_link("//duckduckgo.com/l/?uddg=javascript%3Aalert(1)"), std::nullopt);
    EXPECT_EQ(unwrap_duckduckgo_link("//duckduckgo.com/l/?rut=1"), std::nullopt);
    EXPECT_EQ(unwrap_duckduckgo_link("javascript:alert(1)"), std::nullopt);
    EXPECT_EQ(
        unwrap_duckduckgo_link("//evilduckduckgo.com/l/?uddg=https%3A%2F%2Fa%2F"),
        "https://evilduckduckgo.com/l/?uddg=https%3A%2F%2Fa%2F"
    );
}

TEST(search_duckduckgo, broken_markup_is_read_as_far_as_it_goes) {
    const auto whole = page_of(entry("https://a.example/") + entry("https://b.example/") + form(10, "Next"));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto page = read(200, std::string_view{whole}.substr(0, size));
        EXPECT_LE(page ? page->hits.size() : 0, 2u) << size;
    }
    const auto unclosed = read(
        200,
        "<div class=result><a class=result__a href=https://a.example/>A<div class=result><a class=result__a "
        "href=https://b.example/>B"
    );
    ASSERT_TRUE(unclosed);
    EXPECT_EQ(unclosed->hits.size(), 2u);
}

TEST(search_duckduckgo, entries_and_texts_are_bounded) {
    std::string many;
    for (int i = 0; i < 1000; ++i) many += entry("https://a.example/" + std::to_string(i));
    EXPECT_EQ(read(200, page_of(many))->hits.size(), 200u);
    const auto page = read(200, page_of(entry("https://a.example/", std::string(1'000'000, 'x'))));
    ASSERT_TRUE(page);
    EXPECT_LE(page->hits[0].title.size(), 4004u);
}

}  // namespace
}  // namespace forage::detail
