// Names of authors out of what is written where they are named.
#include "html/author_names.hpp"

#include <gtest/gtest.h>

namespace {

using namespace forage::detail;
using strings = std::vector<std::string>;

strings names(std::string_view field) {
    author_names all;
    all.add(field);
    return all.take();
}

strings in_line(std::string_view line, bool needs_by = true) {
    author_names all;
    all.add_line(line, needs_by);
    return all.take();
}

TEST(html_author_names, introductions_and_what_follows_are_cut) {
    EXPECT_EQ(names("By Jane Roe"), strings{"Jane Roe"});
    EXPECT_EQ(names("Written by: Jane Roe | 3 May 2023"), strings{"Jane Roe"});
    EXPECT_EQ(names("Von J\u00F6rg M\u00FCller am 17.05.2023"), strings{"J\u00F6rg M\u00FCller"});
    EXPECT_EQ(names("Jane Roe, Science Editor"), strings{"Jane Roe"});
    EXPECT_EQ(names("Jane Roe (Reuters)"), strings{"Jane Roe"});
    EXPECT_EQ(names("Jane Roe jane@example.com"), strings{"Jane Roe"});
    EXPECT_EQ(names("Byron Smith"), strings{"Byron Smith"});
}

TEST(html_author_names, several) {
    EXPECT_EQ(names("Jane Roe and John Doe"), (strings{"Jane Roe", "John Doe"}));
    EXPECT_EQ(names("Jane Roe, John Doe und Max M."), (strings{"Jane Roe", "John Doe", "Max M."}));
    EXPECT_EQ(names("Jane Roe; JANE ROE"), strings{"Jane Roe"});
    EXPECT_EQ(names("Roe, Jane"), strings{"Jane Roe"});
    EXPECT_EQ(names("Jane Roe, PhD"), strings{"Jane Roe"});
}

TEST(html_author_names, nobody) {
    EXPECT_EQ(names("admin"), strings{});
    EXPECT_EQ(names("Super User"), strings{});
    EXPECT_EQ(names("https://example.com/jane"), strings{});
    EXPECT_EQ(names("@jane"), strings{});
    EXPECT_EQ(names("Example GmbH"), strings{});
    EXPECT_EQ(names(""), strings{});
    author_names all;
    all.leave_out("The Daily News");
    all.add("the daily-news");
    EXPECT_TRUE(all.empty());
}

TEST(html_author_names, lines_must_look_like_names) {
    EXPECT_EQ(in_line("by Jane Roe"), strings{"Jane Roe"});
    EXPECT_EQ(in_line("Jane Roe"), strings{});
    EXPECT_EQ(in_line("Jane Roe", false), strings{"Jane Roe"});
    EXPECT_EQ(in_line("by the end of the year"), strings{});
    EXPECT_EQ(in_line("by clicking here", false), strings{});
}

TEST(html_author_names, are_bounded) {
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "A" + std::string(3, static_cast<char>('a' + i % 26)) + " Roe;";
    EXPECT_LE(names(many).size(), author_names::most);
    EXPECT_EQ(names(std::string(5000, 'x')), strings{});
}

}  // namespace
