// Sitemaps: XML, indexes, lists, and what is wrong with them in practice.
#include <forage/sitemap.hpp>

#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <zlib.h>

namespace {

using namespace std::string_literals;
using forage::errc;
using forage::read_sitemap;
using forage::sitemap;

sitemap read(std::string_view text, const forage::sitemap_options& options = {}) {
    auto made = read_sitemap(text, options);
    EXPECT_TRUE(made) << made.error().message();
    return made ? *std::move(made) : sitemap{};
}

std::string urlset(const std::string& inside) {
    return "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>" + inside + "</urlset>";
}

std::string page(const std::string& url) { return "<url><loc>" + url + "</loc></url>"; }

TEST(sitemap, pages_with_what_is_said_of_them) {
    const auto s = read(R"(<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> http://a.example/?a=1&amp;b=2 </loc><lastmod>2005-01-01</lastmod><changefreq>Monthly</changefreq>
<priority>0.8</priority><image:image><image:loc>http://a.example/i.png</image:loc></image:image></url>
<url><loc>http://a.example/b</loc><lastmod>2004-12-23T18:00:15+00:00</lastmod><priority>1.5</priority></url>
<url><loc><![CDATA[http://a.example/c]]></loc><lastmod>soon</lastmod><changefreq>often</changefreq></url></urlset>)");
    EXPECT_FALSE(s.is_index);
    EXPECT_FALSE(s.truncated);
    ASSERT_EQ(s.entries.size(), 3u);
    EXPECT_EQ(s.entries[0].url, "http://a.example/?a=1&b=2");
    EXPECT_EQ(s.entries[0].last_modified, "2005-01-01");
    EXPECT_EQ(s.entries[0].change_frequency, "monthly");
    EXPECT_EQ(s.entries[0].priority, 0.8);
    EXPECT_EQ(s.entries[1].last_modified, "2004-12-23T18:00:15+00:00");
    EXPECT_EQ(s.entries[1].priority, std::nullopt);
    EXPECT_EQ(s.entries[2].url, "http://a.example/c");
    EXPECT_EQ(s.entries[2].last_modified, "");
    EXPECT_EQ(s.entries[2].change_frequency, "");
}

TEST(sitemap, an_index_lists_sitemaps) {
    const auto s = read(
        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>http://a.example/1.gz</loc>"
        "<lastmod>2004-10-01T18:23:17+00:00</lastmod></sitemap><url><loc>http://a.example/no</loc></url></sitemapindex>"
    );
    EXPECT_TRUE(s.is_index);
    ASSERT_EQ(s.entries.size(), 1u);
    EXPECT_EQ(s.entries[0].url, "http://a.example/1.gz");
}

TEST(sitemap, namespaces_are_often_missing_or_wrong) {
    EXPECT_EQ(read("<urlset>" + page("http://a.example/") + "</urlset>").entries.size(), 1u);
    EXPECT_EQ(read("<urlset xmlns='urn:x'>" + page("http://a.example/") + "</urlset>").entries.size(), 1u);
    const auto prefixed = "<s:urlset xmlns:s='https://www.sitemaps.org/schemas/sitemap/0.9/'><s:url>"
                          "<s:loc>http://a.example/</s:loc></s:url></s:urlset>";
    EXPECT_EQ(read(prefixed).entries.size(), 1u);
}

TEST(sitemap, a_list_has_one_url_a_line) {
    const auto s =
        read("\xEF\xBB\xBFhttp://a.example/1\r\n\n http://a.example/2 \nno url\nftp://a.example/\nhttp://a.example/3");
    ASSERT_EQ(s.entries.size(), 3u);
    EXPECT_EQ(s.entries[1].url, "http://a.example/2");
    EXPECT_EQ(s.entries[2].url, "http://a.example/3");
    EXPECT_FALSE(s.truncated);
    EXPECT_EQ(read_sitemap("Not found", {.base_url = "http://a.example/"}).error().code, errc::unsupported_type)
        << "words are no relative links";
}

TEST(sitemap, urls_are_absolute_and_http_or_left_out) {
    const auto text =
        urlset(page("/x") + page("javascript:x") + page("") + page("http://a.example/" + std::string(9000, 'a')));
    EXPECT_TRUE(read(text).entries.empty());
    const auto s = read(text, {.base_url = "https://a.example/s/"});
    ASSERT_EQ(s.entries.size(), 1u);
    EXPECT_EQ(s.entries[0].url, "https://a.example/x");
}

TEST(sitemap, gzip_is_known_by_its_bytes) {
    std::string text = urlset(page("http://a.example/")), packed(1000, '\0');
    z_stream z{};
    ASSERT_EQ(deflateInit2(&z, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in   = reinterpret_cast<Bytef*>(text.data());
    z.avail_in  = static_cast<uInt>(text.size());
    z.next_out  = reinterpret_cast<Bytef*>(packed.data());
    z.avail_out = static_cast<uInt>(packed.size());
    ASSERT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
    packed.resize(z.total_out);
    deflateEnd(&z);
    EXPECT_EQ(read(packed).entries.size(), 1u);
    packed.resize(packed.size() - 4);
    EXPECT_EQ(read_sitemap(packed).error().code, errc::bad_coding);
}

TEST(sitemap, what_breaks_off_or_grows_too_large_is_read_up_to_there) {
    const auto cut = read("<urlset>" + page("http://a.example/1") + "<url><loc>http://a.example/2");
    EXPECT_EQ(cut.entries.size(), 1u);
    EXPECT_TRUE(cut.truncated);

    std::string many;
    for (int i = 0; i < 1000; ++i) many += page("http://a.example/" + std::to_string(i));
    const auto few = read(urlset(many), {.max_entries = 10});
    EXPECT_EQ(few.entries.size(), 10u);
    EXPECT_TRUE(few.truncated);
    EXPECT_EQ(read(urlset(many)).entries.size(), 1000u);
    const auto memory = read(urlset(many), {.max_memory = 250'000});
    EXPECT_GT(memory.entries.size(), 0u);
    EXPECT_LT(memory.entries.size(), 1000u);
    EXPECT_TRUE(memory.truncated);
    EXPECT_EQ(read_sitemap(urlset(many), {.max_memory = 1000}).error().code, errc::parse_failed);
}

TEST(sitemap, errors_say_what_it_is) {
    const auto feed = read_sitemap("<rss/>");
    ASSERT_FALSE(feed);
    EXPECT_EQ(feed.error().code, errc::unsupported_type);
    EXPECT_NE(feed.error().what.find("rss"), std::string::npos);
    EXPECT_NE(feed.error().hint.find("read_feed"), std::string::npos);
    const auto broken = read_sitemap("<urlset>\n<url></urlset>");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, errc::parse_failed);
    EXPECT_NE(broken.error().what.find("line 2"), std::string::npos) << broken.error().what;
    EXPECT_EQ(read_sitemap("").error().code, errc::unsupported_type);
    const std::atomic<bool> stop{true};
    EXPECT_EQ(read_sitemap(urlset(page("http://a.example/")), {.stop = &stop}).error().code, errc::cancelled);
    EXPECT_EQ(
        read_sitemap(urlset(page("http://a.example/")), {.time_limit = std::chrono::milliseconds{0}}).error().code,
        errc::parse_failed
    );
}

TEST(sitemap, entities_are_not_expanded) {
    const auto s = read(
        "<!DOCTYPE urlset [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" +
        urlset(page("http://a.example/&a;") + page("http://a.example/\0b"s))
    );
    ASSERT_EQ(s.entries.size(), 2u);
    EXPECT_EQ(s.entries[0].url, "http://a.example/&a;");
    EXPECT_EQ(s.entries[1].url, "http://a.example/b");
}

}  // namespace
