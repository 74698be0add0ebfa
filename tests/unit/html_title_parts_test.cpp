// Which part of a title is the site's name.
#include "html/title_parts.hpp"

#include <gtest/gtest.h>

namespace {

using namespace forage::detail;

TEST(html_title_parts, site_before_or_behind) {
    const title_context known{{"The Daily News"}};
    EXPECT_EQ(without_site_name("A storm - The Daily News", known), "A storm");
    EXPECT_EQ(without_site_name("Daily News | A storm", known), "A storm");
    EXPECT_EQ(without_site_name("A storm - in a glass - The Daily News", known), "A storm - in a glass");
    EXPECT_EQ(without_site_name("A storm \u2013 Weather \u00BB thedailynews", known), "A storm \u2013 Weather");
    EXPECT_EQ(without_site_name("The Daily News", known), "The Daily News");
    EXPECT_EQ(without_site_name("", known), "");
}

TEST(html_title_parts, a_short_part_behind_a_mark_of_its_own_is_a_site_that_nobody_knows) {
    title_context known{{"news"}};
    EXPECT_EQ(without_site_name("A storm: what we know | Weather | News", known), "A storm: what we know");
    EXPECT_EQ(without_site_name("News", known), "News");
    EXPECT_EQ(without_site_name("A - B", known), "A - B");
    known.only_known = true;
    EXPECT_EQ(without_site_name("Python | sum() | News", known), "Python | sum()");
}

TEST(html_title_parts, host) {
    EXPECT_EQ(name_of_host("www.example.com"), "example");
    EXPECT_EQ(name_of_host("news.example.co.uk"), "example");
    EXPECT_EQ(name_of_host("example.org"), "example");
    EXPECT_EQ(name_of_host("localhost"), "localhost");
}

}  // namespace
