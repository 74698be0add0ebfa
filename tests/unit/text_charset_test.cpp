// Which encoding a document is taken to be in, and what its bytes become.
#include "text/charset.hpp"
#include "text/encoding_labels.hpp"
#include "text/meta_prescan.hpp"
#include "text/utf8.hpp"

#include <gtest/gtest.h>

namespace {

using namespace forage::detail;
using namespace std::string_view_literals;

encoding sniff(std::string_view bytes, std::string_view content_type = {}) {
    return sniff_encoding(bytes, content_type, document_kind::html).name;
}

TEST(charset, labels_are_sorted_and_found_in_any_case) {
    for (std::size_t i = 1; i < encoding_labels.size(); ++i) {
        EXPECT_LT(encoding_labels[i - 1].label, encoding_labels[i].label);
    }
    EXPECT_EQ(encoding_for_label(" \tLatin1\n"), encoding::windows_1252);
    EXPECT_EQ(encoding_for_label("X-SJIS"), encoding::shift_jis);
    EXPECT_EQ(encoding_for_label("utf-7"), std::nullopt);
    EXPECT_EQ(encoding_for_label(""), std::nullopt);
    EXPECT_EQ(encoding_for_label(std::string(5000, 'x')), std::nullopt);
    EXPECT_EQ(name_of(encoding::x_user_defined), "x-user-defined");
}

TEST(charset, content_type_parameter_in_all_its_spellings) {
    for (const auto value : {
             "text/html;charset=koi8-r"sv,
             "text/html; Charset = \"koi8-r\""sv,
             "text/html; x=y; charset=KOI8-R ; z"sv,
             "text/html; charset='koi8-r'"sv,
             "; a=\";charset=utf-8\"; charset=koi8-r"sv,
         }) {
        EXPECT_EQ(encoding_from_content_type(value), encoding::koi8_r) << value;
    }
    for (const auto value :
         {""sv, "text/html"sv, "text/html; charset"sv, "text/html; charset="sv, "text/html; charset=nope"sv}) {
        EXPECT_EQ(encoding_from_content_type(value), std::nullopt) << value;
    }
}

TEST(charset, order_of_trust) {
    constexpr auto meta = "<meta charset=koi8-r>"sv;
    EXPECT_EQ(sniff("\xEF\xBB\xBF<meta charset=koi8-r>", "text/html; charset=gbk"), encoding::utf_8);
    EXPECT_EQ(sniff("\xFE\xFFxx", "text/html; charset=gbk"), encoding::utf_16be);
    EXPECT_EQ(sniff(meta, "text/html; charset=gbk"), encoding::gbk);
    EXPECT_EQ(sniff(meta, "text/html; charset=unknown"), encoding::koi8_r);
    EXPECT_EQ(sniff("caf\xC3\xA9"), encoding::utf_8);
    EXPECT_EQ(sniff("caf\xE9"), encoding::windows_1252);
    EXPECT_EQ(sniff("ASCII only"), encoding::windows_1252);
    EXPECT_EQ(sniff_encoding("<meta charset=koi8-r>\xC3\xA9", {}, document_kind::plain_text).name, encoding::utf_8);
}

TEST(charset, late_declaration_counts_where_the_bytes_are_not_utf8) {
    const std::string padding(2000, ' ');
    EXPECT_EQ(sniff("<html>" + padding + "<meta charset=koi8-r>\xE9"), encoding::koi8_r);
    EXPECT_EQ(sniff("<html>" + padding + "<meta charset=koi8-r>\xC3\xA9"), encoding::utf_8);
}

TEST(charset, prescan_takes_what_the_standard_takes) {
    EXPECT_EQ(prescan_meta("<META  CHARSET = 'gbk' >"), encoding::gbk);
    EXPECT_EQ(prescan_meta("<meta/charset=gbk>"), encoding::gbk);
    EXPECT_EQ(prescan_meta("<meta http-equiv=Content-Type content='text/html; charset=gbk'>"), encoding::gbk);
    EXPECT_EQ(prescan_meta("<meta content='charset=gbk' http-equiv=content-type>"), encoding::gbk);
    EXPECT_EQ(prescan_meta("<meta charset=utf-16>"), encoding::utf_8);
    EXPECT_EQ(prescan_meta("<meta charset=x-user-defined>"), encoding::windows_1252);
    EXPECT_EQ(prescan_meta("<!--><meta charset=gbk>"), encoding::gbk);
    EXPECT_EQ(prescan_meta("<meta charset=nope><meta charset=gbk>"), encoding::gbk);
    EXPECT_EQ(prescan_meta("<?xml version='1.0' encoding='gbk'?><p>"), encoding::gbk);
    EXPECT_EQ(prescan_meta("<\0?\0x\0m\0"sv), encoding::utf_16le);
}

TEST(charset, prescan_is_not_fooled) {
    EXPECT_EQ(prescan_meta("<!-- <meta charset=gbk> -->"), std::nullopt);
    EXPECT_EQ(prescan_meta("<a title='<meta charset=gbk>'>"), std::nullopt);
    EXPECT_EQ(prescan_meta("<metadata charset=gbk>"), std::nullopt);
    EXPECT_EQ(prescan_meta("<meta content='text/html; charset=gbk'>"), std::nullopt);
    EXPECT_EQ(prescan_meta("<meta charset="), std::nullopt);
    EXPECT_EQ(prescan_meta("<meta charset='gbk"), std::nullopt);
    EXPECT_EQ(prescan_meta("<"), std::nullopt);
    EXPECT_EQ(prescan_meta("</"), std::nullopt);
    EXPECT_EQ(prescan_meta("<!"), std::nullopt);
    EXPECT_EQ(prescan_meta(""), std::nullopt);
}

TEST(charset, decodes_what_it_has_its_own_decoders_for) {
    EXPECT_EQ(decode("\x80 \xE9 \x9D"sv, encoding::windows_1252), "\u20AC \u00E9 \u009D");
    EXPECT_EQ(decode("A\0\x3D\xD8\x00\xDE"sv, encoding::utf_16le), "A\U0001F600");
    EXPECT_EQ(decode("\0A\xD8\x3D\0B"sv, encoding::utf_16be), "A\uFFFDB");
    EXPECT_EQ(decode("\xDE\x00\0Az"sv, encoding::utf_16be), "\uFFFDA\uFFFD");
    EXPECT_EQ(decode("\xD8\x3D"sv, encoding::utf_16be), "\uFFFD");
    EXPECT_EQ(decode("a\x80"sv, encoding::x_user_defined), "a\uF780");
    EXPECT_EQ(decode("anything", encoding::replacement), "\uFFFD");
    EXPECT_EQ(decode("", encoding::replacement), "");
}

TEST(charset, a_broken_character_does_not_swallow_the_markup_behind_it) {
    EXPECT_EQ(decode("\xE3<p>", encoding::shift_jis), "\uFFFD<p>");
    EXPECT_EQ(decode("\xA4<p>", encoding::euc_jp), "\uFFFD<p>");
    EXPECT_EQ(decode("\xA4", encoding::euc_kr), "\uFFFD");
}

TEST(charset, every_encoding_gives_valid_utf8_for_every_byte) {
    std::string bytes;
    for (int i = 0; i < 4096; ++i) bytes.push_back(static_cast<char>((i * 167 + (i >> 8)) & 0xFF));
    for (std::size_t i = 0; i < encoding_names.size(); ++i) {
        EXPECT_TRUE(is_valid_utf8(decode(bytes, static_cast<encoding>(i)))) << encoding_names[i];
    }
}

TEST(charset, valid_utf8_is_not_copied) {
    const std::string bytes = "<p>caf\xC3\xA9";
    decoded_text out;
    decode_document(bytes, "", document_kind::html, out);
    EXPECT_EQ(out.text.data(), bytes.data());
    decode_document("\xEF\xBB\xBFx", "", document_kind::html, out);
    EXPECT_EQ(out.text, "x");
}

}  // namespace
