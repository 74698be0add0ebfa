// What may reach a terminal, and what JSON output escapes.
#include "cli/printable.hpp"

#include <gtest/gtest.h>
#include <string>

namespace {

using namespace std::string_literals;
using forage::cli::line_breaks;
using forage::cli::printable;
using forage::cli::printable_json;

TEST(Printable, keeps_ordinary_text_of_all_scripts) {
    const auto text = "na\u00EFve \u65E5\u672C\u8A9E \u0645\u0631\u062D\u0628\u0627 \U0001F600 a+b";
    EXPECT_EQ(printable(text), text);
    EXPECT_EQ(printable(""), "");
}

TEST(Printable, replaces_every_control) {
    for (int c = 0; c < 0x20; ++c) {
        if (c == '\n' || c == '\t') continue;
        const std::string text{'a', static_cast<char>(c), 'b'};
        EXPECT_EQ(printable(text), "a\uFFFDb") << c;
        EXPECT_EQ(printable(text, line_breaks::keep), "a\uFFFDb") << c;
    }
    EXPECT_EQ(printable("\x7F"), "\uFFFD");
    for (int c = 0x80; c < 0xA0; ++c) {
        const std::string text{'\xC2', static_cast<char>(c)};
        EXPECT_EQ(printable(text), "\uFFFD") << c;
    }
    EXPECT_EQ(printable("\u00A0"), "\u00A0");
}

TEST(Printable, takes_the_teeth_out_of_escape_sequences) {
    EXPECT_EQ(printable("\x1b[31mred\x1b[0m"), "\uFFFD[31mred\uFFFD[0m");
    EXPECT_EQ(printable("\x1b]0;title\x07"), "\uFFFD]0;title\uFFFD");
    EXPECT_EQ(printable("\u009B2J"), "\uFFFD2J");
    EXPECT_EQ(printable("safe\b\b\b\bevil").find('\b'), std::string::npos);
}

TEST(Printable, folds_line_breaks_or_keeps_them) {
    EXPECT_EQ(printable("a\nb\tc\r\nd\u2028e"), "a b c d e");
    EXPECT_EQ(printable("a\nb\tc\r\nd\u2029e", line_breaks::keep), "a\nb\tc\nd\ne");
    EXPECT_EQ(printable("over\rwritten", line_breaks::keep), "over\uFFFDwritten");
}

TEST(Printable, drops_what_is_not_seen_but_acts) {
    for (const unsigned c :
         {0x202Au, 0x202Bu, 0x202Cu, 0x202Du, 0x202Eu, 0x2066u, 0x2067u, 0x2068u, 0x2069u, 0xFEFFu, 0xFFF9u}) {
        const std::string text{
            'a',
            static_cast<char>(0xE0 | (c >> 12)),
            static_cast<char>(0x80 | ((c >> 6) & 0x3F)),
            static_cast<char>(0x80 | (c & 0x3F)),
            'b'
        };
        EXPECT_EQ(printable(text), "ab") << std::hex << c;
    }
    EXPECT_EQ(printable("a\U000E0041\U000E007Fb"), "ab");
    EXPECT_EQ(printable("a\u200Fb"), "a\u200Fb");  // a mark that right-to-left text needs
}

TEST(Printable, replaces_each_maximal_invalid_part) {
    EXPECT_EQ(printable("a\xFF\xFE"), "a\uFFFD\uFFFD");
    EXPECT_EQ(printable("\xC0\xAF"), "\uFFFD\uFFFD");                      // overlong
    EXPECT_EQ(printable("\xE2\x82"), "\uFFFD");                            // cut off at the end
    EXPECT_EQ(printable("\xE2\x82(")[3], '(');                             // and in the middle
    EXPECT_EQ(printable("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");            // a surrogate
    EXPECT_EQ(printable("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");  // beyond U+10FFFF
    EXPECT_EQ(printable("\xF0\x9F\x98\x80"), "\U0001F600");
    EXPECT_EQ(printable("\x9B"), "\uFFFD");  // a C1 byte for terminals that are not UTF-8
}

TEST(PrintableJson, escapes_what_a_terminal_would_act_on_and_nothing_else) {
    EXPECT_EQ(printable_json(R"({"a":"ü","b":[1,2]})"), R"({"a":"ü","b":[1,2]})");
    EXPECT_EQ(printable_json("\"\x7F\u009B\u202E\u2028\uFEFF\""), R"("\u007f\u009b\u202e\u2028\ufeff")");
    EXPECT_EQ(printable_json("\"\U000E0041\""), R"("\udb40\udc41")");
    EXPECT_EQ(printable_json("\"\xFF\""), R"("\ufffd")");
    EXPECT_EQ(printable_json("{}\n{}\n"), "{}\n{}\n");
}

TEST(Printable, is_linear_on_long_hostile_text) {
    std::string text;
    for (int i = 0; i < 1'000'000; ++i) text += "\xF0\x9F";
    EXPECT_EQ(printable(text).size(), 3'000'000u);
}

}  // namespace
