// The lines of robots.txt files, and the limit on their size.
#include "http/robots_lines.hpp"
#include "http/robots_rules.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace {

using forage::detail::max_robots_bytes;
using forage::detail::read_robots_line;
using forage::detail::robots_line;
using forage::detail::robots_rules;
using kind = robots_line::kind;
using namespace std::chrono_literals;

void expect_line(std::string_view text, kind what, std::string_view value) {
    const auto line = read_robots_line(text);
    EXPECT_EQ(line.what, what) << text;
    EXPECT_EQ(line.value, value) << text;
}

TEST(robots_lines, have_a_name_a_colon_and_a_value) {
    expect_line("User-agent: forage", kind::user_agent, "forage");
    expect_line(" \tDISALLOW\t: \t/a b \t", kind::disallow, "/a b");
    expect_line("allow:/a:b", kind::allow, "/a:b");
    expect_line("Disallow:", kind::disallow, "");
    expect_line("Crawl-delay: 3", kind::crawl_delay, "3");
    expect_line("Sitemap: https://a.example/", kind::other, "https://a.example/");
    expect_line(": /a", kind::other, "/a");
    expect_line("", kind::other, "");
}

TEST(robots_lines, end_at_a_comment) {
    expect_line("Disallow: /a # why", kind::disallow, "/a");
    expect_line("Disallow: /a#b", kind::disallow, "/a");
    expect_line("# Disallow: /a", kind::other, "");
    expect_line("Disallow # : /a", kind::other, "");
}

TEST(robots_lines, may_lack_the_colon_between_two_words) {
    expect_line("disallow /a", kind::disallow, "/a");
    expect_line("user-agent \t forage", kind::user_agent, "forage");
    expect_line("disallow /a /b", kind::other, "");
    expect_line("disallow", kind::other, "");
}

TEST(robots_lines, may_be_misspelt_in_known_ways) {
    expect_line("useragent: a", kind::user_agent, "a");
    expect_line("user agent: a", kind::user_agent, "a");
    for (const char* word : {"dissallow", "dissalow", "disalow", "diasllow", "disallaw"}) {
        expect_line(std::string{word} + ": /a", kind::disallow, "/a");
    }
    expect_line("disallows: /a", kind::other, "/a");
}

std::vector<std::string> values(std::string_view text) {
    std::vector<std::string> out;
    forage::detail::robots_lines lines{text};
    while (const auto line = lines.next()) {
        if (line->what != kind::other) out.emplace_back(line->value);
    }
    return out;
}

TEST(robots_lines, end_in_cr_or_lf_or_both) {
    const std::vector<std::string> both{"/a", "/b"};
    EXPECT_EQ(values("Allow: /a\nAllow: /b\n"), both);
    EXPECT_EQ(values("Allow: /a\r\nAllow: /b\r\n"), both);
    EXPECT_EQ(values("Allow: /a\rAllow: /b\r"), both);
    EXPECT_EQ(values("\n\n\rAllow: /a\n\r\nAllow: /b"), both);
    EXPECT_TRUE(values("").empty());
}

TEST(robots_lines, may_follow_a_byte_order_mark) {
    const std::vector<std::string> one{"/a"};
    EXPECT_EQ(
        values("\xEF\xBB\xBF"
               "Allow: /a"),
        one
    );
    EXPECT_EQ(
        values("\xEF\xBB"
               "Allow: /a"),
        one
    );
    EXPECT_EQ(
        values("\xEF"
               "Allow: /a"),
        one
    );
    EXPECT_TRUE(values("\xBF"
                       "Allow: /a")
                    .empty());
    EXPECT_TRUE(values("\n\xEF\xBB\xBF"
                       "Allow: /a")
                    .empty());
    EXPECT_TRUE(values("\xEF\xBB").empty());
}

TEST(robots_lines, can_be_of_any_length) {
    const std::string path = '/' + std::string(100'000, 'x');
    EXPECT_EQ(values("Allow: " + path + "\nAllow: /b"), (std::vector<std::string>{path, "/b"}));
}

TEST(robots_lines, of_a_size_up_to_the_limit_are_read) {
    const std::string last = "Disallow: /last";
    const std::string head = "User-agent: *\n";
    const auto filled      = [&](std::size_t size) {
        return head + std::string(size - head.size() - last.size() - 1, '#') + '\n' + last;
    };
    const auto reads = [](const std::string& text) { return !robots_rules::parse(text, "forage").permits("/last"); };
    EXPECT_TRUE(reads(filled(max_robots_bytes)));
    EXPECT_TRUE(reads(filled(max_robots_bytes) + "\nAllow: /last"));
    // The limit cuts the line: "/las" or "/las…" are not what was meant.
    EXPECT_EQ(robots_rules::parse(filled(max_robots_bytes + 1), "forage").size(), 0U);
    EXPECT_EQ(robots_rules::parse(filled(max_robots_bytes) + "/more", "forage").size(), 0U);
    EXPECT_EQ(robots_rules::parse(std::string(2 * max_robots_bytes, 'x'), "forage").size(), 0U);
}

TEST(robots_crawl_delay, is_a_number_of_seconds) {
    const auto read = [](std::string_view text) { return forage::detail::read_crawl_delay(text, 30s); };
    EXPECT_EQ(read("10"), 10s);
    EXPECT_EQ(read("0.5"), 500ms);
    EXPECT_EQ(read(".25"), 250ms);
    EXPECT_EQ(read("1."), 1s);
    EXPECT_EQ(read("2.0019999999999999999999"), 2001ms);
    EXPECT_EQ(read("5 seconds"), 5s);
    EXPECT_EQ(read("0"), 0s);
    EXPECT_EQ(read("30.5"), 30s);
    EXPECT_EQ(read("99999999999999999999999999"), 30s);
    for (const auto* text : {"", ".", "-1", "soon", ",5"}) EXPECT_EQ(read(text), std::nullopt) << text;
}

}  // namespace
