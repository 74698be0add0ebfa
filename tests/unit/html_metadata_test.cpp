// What a page says of itself: which of its titles, authors and dates are taken, and from where.
#include <forage/html.hpp>

#include <gtest/gtest.h>
#include <string>

namespace {

using forage::metadata_source;
using strings = std::vector<std::string>;

forage::page_metadata
read(std::string_view html, forage::read_options options = {.base_url = "https://www.example.com/a/b"}) {
    auto page = forage::read_html(html, options);
    EXPECT_TRUE(page) << html;
    return page ? std::move(page->metadata) : forage::page_metadata{};
}

std::string ld(std::string_view json) { return "<script type=application/ld+json>" + std::string{json} + "</script>"; }

/// A page's body with enough text to have a main content.
std::string article(std::string_view head) {
    std::string html{head};
    for (int i = 0; i < 6; ++i)
        html += "<p>It rained for a long time, as it often does in these parts, and nobody was surprised at all.</p>";
    return html;
}

TEST(html_metadata, titles_lose_the_name_of_the_site) {
    EXPECT_EQ(
        read("<meta property=og:site_name content='The News'><title>A storm | The News</title>").title, "A storm"
    );
    EXPECT_EQ(read("<title>A storm - Example.com</title>").title, "A storm");
    EXPECT_EQ(read(ld(R"({"@type":"Article","headline":"A storm","publisher":{"name":"News"}})")).title, "A storm");
    const auto only_heading = read("<h1>A storm</h1>");
    EXPECT_EQ(only_heading.title, "A storm");
    EXPECT_EQ(only_heading.title_source, metadata_source::heading);
    EXPECT_EQ(read("<p>none").title, "");
}

TEST(html_metadata, authors_by_the_best_source) {
    const auto first = read(
        ld(R"({"@type":"Article","author":{"@type":"Person","name":"Jane Roe"}})") +
        "<meta name=author content='John Doe'>"
    );
    EXPECT_EQ(first.authors, strings{"Jane Roe"});
    EXPECT_EQ(first.author_source, metadata_source::json_ld);
    const auto second = read("<meta name=author content='John Doe'>");
    EXPECT_EQ(second.authors, strings{"John Doe"});
    EXPECT_EQ(second.author_source, metadata_source::meta);
    EXPECT_EQ(read("<meta property=article:author content='https://example.com/john'>").authors, strings{});
    EXPECT_EQ(read("<meta name=author content=admin>").authors, strings{});
    EXPECT_EQ(read("<meta name=author content=Example>").authors, strings{}) << "that is the site";
}

TEST(html_metadata, authors_in_the_body) {
    const auto named = read(article("<h1>T</h1><span itemprop=author><span itemprop=name>Jane Roe</span></span>"));
    EXPECT_EQ(named.authors, strings{"Jane Roe"});
    EXPECT_EQ(named.author_source, metadata_source::microdata);
    const auto line = read(article("<h1>T</h1><div class=byline>By Jane Roe | 3 May 2023</div>"));
    EXPECT_EQ(line.authors, strings{"Jane Roe"});
    EXPECT_EQ(line.author_source, metadata_source::byline);
    EXPECT_EQ(read(article("<h1>T</h1><a rel=author href=/j>Jane Roe</a>")).authors, strings{"Jane Roe"});
    EXPECT_EQ(
        read(article("<h1>T</h1>") + "<div class=comments><div class=author>John Doe</div></div>").authors, strings{}
    );
}

TEST(html_metadata, dates_by_the_best_source) {
    const auto from_json =
        read(ld(R"({"@type":"Article","datePublished":"2023-05-17T08:30:00Z","dateModified":"2023-05-18"})"));
    EXPECT_EQ(from_json.published.date, "2023-05-17T08:30:00Z");
    EXPECT_EQ(from_json.published.source, metadata_source::json_ld);
    EXPECT_EQ(from_json.modified.date, "2023-05-18");
    const auto from_meta = read("<meta property=article:published_time content=2023-05-17>");
    EXPECT_EQ(from_meta.published.date, "2023-05-17");
    EXPECT_EQ(from_meta.published.source, metadata_source::meta);
    const auto from_time = read(article("<h1>T</h1><time datetime=2023-05-17>yesterday</time>"));
    EXPECT_EQ(from_time.published.date, "2023-05-17");
    EXPECT_EQ(from_time.published.source, metadata_source::time_element);
    const auto from_url = read("<p>text", {.base_url = "https://h/2023/05/17/x"});
    EXPECT_EQ(from_url.published.date, "2023-05-17");
    EXPECT_EQ(from_url.published.source, metadata_source::url);
    const auto from_line = read(article("<h1>T</h1><p class=date>17. Mai 2023</p>"));
    EXPECT_EQ(from_line.published.date, "2023-05-17");
    EXPECT_EQ(from_line.published.source, metadata_source::byline);
}

TEST(html_metadata, dates_of_others_are_none) {
    const auto with_comment = article("<h1>T</h1>") + "<div class=comments><time datetime=2023-05-17>then</time></div>";
    EXPECT_EQ(read(with_comment).published.date, "");
    EXPECT_EQ(read(article("<h1>T</h1>") + "<footer><span class=date>17.05.2023</span></footer>").published.date, "");
    EXPECT_EQ(read(article("<h1>T</h1>")).published.source, metadata_source::none);
}

TEST(html_metadata, lines_near_the_title_are_bylines) {
    const auto about =
        read(article("<p>1.1.2020</p>") + article("<h1>A storm</h1><p>von J\u00F6rg M\u00FCller<p>17. Mai 2023"));
    EXPECT_EQ(about.authors, strings{"J\u00F6rg M\u00FCller"});
    EXPECT_EQ(about.author_source, metadata_source::byline);
    EXPECT_EQ(about.published.date, "2023-05-17");
    EXPECT_EQ(about.published.source, metadata_source::byline);
}

TEST(html_metadata, a_date_of_a_change_is_none_of_publication) {
    const auto about = read(article("<h1>A storm</h1><p>Last updated: May 17, 2023"));
    EXPECT_EQ(about.published.date, "");
    EXPECT_EQ(about.modified.date, "2023-05-17");
    EXPECT_EQ(about.modified.source, metadata_source::byline);
}

TEST(html_metadata, json_ld_of_a_web_page_dates_nothing) {
    EXPECT_EQ(read(ld(R"({"@type":"WebPage","datePublished":"2023-05-17"})")).published.date, "");
    const auto graph = R"([{"@type":"WebPage","datePublished":"2023-05-17"},{"@type":"Article","headline":"A"}])";
    EXPECT_EQ(read(ld(graph)).published.date, "2023-05-17") << "but a part of it that is an article is";
}

TEST(html_metadata, people_before_others) {
    const auto head = "<meta name=author content='The Storm Agency'>";
    EXPECT_EQ(read(head).authors, strings{"The Storm Agency"});
    EXPECT_EQ(
        read(head + article("<h1>T</h1><p class=byline>By <a rel=author href=/j>Jane Roe</a>")).authors,
        strings{"Jane Roe"}
    );
    EXPECT_EQ(read("<title>T - Jane Roe</title><meta name=author content='Jane Roe'>").authors, strings{"Jane Roe"});
    EXPECT_EQ(
        read("<meta name=twitter:label1 content='Verfasst von'><meta name=twitter:data1 content='Jane Roe'>").authors,
        strings{"Jane Roe"}
    );
    EXPECT_EQ(
        read("<meta name=twitter:label1 content='Price'><meta name=twitter:data1 content='Jane Roe'>").authors,
        strings{}
    );
}

TEST(html_metadata, the_title_is_what_readers_see) {
    EXPECT_EQ(
        read("<title>A storm in Spain | News</title><h1>Search</h1><h1>Storm in Spain</h1>").title, "Storm in Spain"
    );
    EXPECT_EQ(read("<title>Ownership - The Rust Book</title><h1>The Rust Book</h1>").title, "Ownership");
    EXPECT_EQ(read("<title>A storm in Spain | News</title><h1>Your cart is empty</h1>").title, "A storm in Spain");
}

TEST(html_metadata, the_rest) {
    const auto about = read("<meta property=og:image content=/i.png><meta property=og:type content=article><meta "
                            "name=keywords content='a, b,a'>"
                            "<link rel=license href=/l><link rel=alternate type=application/rss+xml title=F href=/feed>"
                            "<link rel=alternate hreflang=de href=/de><h1>One</h1><h3> Two <b>x</b></h3>");
    EXPECT_EQ(about.image, "https://www.example.com/i.png");
    EXPECT_EQ(about.type, "article");
    EXPECT_EQ(about.keywords, (strings{"a", "b"}));
    EXPECT_EQ(about.licence, "https://www.example.com/l");
    ASSERT_EQ(about.feeds.size(), 1u);
    EXPECT_EQ(about.feeds[0].url, "https://www.example.com/feed");
    EXPECT_EQ(about.feeds[0].title, "F");
    EXPECT_EQ(about.feeds[0].type, "application/rss+xml");
    ASSERT_EQ(about.alternates.size(), 1u);
    EXPECT_EQ(about.alternates[0].language, "de");
    ASSERT_EQ(about.headings.size(), 2u);
    EXPECT_EQ(about.headings[0].level, 1);
    EXPECT_EQ(about.headings[1].level, 3);
    EXPECT_EQ(about.headings[1].text, "Two x");
}

TEST(html_metadata, only_web_addresses) {
    const auto about = read("<meta property=og:image content='javascript:x'><link rel=license href='data:,x'>"
                            "<link rel=alternate hreflang=de href='file:///etc'>");
    EXPECT_EQ(about.image, "");
    EXPECT_EQ(about.licence, "");
    EXPECT_TRUE(about.alternates.empty());
}

TEST(html_metadata, can_be_left_out) {
    const auto html = ld(R"({"@type":"Article","headline":"A"})") + "<h1>A</h1>";
    const auto none = read(html, {.metadata = false});
    EXPECT_EQ(none.title, "");
    EXPECT_TRUE(none.headings.empty());
    EXPECT_EQ(read(html, {.mode = forage::extraction_mode::whole}).title, "A");
}

TEST(html_metadata, is_bounded_and_clean) {
    std::string html = "<meta name=author content='" + std::string(100'000, 'x') +
                       "'><meta property=og:title content='a\u202E&#7;b&#10;c'>";
    for (int i = 0; i < 5000; ++i)
        html += "<meta name=keywords content='k" + std::to_string(i) + "'><link rel=alternate hreflang=en href=/" +
                std::to_string(i) + ">";
    html += ld(std::string(100'000, '['));
    for (int i = 0; i < 5000; ++i) html += "<h2>heading</h2><time datetime=2023-05-17></time><i class=author>x</i>";
    const auto about = read(html);
    EXPECT_EQ(about.title, "ab c");
    EXPECT_TRUE(about.authors.empty());
    EXPECT_LE(about.keywords.size(), 64u);
    EXPECT_LE(about.alternates.size(), 256u);
    EXPECT_LE(about.headings.size(), 512u);
}

}  // namespace
