// UTF-8 validation and repair: every kind of ill-formed sequence, at every distance from a vector's edge.
#include "text/utf8.hpp"
#include "text/utf8_vectors.hpp"

#include <forage/files.hpp>

#include <gtest/gtest.h>
#include <random>
#include <string>

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

/// What is valid at the start of `text`, from Unicode §3.9, table 3-7, and nothing else.
std::size_t valid_by_definition(std::string_view text) {
    const auto in = [&](std::size_t at, unsigned first, unsigned last) {
        return at < text.size() && static_cast<unsigned char>(text[at]) >= first &&
               static_cast<unsigned char>(text[at]) <= last;
    };
    std::size_t at = 0;
    for (;;) {
        const auto tail = [&](std::size_t i) { return in(at + i, 0x80, 0xBF); };
        if (in(at, 0, 0x7F)) {
            at += 1;
        } else if (in(at, 0xC2, 0xDF) && tail(1)) {
            at += 2;
        } else if (((in(at, 0xE0, 0xE0) && in(at + 1, 0xA0, 0xBF)) || (in(at, 0xED, 0xED) && in(at + 1, 0x80, 0x9F)) ||
                    ((in(at, 0xE1, 0xEC) || in(at, 0xEE, 0xEF)) && tail(1))) &&
                   tail(2)) {
            at += 3;
        } else if (((in(at, 0xF0, 0xF0) && in(at + 1, 0x90, 0xBF)) || (in(at, 0xF1, 0xF3) && tail(1)) ||
                    (in(at, 0xF4, 0xF4) && in(at + 1, 0x80, 0x8F))) &&
                   tail(2) && tail(3)) {
            at += 4;
        } else {
            return at;
        }
    }
}

TEST(utf8, vectors_and_characters_agree_with_the_definition) {
    constexpr std::string_view characters[] = {
        "a", "<p>", "\u00E9", "\u07FF", "\u0800", "\uD7FF", "\uFFFD", "\U00010000", "\U0010FFFF"
    };
    std::mt19937 random{20};
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        while (text.size() < 200) {
            const auto& character = characters[random() % std::size(characters)];
            for (auto n = random() % 20; n > 0; --n) text += character;
        }
        if (round % 8 != 0) text[random() % text.size()] = static_cast<char>(random());
        const auto want = valid_by_definition(text);
        ASSERT_EQ(valid_utf8_prefix(text), want) << testing::PrintToString(text);
        const auto vectors = forage::detail::valid_utf8_vectors(text);
        ASSERT_LE(vectors, want);
        ASSERT_EQ(valid_by_definition(text.substr(0, vectors)), vectors);
        // Every tail of the text, too, is short enough to be seen by characters alone, and others begin within one.
        const auto tail = std::string_view{text}.substr(random() % text.size());
        ASSERT_EQ(valid_utf8_prefix(tail), valid_by_definition(tail));
    }
}

TEST(utf8, every_pair_of_bytes_whatever_follows) {
    const std::string padding(61, 'x');
    for (unsigned value = 0; value < 1u << 16; ++value) {
        std::string text = padding;
        text += static_cast<char>(value >> 8);
        text += static_cast<char>(value);
        for (const auto* end : {"", "\x80", "\x80\x80", "\xC3"}) {
            const std::string whole = text + end + padding + padding;
            ASSERT_EQ(valid_utf8_prefix(whole), valid_by_definition(whole)) << value;
        }
    }
}

TEST(utf8, ascii_ends_where_it_ends) {
    for (std::size_t before = 0; before < 200; ++before) {
        const std::string good(before, 'x');
        EXPECT_EQ(forage::detail::ascii_prefix(good), before);
        EXPECT_EQ(forage::detail::ascii_prefix(good + "\x80" + good), before);
        EXPECT_LE(forage::detail::ascii_vectors(good + "\x80" + good), before);
    }
}

TEST(utf8, the_beginning_of_one_character) {
    using forage::detail::begins_character;
    for (const auto text : {"\xC3"sv, "\xE2"sv, "\xE2\x82"sv, "\xF0\x9F\x98"sv}) EXPECT_TRUE(begins_character(text));
    for (const auto text :
         {""sv, "a"sv, "\xC3\xA9"sv, "\xC1"sv, "\xF5"sv, "\xE2x"sv, "\xED\xA0"sv, "\xE2\x82\xAC\xC3"sv}) {
        EXPECT_FALSE(begins_character(text)) << testing::PrintToString(text);
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
    for (const char32_t c : {U'A', U'\0', U'\u00E9', U'\u20AC', U'\U0001F600'}) forage::detail::append_utf8(out, c);
    EXPECT_EQ(out, "A\0\u00E9\u20AC\U0001F600"sv);
}

}  // namespace
