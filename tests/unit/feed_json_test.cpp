// JSON Feed.
#include <forage/feed.hpp>

#include <gtest/gtest.h>
#include <string>

namespace {

using forage::errc;
using forage::read_feed;

TEST(feed_json, a_feed_and_its_items_have_what_they_say) {
    const auto f = read_feed(
        R"( {"version":"https://jsonfeed.org/version/1.1","title":"A\u00e9","home_page_url":"https://a.example/",
"description":"d","language":"en","authors":[{"name":"Ada"}],"items":[
{"id":7,"url":"/1","title":"One","content_html":"<p>x","content_text":"y","summary":"s","date_published":"2010-02-07T14:04:00-05:00",
"date_modified":"2011-02-07T14:04:00Z","tags":["t","u",3],"author":{"name":"Grace"},
"attachments":[{"url":"https://a.example/1.m4a","mime_type":"audio/x-m4a","size_in_bytes":89970236},{"url":"x:y"}]},
{"id":"https://a.example/2","content_text":"1 < 2"}]})"
    );
    ASSERT_TRUE(f) << f.error().message();
    EXPECT_EQ(f->kind, forage::feed_kind::json);
    EXPECT_EQ(f->title, "A\u00e9");
    EXPECT_EQ(f->url, "https://a.example/");
    EXPECT_EQ(f->description, "d");
    EXPECT_EQ(f->language, "en");
    EXPECT_FALSE(f->truncated);
    ASSERT_EQ(f->entries.size(), 2u);
    const auto& e = f->entries[0];
    EXPECT_EQ(e.id, "7");
    EXPECT_EQ(e.url, "https://a.example/1");
    EXPECT_EQ(e.title, "One");
    EXPECT_EQ(e.content, "<p>x");
    EXPECT_EQ(e.summary, "s");
    EXPECT_EQ(e.published, "2010-02-07T14:04:00-05:00");
    EXPECT_EQ(e.updated, "2011-02-07T14:04:00Z");
    EXPECT_EQ(e.categories, (std::vector<std::string>{"t", "u"}));
    EXPECT_EQ(e.authors, std::vector<std::string>{"Grace"});
    ASSERT_EQ(e.enclosures.size(), 1u);
    EXPECT_EQ(e.enclosures[0].length, 89970236u);
    EXPECT_EQ(f->entries[1].url, "https://a.example/2") << "an id that is a URL is one";
    EXPECT_EQ(f->entries[1].content, "1 &lt; 2");
    EXPECT_EQ(f->entries[1].authors, std::vector<std::string>{"Ada"});
}

TEST(feed_json, other_json_is_no_feed) {
    EXPECT_EQ(read_feed(R"({"items":[]})").error().code, errc::unsupported_type);
    EXPECT_EQ(read_feed(R"({"version":"1"})").error().code, errc::unsupported_type);
    EXPECT_EQ(read_feed(R"({"version":)").error().code, errc::parse_failed);
    EXPECT_EQ(read_feed(R"({"version":"https://jsonfeed.org/version/1","items":7})").value().entries.size(), 0u);
}

TEST(feed_json, limits_hold_here_as_well) {
    const std::string text =
        R"({"version":"https://jsonfeed.org/version/1","items":[{"id":"1","content_html":"12345"},{"id":"2"}]})";
    const auto few = read_feed(text, {.max_entries = 1});
    ASSERT_TRUE(few);
    EXPECT_EQ(few->entries.size(), 1u);
    EXPECT_TRUE(few->truncated);
    const auto cut = read_feed(text, {.max_content = 3});
    ASSERT_TRUE(cut);
    EXPECT_EQ(cut->entries.at(0).content, "123");
    EXPECT_TRUE(cut->truncated);
    EXPECT_EQ(read_feed(text, {.max_memory = 500}).error().code, errc::parse_failed);
    EXPECT_EQ(read_feed("{" + std::string(100'000, '[')).error().code, errc::parse_failed);
}

}  // namespace
