// Atom: its kinds of text, links, bases, and what entries take from their feed.
#include <forage/feed.hpp>

#include <gtest/gtest.h>
#include <string>

namespace {

using forage::feed;
using forage::read_feed;

feed read(std::string_view text, const forage::feed_options& options = {}) {
    auto made = read_feed(text, options);
    EXPECT_TRUE(made) << made.error().message();
    return made ? *std::move(made) : feed{};
}

forage::feed_entry entry(const std::string& inside, const forage::feed_options& options = {}) {
    auto made = read("<feed xmlns='http://www.w3.org/2005/Atom'><entry>" + inside + "</entry></feed>", options);
    EXPECT_EQ(made.entries.size(), 1u);
    EXPECT_FALSE(made.truncated);
    return made.entries.empty() ? forage::feed_entry{} : std::move(made.entries[0]);
}

TEST(feed_atom, a_feed_and_an_entry_have_what_they_say) {
    const auto f = read(R"(<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
  <title type="text">dive into mark</title><subtitle type="html">A &lt;em&gt;lot&lt;/em&gt;</subtitle>
  <updated>2005-07-31T12:29:29Z</updated><id>tag:example.org,2003:3</id>
  <link rel="alternate" type="text/html" href="http://example.org/"/><link rel="self" href="http://example.org/f"/>
  <author><name>Ada</name><uri>http://example.org/ada</uri></author>
  <entry><title>Atom draft</title><link href="http://example.org/2005/04"/><id>tag:example.org,2003:3.2397</id>
    <link rel="enclosure" type="audio/mpeg" length="1337" href="http://example.org/a.mp3"/>
    <updated>2005-07-31T12:29:29Z</updated><published>2003-12-13T08:29:29-04:00</published>
    <author><name>Mark Pilgrim</name></author><contributor><name>Sam</name></contributor>
    <category term="x" label="The X"/><category term="y"/><summary>short</summary>
    <source><title>elsewhere</title><id>no</id></source></entry>
  <entry><title>Second</title></entry>
</feed>)");
    EXPECT_EQ(f.kind, forage::feed_kind::atom);
    EXPECT_EQ(f.title, "dive into mark");
    EXPECT_EQ(f.description, "A lot");
    EXPECT_EQ(f.url, "http://example.org/");
    EXPECT_EQ(f.language, "de");
    EXPECT_EQ(f.updated, "2005-07-31T12:29:29Z");
    ASSERT_EQ(f.entries.size(), 2u);
    const auto& e = f.entries[0];
    EXPECT_EQ(e.id, "tag:example.org,2003:3.2397");
    EXPECT_EQ(e.title, "Atom draft");
    EXPECT_EQ(e.url, "http://example.org/2005/04");
    EXPECT_EQ(e.published, "2003-12-13T08:29:29-04:00");
    EXPECT_EQ(e.updated, "2005-07-31T12:29:29Z");
    EXPECT_EQ(e.authors, std::vector<std::string>{"Mark Pilgrim"});
    EXPECT_EQ(e.categories, (std::vector<std::string>{"The X", "y"}));
    EXPECT_EQ(e.summary, "short");
    EXPECT_EQ(e.content, "") << "a summary of plain text is no HTML";
    ASSERT_EQ(e.enclosures.size(), 1u);
    EXPECT_EQ(e.enclosures[0].length, 1337u);
    EXPECT_EQ(f.entries[1].authors, std::vector<std::string>{"Ada"}) << "the feed's";
}

TEST(feed_atom, text_is_meant_as_its_type_says) {
    EXPECT_EQ(entry("<title>1 &lt; 2 &amp;amp; 3</title>").title, "1 < 2 &amp; 3");
    EXPECT_EQ(entry("<title type='html'>1 &amp;lt; &lt;b&gt;2&lt;/b&gt;</title>").title, "1 < 2");
    const auto x = "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>1 &lt; <b>2</b></div></title>";
    EXPECT_EQ(entry(x).title, "1 < 2");
    EXPECT_EQ(entry("<content>1 &lt; 2\n3</content>").content, "1 &lt; 2\n3");
    EXPECT_EQ(entry("<content type='html'>&lt;p&gt;x</content>").content, "<p>x");
    EXPECT_EQ(entry("<summary type='html'>&lt;p&gt;x</summary>").content, "<p>x") << "the fullest HTML there is";
}

TEST(feed_atom, what_is_encoded_is_no_text) {
    EXPECT_EQ(entry("<content type='image/png'>aGVsbG8=</content>").content, "");
    EXPECT_EQ(entry("<title mode='base64' type='text/html'>aGVsbG8=</title>").title, "");
    EXPECT_EQ(entry("<content type='text/plain; charset=utf-8'>x</content>").content, "x");
}

TEST(feed_atom, xhtml_becomes_html_without_its_wrapper) {
    const auto e =
        entry("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p class='a\"b'>1 &amp; 2<br/>"
              "<div>in</div></p></div></content>");
    EXPECT_EQ(e.content, "<p class=\"a&quot;b\">1 &amp; 2<br><div>in</div></p>");
    const auto prefixed =
        entry("<content type='xhtml' xmlns:h='http://www.w3.org/1999/xhtml'><h:div><h:i>x</h:i></h:div></content>");
    EXPECT_EQ(prefixed.content, "<i>x</i>");
}

TEST(feed_atom, bases_are_in_force_where_they_stand) {
    const auto f = read(
        R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.example/x/">
<link href="."/><entry xml:base="y/"><link href="1"/><content type="html" xml:base="z/">t</content></entry>
<entry><link href="2"/></entry></feed>)",
        {.base_url = "http://b.example/"}
    );
    EXPECT_EQ(f.url, "http://a.example/x/");
    ASSERT_EQ(f.entries.size(), 2u);
    EXPECT_EQ(f.entries[0].url, "http://a.example/x/y/1");
    EXPECT_EQ(f.entries[0].content_base, "http://a.example/x/y/z/");
    EXPECT_EQ(f.entries[1].url, "http://a.example/x/2");
    EXPECT_EQ(entry("<link href='/1'/>", {.base_url = "http://b.example/x"}).url, "http://b.example/1");
    EXPECT_EQ(entry("<link xml:base='http://c.example/' href='1'/>").url, "http://c.example/1");
}

