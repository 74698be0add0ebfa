// Feeds as they are found: in other encodings than they say, and not well-formed.
#include "feed/xml_repair.hpp"

#include <forage/feed.hpp>

#include <gtest/gtest.h>
#include <string>

namespace {

using namespace std::string_literals;
using forage::read_feed;
using forage::detail::most_repaired;
using forage::detail::repaired_xml;

std::string with_title(const std::string& title) {
    return "<rss><channel><item><title>" + title + "</title></item></channel></rss>";
}

std::string title_of(const std::string& bytes, std::string_view content_type = {}) {
    const auto f = read_feed(bytes, {.content_type = content_type});
    EXPECT_TRUE(f) << f.error().message();
    return f && !f->entries.empty() ? f->entries[0].title : "";
}

std::string utf_16(std::string_view ascii, bool big) {
    std::string out;
    for (const char c : ascii) out += big ? "\0"s + c : c + "\0"s;
    return out;
}

TEST(feed_repair, what_comes_before_the_root_is_left_out_but_for_its_lines) {
    EXPECT_EQ(repaired_xml("\n junk <?xml version='1.0'?>\n<!-- <a> -->\n<a/>"), "\n\n\n<a/>");
    EXPECT_EQ(repaired_xml("<!DOCTYPE a [<!ENTITY b '>]>'\n> <!-- ]> ' --> ]><a/>"), "\n<a/>");
    EXPECT_EQ(repaired_xml("<a><!-- x -- y\n --><?p?></a>"), "<a>\n</a>");
    EXPECT_EQ(repaired_xml("no markup"), "");
}

TEST(feed_repair, references_become_what_they_stand_for) {
    EXPECT_EQ(
        repaired_xml("<a b='&eacute;&quot;&#60;'>&nbsp;&#x20ac;&lt;&amp;</a>"),
        "<a b='\u00e9&quot;&lt;'>\u00a0\u20ac&lt;&amp;</a>"
    );
    EXPECT_EQ(repaired_xml("<a>&#8;&#xFFFF;&#0;</a>"), "<a>\uFFFD\uFFFD</a>") << "no characters of XML";
    EXPECT_EQ(repaired_xml("<a>]&#93;></a>"), "<a>]]&gt;</a>");
}

TEST(feed_repair, what_begins_nothing_is_text) {
    EXPECT_EQ(
        repaired_xml("<a>Q&A & b &unknown; ?x=1&copy=2</a>"), "<a>Q&amp;A &amp; b &amp;unknown; ?x=1&amp;copy=2</a>"
    );
    EXPECT_EQ(repaired_xml("<a>1 < 2 <3 ]]> <</a>"), "<a>1 &lt; 2 &lt;3 ]]&gt; &lt;</a>");
    EXPECT_EQ(repaired_xml("<a>x\x01\x0B\0y\uFFFE</a>"s), "<a>xy\uFFFD</a>");
}

TEST(feed_repair, what_is_marked_as_characters_stays) {
    EXPECT_EQ(repaired_xml("<a><![CDATA[<b> & &nbsp; \x02<!-- -->]]></a>"), "<a><![CDATA[<b> & &nbsp; <!-- -->]]></a>");
    EXPECT_EQ(repaired_xml("<a b='1>2'>3</a>"), "<a b='1>2'>3</a>");
    EXPECT_EQ(repaired_xml("<a b='1<c>&"), "<a b='1<c>&amp;") << "a quote that is never closed swallows nothing";
}

TEST(feed_repair, it_makes_no_more_than_it_says) {
    for (const std::string text : {"<&&&", "<a>]]>]]>]]>", "<<<<", "<a>&lt&gt;&quot;&#34;&#39;&#x3C;"}) {
        EXPECT_LE(repaired_xml(text).size(), most_repaired(text)) << text;
    }
}

TEST(feed_repair, such_feeds_are_read) {
    EXPECT_EQ(title_of("\n\n  <?xml version='1.0'?>" + with_title("x")), "x");
    EXPECT_EQ(title_of(with_title("a&nbsp;b &hellip; Q&A")), "a\u00a0b \u2026 Q&A");
    EXPECT_EQ(title_of(with_title("\0x\x08y"s)), "xy");
    EXPECT_EQ(title_of("<rss><channel><item><dc:title>x</dc:title></item></channel></rss>"), "x")
        << "a prefix that nothing declares";
    EXPECT_EQ(title_of("<?xml version='1.1' encoding=none?>" + with_title("x")), "x");
    EXPECT_EQ(title_of(with_title("x") + "<!-- served in 0.1 s --> and more <b>"), "x") << "behind the root";
}

TEST(feed_repair, bytes_are_decoded_by_what_is_said) {
    EXPECT_EQ(title_of("<?xml version='1.0' encoding='iso-8859-1'?>" + with_title("caf\xE9")), "caf\u00e9");
    EXPECT_EQ(title_of("  <?xml version='1.0' encoding='koi8-r'?>" + with_title("\xC1\xC2")), "\u0430\u0431");
    EXPECT_EQ(title_of(with_title("\xE1"), "text/xml; charset=windows-1251"), "\u0431");
    EXPECT_EQ(title_of("\xEF\xBB\xBF<?xml version='1.0' encoding='koi8-r'?>" + with_title("\u00e9")), "\u00e9");
    for (const bool big : {false, true}) {
        const auto text = "<?xml version='1.0' encoding='utf-16'?>" + with_title("x");
        EXPECT_EQ(title_of(utf_16(text, big)), "x");
        EXPECT_EQ(title_of((big ? "\xFE\xFF" : "\xFF\xFE") + utf_16(text, big)), "x");
    }
}

TEST(feed_repair, bytes_win_over_what_is_said_of_them) {
    const std::string said_utf8 = "<?xml version='1.0' encoding='utf-8'?>";
    EXPECT_EQ(title_of("<?xml version='1.0' encoding='iso-8859-1'?>" + with_title("caf\u00e9")), "caf\u00e9")
        << "UTF-8 from beginning to end";
    EXPECT_EQ(title_of(said_utf8 + with_title("caf\xE9 cr\xE8me br\xFBl\xE9")), "caf\u00e9 cr\u00e8me br\u00fbl\u00e9")
        << "more faults than characters";
    EXPECT_EQ(title_of(said_utf8 + with_title("\u00e9\u00e8 \xE2\x82")), "\u00e9\u00e8 \uFFFD")
        << "cut in a character, but UTF-8";
}

}  // namespace
