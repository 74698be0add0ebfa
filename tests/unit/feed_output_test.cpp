// Feeds and sitemaps as JSON, by docs/json.md, and as the command line prints them.
#include "cli/render_feed.hpp"
#include "support/cli_format.hpp"

#include <forage/json.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>

namespace {

using namespace forage::cli;
using forage::testing::as;
using json = nlohmann::json;

forage::feed some_feed() {
    forage::feed f;
    f.kind      = forage::feed_kind::atom;
    f.title     = "News";
    f.url       = "https://a.example/";
    f.truncated = true;
    forage::feed_entry e;
    e.id         = "urn:1";
    e.title      = "One \x1b[2J";
    e.url        = "https://a.example/1";
    e.authors    = {"Ada", "Grace"};
    e.published  = "2026-11-23T14:00:05Z";
    e.summary    = "first\nsecond";
    e.content    = "<p>x";
    e.enclosures = {{"https://a.example/1.mp3", "audio/mpeg", 7}};
    f.entries.push_back(e);
    return f;
}

forage::sitemap some_sitemap() {
    forage::sitemap s;
    s.entries = {{"https://a.example/", "2026-11-23", "daily", 0.5}, {"https://a.example/2", "", "", std::nullopt}};
    return s;
}

TEST(feed_output, json_has_the_members_of_the_contract) {
    EXPECT_EQ(
        to_json(some_feed()),
        R"({"kind":"atom","title":"News","url":"https://a.example/","description":"","language":"","updated":"",)"
        R"("truncated":true,"entries":[{"id":"urn:1","title":"One \u001b[2J","url":"https://a.example/1",)"
        R"("authors":["Ada","Grace"],"published":"2026-11-23T14:00:05Z","updated":"","summary":"first\nsecond",)"
        R"("content":"<p>x","content_base":"","categories":[],"enclosures":[{"url":"https://a.example/1.mp3",)"
        R"("type":"audio/mpeg","length":7}]}]})"
    );
    EXPECT_EQ(
        to_json(some_sitemap()),
        R"({"is_index":false,"truncated":false,"entries":[{"url":"https://a.example/","last_modified":"2026-11-23",)"
        R"("change_frequency":"daily","priority":0.5},{"url":"https://a.example/2","last_modified":"",)"
        R"("change_frequency":"","priority":null}]})"
    );
}

TEST(feed_output, lines_of_json_are_entries) {
    const auto lines = render_feed(some_feed(), as(output_format::jsonl));
    EXPECT_EQ(json::parse(lines)["id"], "urn:1");
    EXPECT_EQ(lines.back(), '\n');
    const auto urls = render_sitemap(some_sitemap(), as(output_format::jsonl));
    EXPECT_EQ(json::parse(urls.substr(0, urls.find('\n')))["url"], "https://a.example/");
    EXPECT_EQ(json::parse(render_feed(some_feed(), as(output_format::json)))["entries"].size(), 1u);
}

TEST(feed_output, text_and_markdown_are_for_people_and_their_terminals) {
    EXPECT_EQ(
        render_feed(some_feed(), as(output_format::text)),
        "=== News <https://a.example/>\n\nOne \uFFFD[2J\n   https://a.example/1\n   2026-11-23T14:00:05Z, Ada, Grace\n"
        "   first second\n\n"
    );
    const auto markdown = render_feed(some_feed(), as(output_format::markdown));
    EXPECT_EQ(markdown.find('\x1b'), std::string::npos);
    EXPECT_NE(markdown.find("# [News](<https://a.example/>)"), std::string::npos) << markdown;
    EXPECT_EQ(render_sitemap(some_sitemap(), as(output_format::text)), "https://a.example/\nhttps://a.example/2\n");
}

}  // namespace
