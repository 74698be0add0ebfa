// Feeds made to take memory, time or stack without end, or to read what is not theirs; and feeds that break off.
#include "support/slowness.hpp"
#include "support/small_stack.hpp"
#include "text/utf8.hpp"

#include <forage/feed.hpp>

#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <zlib.h>

namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using forage::errc;
using forage::read_feed;

constexpr auto ample = 20s * forage::testing::slowness;  // so that limits on time do not decide

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

std::string rss(const std::string& inside) { return "<rss><channel>" + inside + "</channel></rss>"; }
std::string item(const std::string& title) { return "<item><title>" + title + "</title></item>"; }

std::string gzipped(const std::string& text) {
    z_stream z{};
    EXPECT_EQ(deflateInit2(&z, 1, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(deflateBound(&z, static_cast<uLong>(text.size())), '\0');
    z.next_in   = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in  = static_cast<uInt>(text.size());
    z.next_out  = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

TEST(feed_hostile, entities_are_neither_expanded_nor_fetched) {
    std::string lol = "<!DOCTYPE rss [<!ENTITY l0 \"lol\">";
    for (int i = 1; i < 10; ++i) {
        const auto before = "&l" + std::to_string(i - 1) + ";";
        lol += "<!ENTITY l" + std::to_string(i) + " \"" + repeated(before, 10) + "\">";
    }
    const auto laughs = read_feed("<?xml version='1.0'?>" + lol + "]>" + rss(item("&l9;")));
    ASSERT_TRUE(laughs) << laughs.error().message();
    EXPECT_EQ(laughs->entries.at(0).title, "&l9;");

    const auto file = read_feed(
        "<!DOCTYPE rss [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p; <!ENTITY x SYSTEM \"file:///etc/passwd\">]>" +
        rss(item("&x;"))
    );
    ASSERT_TRUE(file) << file.error().message();
    EXPECT_EQ(file->entries.at(0).title, "&x;");

    const auto lt = read_feed("<!DOCTYPE rss [<!ENTITY lt '&#38;#60;b>'>]>" + rss(item("&lt;")));
    ASSERT_TRUE(lt);
    EXPECT_EQ(lt->entries.at(0).title, "<");
}

TEST(feed_hostile, document_types_that_do_not_end_or_come_late_declare_nothing) {
    for (const auto& text :
         {"<!DOCTYPE rss [" + rss(item("x")),
          "<!DOCTYPE rss SYSTEM 'x" + rss(item("x")),
          "<!DOCTYPE rss [<!-- " + rss(item("x")),
          "<rss><!DOCTYPE rss [<!ENTITY a 'b'>]>&a;"s}) {
        const auto f = read_feed(text);
        EXPECT_TRUE(!f || f->entries.empty()) << text;
    }
    const auto late = read_feed("<rss><!DOCTYPE rss [<!ENTITY a 'b'>]><channel>" + item("&a;") + "</channel></rss>");
    ASSERT_TRUE(late);
    EXPECT_EQ(late->entries.at(0).title, "&a;");
}

TEST(feed_hostile, depth_is_bounded_and_takes_no_stack) {
    forage::testing::on_small_stack([] {
        const auto deep = read_feed(rss(item("x") + repeated("<a>", 1'000'000)), {.time_limit = ample});
        ASSERT_TRUE(deep) << deep.error().message();
        EXPECT_EQ(deep->entries.size(), 1u);
        EXPECT_TRUE(deep->truncated);
        const auto none = read_feed("<rss>" + repeated("<a>", 300));
        ASSERT_FALSE(none);
        EXPECT_EQ(none.error().code, errc::parse_failed);
        EXPECT_NE(none.error().what.find("too deep"), std::string::npos) << none.error().what;
        const auto markup = read_feed(rss(item(repeated("&lt;div&gt;", 100'000) + "x")), {.time_limit = ample});
        ASSERT_TRUE(markup);
    });
}

TEST(feed_hostile, one_megabyte_without_an_end) {
    const std::string filler(1024 * 1024, 'a');
    for (const auto& tail :
         {"<" + filler,
          "<item a='" + filler,
          "<!--" + filler,
          "<![CDATA[" + filler,
          "<?" + filler,
          "<!D" + filler,
          "&" + filler,
          "</" + filler,
          filler}) {
        const auto f = read_feed("<rss><channel>" + item("x") + tail, {.time_limit = ample});
        ASSERT_TRUE(f) << tail.substr(0, 9) << f.error().message();
        EXPECT_EQ(f->entries.size(), 1u) << tail.substr(0, 9);
        EXPECT_TRUE(f->truncated) << tail.substr(0, 9);
    }
}

TEST(feed_hostile, much_of_everything_stays_linear) {
    const std::size_t many = 100'000;
    std::string attributes, prefixes;
    for (std::size_t i = 0; i < many; ++i) {
        attributes += " a" + std::to_string(i) + "='1'";
        prefixes += " xmlns:a" + std::to_string(i) + "='urn:1'";
    }
    for (const auto& inside :
         {repeated("&", many),
          repeated("<", many),
          repeated("]]>", many),
          repeated("<!---->", many),
          repeated("<![CDATA[]]>", many),
          repeated("<!DOCTYPE a>", many),
          "<a" + attributes + "/>",
          "<a" + prefixes + ">" + repeated("<zz:b/>", many) + "</a>",
          repeated("<a xml:base='x/'>", 200) + repeated("<b xml:base='y/'/>", many / 10) + repeated("</a>", 200)}) {
        const auto f =
            read_feed(rss(item("x") + "<a>" + inside + "</a>"), {.max_memory = 1 << 28, .time_limit = ample});
        ASSERT_TRUE(f) << inside.substr(0, 20) << f.error().message();
        EXPECT_EQ(f->entries.size(), 1u);
        EXPECT_FALSE(f->truncated) << inside.substr(0, 20) << " took too long";
    }
}

TEST(feed_hostile, bytes_of_zero_are_no_text) {
    EXPECT_EQ(read_feed("\0\0\0\0"s).error().code, errc::unsupported_type);
    for (const auto& text : {"<"s, "<\0"s, "<\0?"s, "\0<"s, "\xFF\xFE"s, "\x1F\x8B"s}) {
        EXPECT_FALSE(read_feed(text)) << "the beginning of an encoding";
    }
    EXPECT_EQ(read_feed(std::string(100'000, '\0')).error().code, errc::unsupported_type);
    const auto f = read_feed("<rss\0><chan\0nel>"s + item("a\0b"s) + "</channel></rss>");
    ASSERT_TRUE(f) << f.error().message();
    EXPECT_EQ(f->entries.at(0).title, "ab");
}

TEST(feed_hostile, gzip_is_bounded) {
    const auto plain = read_feed(gzipped(rss(item("x"))));
    ASSERT_TRUE(plain) << plain.error().message();
    EXPECT_EQ(plain->entries.at(0).title, "x");
    EXPECT_FALSE(plain->truncated);

    const auto bomb =
        read_feed(gzipped("<rss><channel>" + item("x") + std::string(20 << 20, ' ')), {.time_limit = ample});
    ASSERT_TRUE(bomb) << bomb.error().message();
    EXPECT_EQ(bomb->entries.size(), 1u);
    EXPECT_TRUE(bomb->truncated);
    auto broken = gzipped(rss(item("x")));
    broken[broken.size() / 2] ^= 0x55;
    EXPECT_EQ(read_feed(broken).error().code, errc::bad_coding);
}

TEST(feed_hostile, what_breaks_off_is_read_up_to_there) {
    const auto cut = read_feed("<rss><channel><title>t</title>" + item("one") + item("two") + "<item><title>thr");
    ASSERT_TRUE(cut);
    EXPECT_EQ(cut->title, "t");
    ASSERT_EQ(cut->entries.size(), 2u) << "whole entries only";
    EXPECT_TRUE(cut->truncated);
    const auto wrong = read_feed("<rss><channel>" + item("one") + "<item></title></item>" + item("two"));
    ASSERT_TRUE(wrong);
    EXPECT_EQ(wrong->entries.size(), 1u);
    EXPECT_TRUE(wrong->truncated);
}

TEST(feed_hostile, errors_say_where) {
    const auto f = read_feed("<?xml version='1.0'?>\n<rss>\n <channel></item>");
    ASSERT_FALSE(f);
    EXPECT_EQ(f.error().code, errc::parse_failed);
    EXPECT_EQ(f.error().where, forage::phase::read);
    EXPECT_NE(f.error().what.find("line 3, column 1"), std::string::npos) << f.error().what;
    EXPECT_NE(f.error().what.find("mismatched tag"), std::string::npos) << f.error().what;
}

TEST(feed_hostile, what_is_no_feed_is_told_apart_from_a_broken_one) {
    const auto html = read_feed("<!DOCTYPE html><html><title>Not found</title>");
    ASSERT_FALSE(html);
    EXPECT_EQ(html.error().code, errc::unsupported_type);
    EXPECT_NE(html.error().what.find("html"), std::string::npos) << html.error().what;
    EXPECT_EQ(read_feed("").error().code, errc::unsupported_type);
    EXPECT_EQ(read_feed("hello").error().code, errc::unsupported_type);
    EXPECT_EQ(read_feed("<urlset/>").error().code, errc::unsupported_type);
}

TEST(feed_hostile, limits_cut_and_say_so) {
    const auto text = rss(repeated(item("x"), 1000));
    const auto few  = read_feed(text, {.max_entries = 10});
    ASSERT_TRUE(few);
    EXPECT_EQ(few->entries.size(), 10u);
    EXPECT_TRUE(few->truncated);
    EXPECT_FALSE(read_feed(text, {.max_entries = 1000}).value().truncated);

    const auto memory = read_feed(text, {.max_memory = 150'000});
    ASSERT_TRUE(memory) << memory.error().message();
    EXPECT_GT(memory->entries.size(), 0u);
    EXPECT_LT(memory->entries.size(), 1000u);
    EXPECT_TRUE(memory->truncated);
    const auto little = read_feed(text, {.max_memory = 1000});
    ASSERT_FALSE(little);
    EXPECT_EQ(little.error().code, errc::parse_failed);
    EXPECT_NE(little.error().hint.find("max_memory"), std::string::npos);

    const auto content = read_feed(rss("<item><description>a\u00e9b</description></item>"), {.max_content = 2});
    ASSERT_TRUE(content);
    EXPECT_EQ(content->entries.at(0).content, "a") << "cut between characters";
    EXPECT_TRUE(content->truncated);

    const auto quotes = read_feed(
        R"(<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="text">&lt;&lt;&lt;</content></entry></feed>)",
        {.max_content = 10}
    );
    ASSERT_TRUE(quotes);
    EXPECT_EQ(quotes->entries.at(0).content, "&lt;&lt;&l") << "cut as HTML, which is longer";
    EXPECT_TRUE(quotes->truncated);

    const auto title = read_feed(rss(item(repeated("\u00e9", 10'000))));
    ASSERT_TRUE(title);
    EXPECT_LE(title->entries.at(0).title.size(), 4096u);
    EXPECT_TRUE(forage::detail::is_valid_utf8(title->entries.at(0).title));
    EXPECT_TRUE(title->truncated);
}

TEST(feed_hostile, memory_of_the_parser_counts) {
    std::string attributes, elements;
    for (int i = 0; i < 200'000; ++i) {
        attributes += " a" + std::to_string(i) + "=''";
        elements += "<a" + std::to_string(i) + "/>";
    }
    const auto room = 4 * attributes.size();
    for (const auto& text : {"<rss" + attributes + "><channel>", "<rss><channel>" + elements}) {
        const auto read = read_feed(text, {.max_memory = room, .time_limit = ample});
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error().code, errc::parse_failed);
        EXPECT_NE(read.error().hint.find("max_memory"), std::string::npos) << read.error().message();
    }
    EXPECT_TRUE(read_feed(rss(item("after it")), {})) << "what was held is given back";
}

TEST(feed_hostile, reading_ends_when_it_is_told_to) {
    const std::atomic<bool> stop{true};
    EXPECT_EQ(read_feed(rss(item("x")), {.stop = &stop}).error().code, errc::cancelled);
    const auto late = read_feed(rss(item("x")), {.time_limit = 0ms});
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, errc::parse_failed);
    EXPECT_NE(late.error().hint.find("time_limit"), std::string::npos);
}

}  // namespace
