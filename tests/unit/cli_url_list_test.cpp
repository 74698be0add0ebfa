// Lists of URLs: comments, blanks, odd line ends, repeats.
#include "cli/url_list.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace {

using forage::cli::parse_url_list;
using forage::cli::without_repeats;
using strings = std::vector<std::string>;

TEST(UrlList, one_a_line_without_comments_and_blanks) {
    EXPECT_EQ(
        parse_url_list("# pages\nhttps://a/\n\n   https://b/#part  \r\n\t\n  # more\nhttps://c/"),
        (strings{"https://a/", "https://b/#part", "https://c/"})
    );
}

TEST(UrlList, nothing_in_nothing) {
    EXPECT_EQ(parse_url_list(""), strings{});
    EXPECT_EQ(parse_url_list("\n\n#\n  \r\n"), strings{});
}

TEST(UrlList, repeats_are_equal_pages_not_equal_texts) {
    const auto kept = without_repeats({"https://a/x", "HTTPS://A:443/x#part", "https://a/y", "not a url", "not a url"});
    EXPECT_EQ(kept.urls, (strings{"https://a/x", "https://a/y", "not a url"}));
    EXPECT_EQ(kept.repeated, 2u);
}

}  // namespace
