// robots.txt by RFC 9309: which group applies, which rule wins, what counts as the same path.
#include "http/robots_lines.hpp"
#include "http/robots_pattern.hpp"
#include "http/robots_rules.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace {

using forage::detail::product_token;
using forage::detail::robots_rules;
using namespace std::chrono_literals;

bool permits(std::string_view text, std::string_view target, std::string_view token = "forage") {
    return robots_rules::parse(text, token).permits(target);
}

// One rule for everybody that disallows what it matches.
bool covers(const std::string& pattern, std::string_view target) {
    return !permits("User-agent: *\nDisallow: " + pattern + "\n", target);
}

forage::url at(std::string_view target) {
    return forage::url::parse("https://a.example" + std::string{target}).value();
}

TEST(robots_product_token, is_the_start_of_the_user_agent) {
    EXPECT_EQ(product_token("forage/0.1"), "forage");
    EXPECT_EQ(product_token("My-Search_Bot (+https://a.example)"), "My-Search_Bot");
    EXPECT_EQ(product_token("bot2000/1.0"), "bot");
    EXPECT_EQ(product_token("2000bot"), "");
    EXPECT_EQ(product_token(""), "");
}

TEST(robots_product_token, is_not_mozilla_if_another_is_named) {
    EXPECT_EQ(product_token("Mozilla/5.0 (compatible; forage/0.1; +https://a.example)"), "forage");
    EXPECT_EQ(product_token("Mozilla/5.0 (compatible;forage)"), "forage");
    EXPECT_EQ(product_token("Mozilla/5.0 (X11; Linux x86_64)"), "Mozilla");
    EXPECT_EQ(product_token("Mozilla/5.0 (compatible;"), "");
    EXPECT_EQ(product_token("Mozilla/5.0 (compatible;   "), "");
}

TEST(robots_groups, own_group_before_that_of_everybody) {
    constexpr std::string_view text = "User-agent: *\nDisallow: /\n\nUser-agent: forage\nDisallow: /own\n";
    EXPECT_TRUE(permits(text, "/page"));
    EXPECT_FALSE(permits(text, "/own"));
    EXPECT_FALSE(permits(text, "/page", "other"));
}

TEST(robots_groups, an_own_group_that_says_nothing_still_replaces_the_others) {
    EXPECT_TRUE(permits("User-agent: *\nDisallow: /\nUser-agent: forage\nDisallow:\n", "/page"));
    EXPECT_TRUE(permits("User-agent: *\nDisallow: /\nUser-agent: forage\n", "/page"));
}

TEST(robots_groups, names_are_compared_whole_and_without_case) {
    EXPECT_FALSE(permits("user-agent: FORAGE\ndisallow: /\n", "/page"));
    EXPECT_FALSE(permits("User-agent: forage/0.1\nDisallow: /\n", "/page"));
    EXPECT_FALSE(permits("User-agent: forage bot\nDisallow: /\n", "/page"));
    EXPECT_TRUE(permits("User-agent: forager\nDisallow: /\n", "/page"));
    EXPECT_TRUE(permits("User-agent: for\nDisallow: /\n", "/page"));
    EXPECT_TRUE(permits("User-agent: *forage\nDisallow: /\n", "/page"));
    EXPECT_TRUE(permits("User-agent:\nDisallow: /\n", "/page", ""));
    EXPECT_FALSE(permits("User-agent: * everybody\nDisallow: /\n", "/page", ""));
}

TEST(robots_groups, several_names_share_the_rules_below_them) {
    constexpr std::string_view text = "User-agent: a\nUser-agent: b\nDisallow: /x\nUser-agent: c\nDisallow: /y\n";
    for (const std::string_view name : {"a", "b"}) {
        EXPECT_FALSE(permits(text, "/x", name)) << name;
        EXPECT_TRUE(permits(text, "/y", name)) << name;
    }
    EXPECT_TRUE(permits(text, "/x", "c"));
    EXPECT_FALSE(permits(text, "/y", "c"));
}

TEST(robots_groups, groups_of_one_name_are_one) {
    constexpr std::string_view text =
        "User-agent: forage\nDisallow: /a\nUser-agent: other\nDisallow: /b\nUser-agent: Forage\nDisallow: /c\n";
    EXPECT_FALSE(permits(text, "/a"));
    EXPECT_TRUE(permits(text, "/b"));
    EXPECT_FALSE(permits(text, "/c"));
}

TEST(robots_groups, only_rules_end_the_list_of_names) {
    constexpr std::string_view text =
        "User-agent: a\nSitemap: https://a.example/map\nCrawl-delay: 1\n\nUser-agent: b\nDisallow: /\n";
    EXPECT_FALSE(permits(text, "/page", "a"));
    EXPECT_FALSE(permits(text, "/page", "b"));
    EXPECT_FALSE(permits("User-agent: *\nDisallow: /a\nSitemap: /map\nDisallow: /b\n", "/b"));
}

