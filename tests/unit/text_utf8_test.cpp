// UTF-8 validation and repair: every kind of ill-formed sequence, at every distance from the eight-byte stride.
#include "text/utf8.hpp"

#include <forage/files.hpp>

#include <gtest/gtest.h>

namespace {

using forage::invalid_utf8;
using forage::detail::is_valid_utf8;
using forage::detail::make_valid_utf8;
using forage::detail::valid_utf8_prefix;
using namespace std::string_view_literals;

TEST(utf8, accepts_the_ends_of_every_range) {
    for (const auto text : {
             ""sv,
             "\x7F"sv,
             "\xC2\x80"sv,
             "\xDF\xBF"sv,
             "\xE0\xA0\x80"sv,
             "\xED\x9F\xBF"sv,
             "\xEE\x80\x80"sv,
             "\xEF\xBF\xBF"sv,
             "\xF0\x90\x80\x80"sv,
             "\xF4\x8F\xBF\xBF"sv,
             "a\0b"sv,
         }) {
        EXPECT_TRUE(is_valid_utf8(text)) << testing::PrintToString(text);
    }
}

TEST(utf8, refuses_overlong_forms_surrogates_and_what_is_beyond_unicode) {
    for (const auto text : {
             "\x80"sv,
             "\xC0\x80"sv,
             "\xC1\xBF"sv,
             "\xE0\x9F\xBF"sv,
             "\xED\xA0\x80"sv,
             "\xF0\x8F\xBF\xBF"sv,
             "\xF4\x90\x80\x80"sv,
             "\xF5\x80\x80\x80"sv,
             "\xFF"sv,
             "\xC3"sv,
             "\xE2\x82"sv,
             "\xF0\x9F\x98"sv,
         }) {
        EXPECT_FALSE(is_valid_utf8(text)) << testing::PrintToString(text);
    }
}

TEST(utf8, finds_a_fault_wherever_it_is) {
    for (std::size_t before = 0; before < 40; ++before) {
        const std::string good(before, 'x');
        EXPECT_EQ(valid_utf8_prefix(good + "\xFF and more text behind it"), before);
        EXPECT_EQ(valid_utf8_prefix(good + "\xC3\xA9\xC3"), before + 2);
        EXPECT_TRUE(is_valid_utf8(good + "\xE2\x82\xAC" + good));
    }
}

TEST(utf8, replaces_each_maximal_subpart_once) {
    const auto repaired = [](std::string_view text) { return make_valid_utf8(text, invalid_utf8::replace); };
    EXPECT_EQ(repaired("a\x80z"), "a\uFFFDz");
    EXPECT_EQ(repaired("\xE2\x82z"), "\uFFFDz");                     // a cut-off character is one part
    EXPECT_EQ(repaired("\xF0\x80\x80\x41"), "\uFFFD\uFFFD\uFFFDA");  // F0 80 can begin nothing
    EXPECT_EQ(repaired("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(repaired("\xF0\x9F\x98"), "\uFFFD");
    // The example of Unicode §3.9.
    EXPECT_EQ(
        repaired("a\xF1\x80\x80\xE1\x80\xC2"
                 "b\x80"
                 "c\x80\xBF"
                 "d"),
        "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd"
    );
}

TEST(utf8, drops_or_keeps_when_told) {
    EXPECT_EQ(make_valid_utf8("a\xFF\xC3\xA9\xE2\x82", invalid_utf8::drop), "a\u00E9");
    EXPECT_EQ(make_valid_utf8("a\xFF", invalid_utf8::keep), "a\xFF");
}

TEST(utf8, appends_code_points_of_every_length) {
    std::string out;
    for (const char32_t c : {U'A', U'\u00E9', U'\u20AC', U'\U0001F600'}) forage::detail::append_utf8(out, c);
    EXPECT_EQ(out, "A\u00E9\u20AC\U0001F600");
}

}  // namespace