TEST(feed_atom, version_0_3) {
    const auto f = read(R"(<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>A</title><tagline>t</tagline>
<modified>2004-01-02T03:04:05Z</modified>
<entry><title mode="escaped" type="text/html">&lt;b&gt;x&lt;/b&gt;</title><issued>2004-01-01T00:00:00Z</issued>
<modified>2004-01-02T03:04:05Z</modified><created>2003-01-01T00:00:00Z</created>
<content type="application/xhtml+xml" mode="xml"><p>y</p></content></entry></feed>)");
    EXPECT_EQ(f.description, "t");
    EXPECT_EQ(f.updated, "2004-01-02T03:04:05Z");
    ASSERT_EQ(f.entries.size(), 1u);
    EXPECT_EQ(f.entries[0].title, "x");
    EXPECT_EQ(f.entries[0].published, "2004-01-01T00:00:00Z");
    EXPECT_EQ(f.entries[0].updated, "2004-01-02T03:04:05Z");
    EXPECT_EQ(f.entries[0].content, "<p>y</p>");
}

TEST(feed_atom, names_go_by_namespace_and_not_by_prefix) {
    const auto f = read(R"(<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:dc="urn:something-else">
<a:entry><dc:title>no</dc:title><a:title>yes</a:title><title xmlns="urn:x">perhaps</title></a:entry></a:feed>)");
    ASSERT_EQ(f.entries.size(), 1u);
    EXPECT_EQ(f.entries[0].title, "yes");
    EXPECT_EQ(read("<feed><entry><title>x</title></entry></feed>").entries.at(0).title, "x") << "no namespace at all";
}

}  // namespace
