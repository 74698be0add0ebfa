// RSS of all versions, and the modules that feeds use with it.
#include <forage/feed.hpp>

#include <gtest/gtest.h>
#include <string>

namespace {

using forage::feed;
using forage::feed_kind;
using forage::read_feed;

feed read(std::string_view text, const forage::feed_options& options = {}) {
    auto made = read_feed(text, options);
    EXPECT_TRUE(made) << made.error().message();
    return made ? *std::move(made) : feed{};
}

/// The first entry of an RSS feed whose item has this inside.
forage::feed_entry item(const std::string& inside, const forage::feed_options& options = {}) {
    auto made = read(
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' "
        "xmlns:atom='http://www.w3.org/2005/Atom'><channel><item>" +
            inside + "</item></channel></rss>",
        options
    );
    EXPECT_EQ(made.entries.size(), 1u);
    EXPECT_FALSE(made.truncated);
    return made.entries.empty() ? forage::feed_entry{} : std::move(made.entries[0]);
}

TEST(feed_rss, a_feed_has_what_its_channel_says) {
    const auto f = read(R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
  <title>News &amp; Views</title><link>https://a.example/</link><description>All  of
  it</description>
  <atom:link href="https://a.example/feed.xml" rel="self" type="application/rss+xml"/>
  <language>en-gb</language><pubDate>Tue, 10 Jun 2003 04:00:00 GMT</pubDate>
  <lastBuildDate>Tue, 10 Jun 2003 09:41:01 GMT</lastBuildDate>
  <image><title>Logo</title><url>https://a.example/x.png</url><link>https://b.example/</link></image>
  <textInput><title>Search</title><link>https://c.example/</link></textInput>
  <item><title>One</title><link>https://a.example/1</link></item>
  <item><title>Two</title><link>https://a.example/2</link></item>
</channel></rss>)");
    EXPECT_EQ(f.kind, feed_kind::rss);
    EXPECT_EQ(f.title, "News & Views");
    EXPECT_EQ(f.url, "https://a.example/");
    EXPECT_EQ(f.description, "All of it");
    EXPECT_EQ(f.language, "en-gb");
    EXPECT_EQ(f.updated, "2003-06-10T09:41:01Z");
    EXPECT_FALSE(f.truncated);
    ASSERT_EQ(f.entries.size(), 2u);
    EXPECT_EQ(f.entries[0].title, "One");
    EXPECT_EQ(f.entries[1].url, "https://a.example/2");
}

TEST(feed_rss, an_entry_has_what_its_item_says) {
    const auto e = item(R"(<title>T</title><link>https://a.example/1</link><guid isPermaLink="false">urn:1</guid>
<description>&lt;p&gt;One &lt;b&gt;bold&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Two</description>
<pubDate>Sun, 19 May 2002 15:21:36 +0200</pubDate><author>ada@a.example (Ada)</author><dc:creator>Grace</dc:creator>
<category>R&amp;amp;D</category><category domain="x">C++</category><category>C++</category>
<enclosure url="https://a.example/1.mp3" length="12216320" type="audio/mpeg"/><comments>https://a.example/c</comments>)"
    );
    EXPECT_EQ(e.id, "urn:1");
    EXPECT_EQ(e.url, "https://a.example/1");
    EXPECT_EQ(e.summary, "One bold\n\nTwo");
    EXPECT_EQ(e.content, "<p>One <b>bold</b></p><p>Two") << "a description is content where there is no other";
    EXPECT_EQ(e.content_base, "https://a.example/1");
    EXPECT_EQ(e.published, "2002-05-19T15:21:36+02:00");
    EXPECT_EQ(e.updated, "");
    EXPECT_EQ(e.authors, (std::vector<std::string>{"ada@a.example (Ada)", "Grace"}));
    EXPECT_EQ(e.categories, (std::vector<std::string>{"R&D", "C++"}));
    ASSERT_EQ(e.enclosures.size(), 1u);
    EXPECT_EQ(e.enclosures[0].url, "https://a.example/1.mp3");
    EXPECT_EQ(e.enclosures[0].type, "audio/mpeg");
    EXPECT_EQ(e.enclosures[0].length, 12216320u);
}

TEST(feed_rss, the_content_module_comes_before_the_description_wherever_it_stands) {
    for (const std::string inside :
         {"<description>short</description><content:encoded><![CDATA[<p>long</p>]]></content:encoded>",
          "<content:encoded><![CDATA[<p>long</p>]]></content:encoded><description>short</description>"}) {
        const auto e = item(inside);
        EXPECT_EQ(e.summary, "short");
        EXPECT_EQ(e.content, "<p>long</p>") << inside;
    }
}

TEST(feed_rss, modules_stand_in_but_do_not_replace) {
    const auto own = item("<media:title>m</media:title><dc:date>2003-01-01</dc:date><title>t</title>"
                          "<pubDate>Sun, 19 May 2002 15:21:36 GMT</pubDate><dc:title>d</dc:title>");
    EXPECT_EQ(own.title, "t");
    EXPECT_EQ(own.published, "2002-05-19T15:21:36Z");
    const auto others = item("<dc:title>d</dc:title><media:title>m</media:title><dc:date>2003-01-01</dc:date>");
    EXPECT_EQ(others.title, "d");
    EXPECT_EQ(others.published, "2003-01-01");
}

TEST(feed_rss, media_may_be_grouped) {
    const auto e = item("<media:group><media:content url='https://a.example/v.mp4' type='video/mp4' fileSize='7'/>"
                        "<media:content url='https://a.example/w.mp4'><media:title>w</media:title></media:content>"
                        "<media:description>seen</media:description></media:group><title>t</title>");
    EXPECT_EQ(e.title, "t");
    EXPECT_EQ(e.summary, "seen");
    ASSERT_EQ(e.enclosures.size(), 2u);
    EXPECT_EQ(e.enclosures[0].length, 7u);
    EXPECT_EQ(e.enclosures[1].url, "https://a.example/w.mp4");
}

TEST(feed_rss, titles_are_one_line_of_text_whatever_is_escaped_how_often) {
    EXPECT_EQ(item("<title>AT&amp;T</title>").title, "AT&T");
    EXPECT_EQ(item("<title>AT&amp;amp;T</title>").title, "AT&T");
    EXPECT_EQ(item("<title><![CDATA[AT&amp;T <i>now</i>]]></title>").title, "AT&T now");
    EXPECT_EQ(item("<title>\n a \n b </title>").title, "a b");
    EXPECT_EQ(item("<title>a < b</title>").title, "a < b");
    EXPECT_EQ(item("<title>x<b>y</b>z</title>").title, "xyz") << "markup that nobody escaped";
}

TEST(feed_rss, urls_are_absolute_and_http_or_none) {
    EXPECT_EQ(item("<link> https://a.example/x y </link>").url, "https://a.example/x%20y");
    EXPECT_EQ(item("<link>/x</link>").url, "");
    EXPECT_EQ(item("<link>/x</link>", {.base_url = "https://a.example/feed/"}).url, "https://a.example/x");
    EXPECT_EQ(item("<link>javascript:alert(1)</link>").url, "");
    EXPECT_EQ(item("<link>ftp://a.example/</link><guid>https://a.example/g</guid>").url, "https://a.example/g");
    EXPECT_EQ(item("<guid isPermaLink='false'>https://a.example/g</guid>").url, "");
    EXPECT_EQ(item("<guid>https://a.example/g</guid><link>https://a.example/l</link>").url, "https://a.example/l");
    EXPECT_EQ(item("<atom:link href='https://a.example/a'/>").url, "https://a.example/a");
    EXPECT_EQ(item("<link>https://a.example/?a=1&b=2&copy=3</link>").url, "https://a.example/?a=1&b=2&copy=3");
    EXPECT_TRUE(item("<enclosure url='data:text/plain,x'/>").enclosures.empty());
}

TEST(feed_rss, relative_links_are_the_sites_where_nothing_else_is_said) {
    const auto f = read("<rss><channel><link>https://a.example/b/</link><item><link>c</link></item></channel></rss>");
    ASSERT_EQ(f.entries.size(), 1u);
    EXPECT_EQ(f.entries[0].url, "https://a.example/b/c");
}

TEST(feed_rss, version_1_has_items_beside_the_channel) {
    const auto f =
        read(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:d="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example/rss"><title>A</title>
<link>https://a.example/</link><d:date>2001-02-03</d:date>
<items><rdf:Seq><rdf:li rdf:resource="https://a.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://a.example/1"><title>One</title><d:creator>Ada</d:creator><d:subject>x</d:subject></item></rdf:RDF>)"
        );
    EXPECT_EQ(f.kind, feed_kind::rdf);
    EXPECT_EQ(f.title, "A");
    EXPECT_EQ(f.updated, "2001-02-03");
    ASSERT_EQ(f.entries.size(), 1u);
    EXPECT_EQ(f.entries[0].id, "https://a.example/1");
    EXPECT_EQ(f.entries[0].url, "https://a.example/1") << "by rdf:about, as there is no link";
    EXPECT_EQ(f.entries[0].authors, std::vector<std::string>{"Ada"});
    EXPECT_EQ(f.entries[0].categories, std::vector<std::string>{"x"});
}

TEST(feed_rss, version_0_91_brings_its_document_type) {
    const auto f = read(R"(<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>A</title><item><title>One</title></item></channel></rss>)");
    EXPECT_EQ(f.title, "A");
    ASSERT_EQ(f.entries.size(), 1u);
    EXPECT_EQ(f.entries[0].title, "One");
}

TEST(feed_rss, a_feed_may_be_empty) {
    const auto f = read("<rss><channel><title>A</title></channel></rss>");
    EXPECT_EQ(f.title, "A");
    EXPECT_TRUE(f.entries.empty());
    EXPECT_FALSE(f.truncated);
}

}  // namespace