TEST(robots_groups, rules_before_any_name_belong_to_nobody) {
    EXPECT_TRUE(permits("Disallow: /\nUser-agent: forage\nAllow: /\n", "/page"));
}

TEST(robots_precedence, the_most_octets_win_in_any_order) {
    for (const std::string_view text :
         {"User-agent: *\nAllow: /shop/open\nDisallow: /shop\n", "User-agent: *\nDisallow: /shop\nAllow: /shop/open\n"
         }) {
        EXPECT_FALSE(permits(text, "/shop"));
        EXPECT_TRUE(permits(text, "/shop/open/1"));
        EXPECT_FALSE(permits(text, "/shop/closed"));
    }
    // Wildcards count: 6 octets against 5.
    EXPECT_FALSE(permits("User-agent: *\nAllow: /page\nDisallow: /*page\n", "/page"));
    // An escape that stays one has three octets, another has one.
    EXPECT_FALSE(permits("User-agent: *\nAllow: /abc*\nDisallow: /abc%2F\n", "/abc%2F"));
    EXPECT_TRUE(permits("User-agent: *\nAllow: /abc*\nDisallow: /ab%63\n", "/abc"));
}

TEST(robots_precedence, allow_wins_a_tie) {
    EXPECT_TRUE(permits("User-agent: *\nDisallow: /page\nAllow: /page\n", "/page"));
    EXPECT_TRUE(permits("User-agent: *\nDisallow: /p*ge\nAllow: /page\n", "/page"));
}

TEST(robots_pattern, matches_the_beginning_and_case_counts) {
    EXPECT_TRUE(covers("/fish", "/fish.html?id=1"));
    EXPECT_FALSE(covers("/fish", "/Fish"));
    EXPECT_FALSE(covers("/fish", "/a/fish"));
    EXPECT_FALSE(covers("/fish/", "/fish"));
    EXPECT_FALSE(covers("fish", "/fish"));
    EXPECT_FALSE(covers("", "/fish"));
}

TEST(robots_pattern, a_star_is_anything_and_a_final_dollar_the_end) {
    EXPECT_TRUE(covers("/*.php", "/a/b.php?c"));
    EXPECT_TRUE(covers("*.php", "/b.php"));
    EXPECT_FALSE(covers("/*.php$", "/b.php?c"));
    EXPECT_TRUE(covers("/*.php$", "/a.php/b.php"));
    EXPECT_TRUE(covers("/a**b*", "/ab"));
    EXPECT_TRUE(covers("/*$", "/anything"));
    EXPECT_TRUE(covers("/$", "/"));
    EXPECT_FALSE(covers("/$", "/a"));
    EXPECT_FALSE(covers("/ab*b$", "/ab"));  // what one piece took, the next cannot have
    EXPECT_TRUE(covers("/a*b*c", "/a-b-b-c"));
    EXPECT_FALSE(covers("/a*c*b", "/a-b-b-c"));
    EXPECT_FALSE(covers("$", "/"));
}

// RFC 9309 §2.2.3: whoever means the characters themselves encodes them.
TEST(robots_pattern, special_characters_can_be_meant_literally) {
    EXPECT_TRUE(covers("/file-%2A.html", "/file-*.html"));
    EXPECT_TRUE(covers("/file-%2a.html", "/file-%2A.html"));
    EXPECT_FALSE(covers("/file-%2A.html", "/file-x.html"));
    EXPECT_TRUE(covers("/cost-%24", "/cost-$"));
    EXPECT_TRUE(covers("/cost-%24", "/cost-$9"));
    EXPECT_TRUE(covers("/a$b", "/a$bc"));
    EXPECT_TRUE(covers("/a$b", "/a%24b"));
    EXPECT_TRUE(covers("/a$$", "/a$"));
    EXPECT_FALSE(covers("/a$$", "/a$b"));
}

// RFC 9309 §2.2.2, the table and what stands around it.
TEST(robots_pattern, percent_encoding_does_not_hide_a_path) {
    EXPECT_TRUE(covers("/foo/bar/%62%61%7A", "/foo/bar/baz"));
    EXPECT_TRUE(covers("/foo/bar/baz", "/foo/%62ar/baz"));
    EXPECT_TRUE(covers("/~joe", "/%7ejoe"));
    EXPECT_TRUE(covers("/\xE3\x83\x84", "/%E3%83%84"));
    EXPECT_TRUE(covers("/%e3%83%84", "/%E3%83%84"));
    EXPECT_TRUE(covers("/%E3%83%84", "/%e3%83%84"));
    EXPECT_FALSE(covers("/a/b", "/a%2Fb"));
    EXPECT_FALSE(covers("/a%2Fb", "/a/b"));
    EXPECT_TRUE(covers("/a%2Fb", "/a%2fb"));
    EXPECT_TRUE(covers("/a{b", "/a%7Bb"));
    EXPECT_TRUE(covers("/a%7cb", "/a|b"));
    EXPECT_TRUE(covers("/100%", "/100%"));
    EXPECT_TRUE(covers("/100%", "/100%25"));
    EXPECT_FALSE(covers("/%BB", "/%%62%62"));
    EXPECT_TRUE(covers("/100%zz", "/100%zz"));
    EXPECT_TRUE(covers("/a%2", "/a%2"));
}

