// Two spellings of one page have one canonical form; two pages have two.
#include "url/canonical.hpp"

#include <gtest/gtest.h>
#include <string>

namespace forage::detail {
namespace {

std::string form(std::string_view text) { return canonical_form(url::parse(text).value()); }

TEST(url_canonical, is_the_same_for_spellings_of_one_page) {
    const auto plain = form("https://example.org/a/b?x=1");
    for (const char* other : {
             "http://example.org/a/b?x=1",
             "https://www.example.org/a/b/?x=1#part",
             "https://m.example.org/a/b?utm_source=z&x=1&fbclid=q",
             "https://example.org/a/b/index.html?x=1",
             "https://EXAMPLE.org:443/a/./b?&x=1&",
         })
        EXPECT_EQ(form(other), plain) << other;
    EXPECT_EQ(form("https://en.m.wikipedia.org/wiki/A"), form("https://en.wikipedia.org/wiki/A"));
    EXPECT_EQ(form("https://example.org"), form("https://example.org/index.php"));
}

TEST(url_canonical, differs_for_different_pages) {
    const auto plain = form("https://example.org/a/b?x=1");
    for (const char* other : {
             "https://example.org/a/B?x=1",
             "https://example.org/a/b?x=2",
             "https://example.org/a/b",
             "https://example.org:8443/a/b?x=1",
             "https://docs.example.org/a/b?x=1",
             "https://example.org/a/b?x=1&ref=2",
         })
        EXPECT_NE(form(other), plain) << other;
    EXPECT_NE(form("https://m.org/"), form("https://org.org/")) << "a name of two labels is nobody's small twin";
    EXPECT_EQ(form("https://m.org/a"), "m.org/a");
}

}  // namespace
}  // namespace forage::detail
