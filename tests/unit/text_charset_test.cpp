// Which encoding a document is taken to be in, and what its bytes become.
#include "text/charset.hpp"
#include "text/encoding_labels.hpp"
#include "text/meta_prescan.hpp"

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
    EXPECT_EQ(prescan_meta("<?xml encoding = \"utf-16\"?>"), encoding::utf_8);
    EXPECT_EQ(prescan_meta("<?xml encoding='gbk'?><meta charset=big5>"), encoding::big5);
    EXPECT_EQ(prescan_meta("<\0?\0x\0m\0"sv), encoding::utf_16le);
    EXPECT_EQ(prescan_meta("\0<\0?\0x"sv), encoding::utf_16be);
}

TEST(charset, prescan_is_not_fooled) {
    EXPECT_EQ(prescan_meta("<!-- <meta charset=gbk> -->"), std::nullopt);
    EXPECT_EQ(prescan_meta("<a title='<meta charset=gbk>'>"), std::nullopt);
    EXPECT_EQ(prescan_meta("<metadata charset=gbk>"), std::nullopt);
    EXPECT_EQ(prescan_meta("<meta content='text/html; charset=gbk'>"), std::nullopt);
    EXPECT_EQ(prescan_meta("<meta charset="), std::nullopt);
    EXPECT_EQ(prescan_meta("<meta charset='gbk"), std::nullopt);
    EXPECT_EQ(prescan_meta("<?xml encoding='gbk'?"), std::nullopt);
    EXPECT_EQ(prescan_meta("<?xml version='1.0'?><p>encoding='gbk'"), std::nullopt);
    EXPECT_EQ(prescan_meta("<?xml encoding='g bk'?>"), std::nullopt);
    EXPECT_EQ(prescan_meta(" <?xml encoding='gbk'?>"), std::nullopt);
    EXPECT_EQ(prescan_meta("<"), std::nullopt);
    EXPECT_EQ(prescan_meta("</"), std::nullopt);
    EXPECT_EQ(prescan_meta("<!"), std::nullopt);
    EXPECT_EQ(prescan_meta(""), std::nullopt);
}

TEST(charset, what_is_cut_within_a_character_is_still_utf8) {
    EXPECT_EQ(sniff("caf\xC3\xA9 cr\xC3"), encoding::utf_8);
    EXPECT_EQ(sniff("caf\xC3\xA9 \xF0\x9F\x98"), encoding::utf_8);
    EXPECT_EQ(sniff("caf\xC3"), encoding::windows_1252);
    EXPECT_EQ(sniff("caf\xC3\xA9 cr\xE8me"), encoding::windows_1252);
    EXPECT_EQ(sniff("caf\xC3\xA9 \xF5"), encoding::windows_1252);
}

TEST(charset, valid_utf8_is_not_copied) {
    const auto is_copied = [](const std::string& bytes, std::string_view type) {
        decoded_text out;
        decode_document(bytes, type, document_kind::html, out);
        return out.text.data() != bytes.data();
    };
    EXPECT_FALSE(is_copied("<p>caf\xC3\xA9", ""));
    EXPECT_FALSE(is_copied("<p>caf\xC3\xA9", "text/html; charset=utf-8"));
    EXPECT_FALSE(is_copied("<p>ASCII", ""));
    EXPECT_FALSE(is_copied("<p>ASCII", "text/html; charset=shift_jis"));
    EXPECT_TRUE(is_copied("<p>ASCII", "text/html; charset=iso-2022-jp"));
    EXPECT_TRUE(is_copied("<p>ASCII", "text/html; charset=utf-16le"));
    EXPECT_TRUE(is_copied("<p>caf\xE9", "text/html; charset=utf-8"));
}

TEST(charset, the_byte_order_mark_is_no_text) {
    decoded_text out;
    decode_document("\xEF\xBB\xBFx", "", document_kind::html, out);
    EXPECT_EQ(out.text, "x");
    decode_document("\xEF\xBB\xBF\xEF\xBB\xBF\xFF", "", document_kind::html, out);
    EXPECT_EQ(out.text, "\uFEFF\uFFFD");  // just one is a mark
    decode_document("\xFF\xFEx\0"sv, "text/html; charset=utf-8", document_kind::html, out);
    EXPECT_EQ(out.text, "x");
}

}  // namespace
