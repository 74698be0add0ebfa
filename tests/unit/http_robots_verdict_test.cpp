// What the outcome of fetching /robots.txt means: RFC 9309 §2.3.1.
#include "http/robots_verdict.hpp"

#include <gtest/gtest.h>

namespace {

using forage::errc;
using forage::detail::robots_verdict;
using kind = robots_verdict::kind;
using namespace std::chrono_literals;

constexpr std::string_view body = "User-agent: *\nDisallow: /secret\nCrawl-delay: 4\n";

forage::url at(std::string_view target) {
    return forage::url::parse("https://a.example" + std::string{target}).value();
}

robots_verdict answered(int status, std::string_view text = body) {
    return robots_verdict::from_answer(status, text, "forage");
}

TEST(robots_verdict, reads_the_rules_of_a_good_answer) {
    for (const int status : {200, 203, 299}) {
        const auto verdict = answered(status);
        EXPECT_EQ(verdict.what(), kind::rules) << status;
        EXPECT_TRUE(verdict.allows(at("/page")));
        EXPECT_FALSE(verdict.allows(at("/secret")));
        EXPECT_EQ(verdict.crawl_delay(), 4s);
        EXPECT_EQ(verdict.lifetime(), 24h);
    }
}

TEST(robots_verdict, allows_all_where_no_rule_is_found) {
    EXPECT_EQ(answered(200, "").what(), kind::allow_all);
    EXPECT_EQ(answered(204, "").what(), kind::allow_all);
    const auto waiting = answered(200, "User-agent: *\nCrawl-delay: 2\n");
    EXPECT_EQ(waiting.what(), kind::allow_all);
    EXPECT_EQ(waiting.crawl_delay(), 2s);
}

TEST(robots_verdict, allows_all_where_there_is_no_file) {
    for (const int status : {300, 302, 304, 400, 401, 403, 404, 410, 429, 499}) {
        const auto verdict = answered(status);
        EXPECT_EQ(verdict.what(), kind::allow_all) << status;
        EXPECT_TRUE(verdict.allows(at("/secret"))) << status;
        EXPECT_EQ(verdict.crawl_delay(), std::nullopt) << status;
        EXPECT_EQ(verdict.lifetime(), 24h) << status;
    }
    EXPECT_EQ(robots_verdict::from_failure(errc::bad_redirect).what(), kind::allow_all);
}

TEST(robots_verdict, disallows_all_while_the_site_cannot_say) {
    for (const int status : {0, 101, 500, 503, 599, 600, 999}) {
        EXPECT_EQ(answered(status).what(), kind::disallow_all) << status;
    }
    for (const auto code :
         {errc::name_not_found, errc::connect_failed, errc::timed_out, errc::protocol, errc::too_large}) {
        const auto verdict = robots_verdict::from_failure(code);
        EXPECT_EQ(verdict.what(), kind::disallow_all) << to_string(code);
        EXPECT_FALSE(verdict.allows(at("/")));
        EXPECT_TRUE(verdict.allows(at("/robots.txt")));
        EXPECT_LE(verdict.lifetime(), 5min);
    }
}

}  // namespace