TEST(robots_pattern, in_a_query_only_separators_must_be_as_written) {
    constexpr const char* plain   = "/foo/bar?baz=https://foo.bar";
    constexpr const char* encoded = "/foo/bar?baz=https%3A%2F%2Ffoo.bar";
    for (const char* pattern : {plain, encoded}) {
        EXPECT_TRUE(covers(pattern, plain)) << pattern;
        EXPECT_TRUE(covers(pattern, encoded)) << pattern;
    }
    EXPECT_TRUE(covers("/*?q='", "/a?q=%27"));
    EXPECT_FALSE(covers("/a?b&c", "/a?b%26c"));
    EXPECT_FALSE(covers("/a?b", "/a%3Fb"));
    // Behind a wildcard it is open whether the path is meant: as written, then.
    EXPECT_TRUE(covers("/*%5B", "/a?b%5Bc"));
    EXPECT_TRUE(covers("/*%2F*?x", "/a%2Fb?x"));
    EXPECT_TRUE(covers("/*%2F*?x", "/a?b%2Fc?x"));
}

TEST(robots_rules, the_file_itself_is_always_allowed) {
    const auto rules = robots_rules::parse("User-agent: *\nDisallow: /\n", "forage");
    EXPECT_TRUE(rules.allows(at("/robots.txt")));
    EXPECT_FALSE(rules.allows(at("/robots.txt?x")));
    EXPECT_FALSE(rules.allows(at("/a/robots.txt")));
    EXPECT_FALSE(rules.allows(at("/")));
}

TEST(robots_rules, judge_urls_as_they_are_sent) {
    const auto rules = robots_rules::parse("User-agent: *\nDisallow: /\xE3\x83\x84\nDisallow: /*?q=x\n", "forage");
    EXPECT_FALSE(rules.allows(at("/\xE3\x83\x84")));
    EXPECT_FALSE(rules.allows(at("/a?q=x#fragment")));
    EXPECT_TRUE(rules.allows(at("/a?q=y")));
}

TEST(robots_rules, none_is_none) {
    EXPECT_TRUE(robots_rules{}.allows(at("/page")));
    EXPECT_EQ(robots_rules::parse("<!DOCTYPE html><p style='a: b'>Allow: me</p>", "forage").size(), 0U);
    EXPECT_EQ(robots_rules::parse("User-agent: other\nDisallow: /\n", "forage").size(), 0U);
}

TEST(robots_crawl_delay, is_that_of_the_group_and_bounded) {
    const auto delay = [](const std::string& text) { return robots_rules::parse(text, "forage").crawl_delay(); };
    EXPECT_EQ(delay("User-agent: *\nCrawl-delay: 2\n"), 2s);
    EXPECT_EQ(delay("User-agent: *\nCrawl-delay: 2\nUser-agent: forage\nDisallow: /x\n"), std::nullopt);
    EXPECT_EQ(delay("User-agent: *\nAllow: /\nCrawl-delay: 2\nUser-agent: forage\nDisallow: /x\n"), std::nullopt);
    EXPECT_EQ(delay("User-agent: forage\nCrawl-delay: 1\nCrawl-delay: 3\nCrawl-delay: 2\n"), 3s);
    EXPECT_EQ(delay("User-agent: *\nCrawl-delay: 86400\n"), forage::detail::max_crawl_delay);
    EXPECT_EQ(delay("Crawl-delay: 2\nUser-agent: *\nDisallow: /\n"), std::nullopt);
}

// What the targets of links can be made to: every wildcard could be tried at every octet.
TEST(robots_rules, many_wildcards_take_no_time) {
    std::string pattern = "/";
    for (int i = 0; i < 10'000; ++i) pattern += "a*";
    const std::string target = '/' + std::string(200'000, 'a');
    EXPECT_FALSE(covers(pattern + "b", target));
    EXPECT_TRUE(covers(pattern + "a", target));
    EXPECT_FALSE(covers("/*" + std::string(100'000, 'a') + "b", target));
}

TEST(robots_rules, are_bounded_in_number) {
    std::string text = "User-agent: *\n";
    for (std::size_t i = 0; i < forage::detail::max_robots_rules + 100; ++i)
        text += "Disallow: /" + std::to_string(i) + "$\n";
    const auto rules = robots_rules::parse(text, "forage");
    EXPECT_EQ(rules.size(), forage::detail::max_robots_rules);
    EXPECT_FALSE(rules.permits("/0"));
    EXPECT_TRUE(rules.permits('/' + std::to_string(forage::detail::max_robots_rules)));
}

}  // namespace
