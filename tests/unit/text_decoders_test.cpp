// The legacy decoders' states: what is an error, how far it reaches, and what is left for the next character.
#include "text/encoding.hpp"
#include "text/encoding_labels.hpp"
#include "text/utf8.hpp"

#include <gtest/gtest.h>

namespace {

using namespace forage::detail;
using namespace std::string_view_literals;

TEST(decoders, single_byte) {
    EXPECT_EQ(decode("\x80 \xE9 \x9D"sv, encoding::windows_1252), "\u20AC \u00E9 \u009D");
    EXPECT_EQ(decode("\xCF\xF0\xE8", encoding::windows_1251), "\u041F\u0440\u0438");
    EXPECT_EQ(decode("\xA1\xDB", encoding::windows_874), "\u0E01\uFFFD");
    EXPECT_EQ(decode("\xE0", encoding::iso_8859_8), "\u05D0");
    EXPECT_EQ(decode("\xE0", encoding::iso_8859_8_i), "\u05D0");
    EXPECT_EQ(decode("\xA4", encoding::iso_8859_10), "\u012A");  // the first behind the one that shares a table
    EXPECT_EQ(decode("\xFF", encoding::x_mac_cyrillic), "\u20AC");
    EXPECT_EQ(decode("a\x80\xFF", encoding::x_user_defined), "a\uF780\uF7FF");
    EXPECT_EQ(decode("a\0b"sv, encoding::koi8_r), "a\0b"sv);
}

TEST(decoders, replacement_gives_one_error) {
    EXPECT_EQ(decode("anything", encoding::replacement), "\uFFFD");
    EXPECT_EQ(decode("", encoding::replacement), "");
}

TEST(decoders, utf_16) {
    EXPECT_EQ(decode("A\0\x3D\xD8\x00\xDE"sv, encoding::utf_16le), "A\U0001F600");
    EXPECT_EQ(decode("\xFE\xFF\0A"sv, encoding::utf_16be), "A");
    EXPECT_EQ(decode("\0A\xD8\x3D\0B"sv, encoding::utf_16be), "A\uFFFDB");
    EXPECT_EQ(decode("\xD8\x3D\xD8\x3D\xDE\x00"sv, encoding::utf_16be), "\uFFFD\U0001F600");
    EXPECT_EQ(decode("\xDE\x00\0Az"sv, encoding::utf_16be), "\uFFFDA\uFFFD");
    EXPECT_EQ(decode("\xD8\x3D"sv, encoding::utf_16be), "\uFFFD");
    EXPECT_EQ(decode("\xD8\x3D\xDE"sv, encoding::utf_16be), "\uFFFD");  // one error for all that is left
}

TEST(decoders, gb18030) {
    for (const auto e : {encoding::gbk, encoding::gb18030}) {
        EXPECT_EQ(decode("\xC4\xE3\x80", e), "\u4F60\u20AC");
        EXPECT_EQ(decode("\xA3\xA0\xA6\xD9", e), "\u3000\uFE10");  // where ICU has private use
        EXPECT_EQ(decode("\x81\x30\x81\x30\x90\x30\x81\x30", e), "\u0080\U00010000");
        EXPECT_EQ(decode("\x81\x35\xF4\x37", e), "\uE7C7");
        EXPECT_EQ(decode("\xE3\x32\x9A\x35\xE3\x32\x9A\x36", e), "\U0010FFFF\uFFFD");
        EXPECT_EQ(decode("\x84\x31\xA5\x30", e), "\uFFFD");       // between the planes' ranges
        EXPECT_EQ(decode("\x81\x30\x81<", e), "\uFFFD0\uFFFD<");  // the digit is text again
        EXPECT_EQ(decode("\x81\x30<", e), "\uFFFD0<");
        EXPECT_EQ(decode("\x81\x30\xC4\xE3", e), "\uFFFD0\u4F60");
        EXPECT_EQ(decode("\x81<\x81\x7F\x81\xFF\xFF", e), "\uFFFD<\uFFFD\x7F\uFFFD\uFFFD");
        EXPECT_EQ(decode("a\x81", e), "a\uFFFD");
        EXPECT_EQ(decode("a\x81\x30", e), "a\uFFFD");
        EXPECT_EQ(decode("a\x81\x30\x81", e), "a\uFFFD");
    }
}

TEST(decoders, big5) {
    EXPECT_EQ(decode("\xA7\x41\x87\x40", encoding::big5), "\u4F60\u43F0");
    EXPECT_EQ(
        decode("\x88\x62\x88\x64\x88\xA3\x88\xA5", encoding::big5), "\u00CA\u0304\u00CA\u030C\u00EA\u0304\u00EA\u030C"
    );
    EXPECT_EQ(decode("\x81\x40\x81\xA1", encoding::big5), "\uFFFD@\uFFFD");
    EXPECT_EQ(decode("\xA7<\xA7\x80\xA7\xFF\x80\xFF", encoding::big5), "\uFFFD<\uFFFD\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(decode("\xA7", encoding::big5), "\uFFFD");
}

TEST(decoders, euc_kr) {
    EXPECT_EQ(decode("\xB0\xA1\x81\x41", encoding::euc_kr), "\uAC00\uAC02");
    EXPECT_EQ(decode("\xC9\xA1", encoding::euc_kr), "\uFFFD");  // private use in ICU
    EXPECT_EQ(decode("\xB0<\xB0\xFF\x80\xFF", encoding::euc_kr), "\uFFFD<\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(decode("\xB0", encoding::euc_kr), "\uFFFD");
}

TEST(decoders, shift_jis) {
    EXPECT_EQ(decode("\x82\xA0\x88\x9F\xB1\x80", encoding::shift_jis), "\u3042\u4E9C\uFF71\u0080");
    EXPECT_EQ(decode("\x81\x60\x5C\xFA\x40", encoding::shift_jis), "\uFF5E\\\u2170");
    EXPECT_EQ(decode("\xF0\x40\xF9\xFC", encoding::shift_jis), "\uE000\uE757");
    EXPECT_EQ(decode("\xE3<p>", encoding::shift_jis), "\uFFFD<p>");
    EXPECT_EQ(decode("\x85\x40\x85\x9F", encoding::shift_jis), "\uFFFD@\uFFFD");
    EXPECT_EQ(decode("\x82\x7F\x82\xFD\xA0\xFD\xFF", encoding::shift_jis), "\uFFFD\x7F\uFFFD\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(decode("\x82", encoding::shift_jis), "\uFFFD");
}

TEST(decoders, euc_jp) {
    EXPECT_EQ(decode("\xA4\xA2\x8E\xB1\x8F\xB0\xA1", encoding::euc_jp), "\u3042\uFF71\u4E02");
    EXPECT_EQ(decode("\xAD\xA1\xFC\xF1", encoding::euc_jp), "\u2460\u2170");  // rows that vendors added
    EXPECT_EQ(decode("\xA4<\x8E<\x8F<\x8F\xA1<", encoding::euc_jp), "\uFFFD<\uFFFD<\uFFFD<\uFFFD<");
    EXPECT_EQ(decode("\xA4\x80\x8E\xE0\x8F\x8E\x80", encoding::euc_jp), "\uFFFD\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(decode("\x8F\xF3\xF3", encoding::euc_jp), "\uFFFD");  // in ICU, but not in the index
    EXPECT_EQ(decode("\xA4", encoding::euc_jp), "\uFFFD");
    EXPECT_EQ(decode("\x8F", encoding::euc_jp), "\uFFFD");
    EXPECT_EQ(decode("\x8F\xA1", encoding::euc_jp), "\uFFFD");
}

TEST(decoders, iso_2022_jp) {
    const auto decoded = [](std::string_view bytes) { return decode(bytes, encoding::iso_2022_jp); };
    EXPECT_EQ(decoded("a\x1B$B$\"\x1B(Bb\x1B$@$\"\x1B(Jc"), "a\u3042b\u3042c");
    EXPECT_EQ(decoded("\x1B(J\\~\x1B(B\\~\x1B(I1"), "\u00A5\u203E\\~\uFF71");
    EXPECT_EQ(decoded("\x1B(B\x1B(B"), "\uFFFD");  // nothing between two escapes
    EXPECT_EQ(decoded("\x1B(Ba\x1B(Bb"), "ab");
    EXPECT_EQ(decoded("\x1B$B\x1B(B\x1B$B"), "\uFFFD\uFFFD");
    EXPECT_EQ(decoded("\x1B$A\x1B(x\x1B"), "\uFFFD$A\uFFFD(x\uFFFD");
    EXPECT_EQ(decoded("\x1B$B$\x1B(Ba"), "\uFFFDa");  // an escape in the middle of a character
    EXPECT_EQ(decoded("\x1B$B$"), "\uFFFD");
    EXPECT_EQ(decoded("\x1B$B$ \x1B(B"), "\uFFFD");
    EXPECT_EQ(decoded("\x1B$B \x1B(B"), "\uFFFD");
    EXPECT_EQ(decoded("\x1B$B\x7E\x7E\x1B(B"), "\uFFFD");  // no such character
    EXPECT_EQ(decoded("\x0E\x0F\x80\n"), "\uFFFD\uFFFD\uFFFD\n");
    EXPECT_EQ(decoded("\x1B(I\x60\x0E"), "\uFFFD\uFFFD");
}

TEST(decoders, long_texts_cross_every_block) {
    for (std::size_t before = 0; before < 70; ++before) {
        const std::string ascii(before, 'x'), bytes = ascii + "\xCF" + std::string(5000, 'y') + "\xF0";
        EXPECT_EQ(decode(bytes, encoding::windows_1251), ascii + "\u041F" + std::string(5000, 'y') + "\u0440");
        std::string pairs, text;
        for (int i = 0; i < 2000; ++i) pairs += "\xC4\xE3", text += "\u4F60";
        EXPECT_EQ(decode(ascii + pairs, encoding::gbk), ascii + text);
    }
}

TEST(decoders, every_encoding_gives_valid_utf8_for_every_byte) {
    std::string bytes;
    for (int i = 0; i < 4096; ++i) bytes.push_back(static_cast<char>((i * 167 + (i >> 8)) & 0xFF));
    for (std::size_t i = 0; i < encoding_names.size(); ++i) {
        EXPECT_TRUE(is_valid_utf8(decode(bytes, static_cast<encoding>(i)))) << encoding_names[i];
    }
}

}  // namespace
