// Guessing: only where there is something to go by, and never what no document may be guessed to be in.
#include "text/charset.hpp"
#include "text/detector.hpp"

#include <gtest/gtest.h>
#include <string>

namespace {

using namespace forage::detail;

// Beginnings of books: Tolstoy, Soseki, and the Hunminjeongeum of King Sejong.
const std::string russian_1251 =
    "\xC2\xF1\xE5 \xF1\xF7\xE0\xF1\xF2\xEB\xE8\xE2\xFB\xE5 \xF1\xE5\xEC\xFC\xE8 \xEF\xEE\xF5\xEE\xE6\xE8 "
    "\xE4\xF0\xF3\xE3 "
    "\xED\xE0 \xE4\xF0\xF3\xE3\xE0, \xEA\xE0\xE6\xE4\xE0\xFF \xED\xE5\xF1\xF7\xE0\xF1\xF2\xEB\xE8\xE2\xE0\xFF "
    "\xF1\xE5\xEC\xFC\xFF \xED\xE5\xF1\xF7\xE0\xF1\xF2\xEB\xE8\xE2\xE0 \xEF\xEE-\xF1\xE2\xEE\xE5\xEC\xF3.";
const std::string japanese_shift_jis = "\x8C\xE1\x94\x79\x82\xCD\x94\x4C\x82\xC5\x82\xA0\x82\xE9\x81\x42\x96\xBC\x91"
                                       "\x4F\x82\xCD\x82\xDC\x82\xBE\x96\xB3\x82\xA2"
                                       "\x81\x42";
const std::string korean =
    "\xB3\xAA\xB6\xF3\xB8\xBB\xBD\xCE\xB9\xCC\xB5\xE9\xC0\xC7 \xB8\xBB\xBE\xA8\xC0\xCC \xC1\xDF\xB1\xB9\xBF\xA1 "
    "\xB4\xDE\xB6\xF3 \xB9\xAE\xC0\xDA\xBF\xCD \xBC\xAD\xB7\xCE \xBB\xE7\xB8\xC2\xC1\xF6 "
    "\xBE\xC6\xB4\xCF\xC7\xD2\xBB\xF5";

auto in_html(std::string_view bytes) { return detect_encoding(bytes, document_kind::html); }
auto in_text(std::string_view bytes) { return detect_encoding(bytes, document_kind::plain_text); }

TEST(detector, tells_languages_apart) {
    EXPECT_EQ(in_html("<p>" + russian_1251), encoding::windows_1251);
    EXPECT_EQ(in_html("<p>" + japanese_shift_jis), encoding::shift_jis);
    EXPECT_EQ(in_html("<p>" + korean), encoding::euc_kr);
    EXPECT_EQ(in_text(russian_1251), encoding::windows_1251);
    EXPECT_EQ(in_text("title: " + japanese_shift_jis), encoding::shift_jis);
}

TEST(detector, reads_text_not_markup) {
    const std::string noise(20, '\xC5');
    EXPECT_EQ(
        in_html("<script>'" + noise + "'</script><style>" + noise + "</style><!--" + noise + "--><p>" + russian_1251),
        encoding::windows_1251
    );
    EXPECT_EQ(in_html("<script>" + russian_1251), std::nullopt);
    EXPECT_EQ(in_html("<p title='" + russian_1251), std::nullopt);
    EXPECT_EQ(in_html("<scripture>" + russian_1251), encoding::windows_1251);
    EXPECT_EQ(in_html("1 < 2 " + russian_1251), encoding::windows_1251);
    EXPECT_EQ(in_html("<p>" + std::string(100'000, 'x') + "</p>" + russian_1251), encoding::windows_1251);
}

TEST(detector, damage_does_not_make_another_encoding) {
    std::string utf8, shift_jis;
    for (int i = 0; i < 20; ++i)
        utf8 += "\u543E\u8F29\u306F\u732B\u3067\u3042\u308B\u3002", shift_jis += japanese_shift_jis;
    EXPECT_EQ(in_html("<p>" + utf8 + "\xFF" + utf8), encoding::utf_8);
    EXPECT_EQ(in_html("<p>" + shift_jis + "\xFF" + shift_jis), encoding::shift_jis);
}

TEST(detector, says_nothing_of_little) {
    EXPECT_EQ(in_html("caf\xE9"), std::nullopt);
    EXPECT_EQ(in_html("ASCII"), std::nullopt);
    EXPECT_EQ(in_html(""), std::nullopt);
}

TEST(detector, escapes_in_ascii_may_be_japanese) {
    const std::string text = "\x1B$B8cGZ$OG-$G$\"$k!#L>A0$O$^$@L5$$!#\x1B(B";
    EXPECT_EQ(in_html("<title>" + text), encoding::iso_2022_jp);
    EXPECT_EQ(in_html("\x1B[1mbold\x1B[0m"), std::nullopt);
    EXPECT_EQ(in_html("\x1B$)C\x0E!!\x0F"), std::nullopt);           // ISO-2022-KR
    EXPECT_EQ(in_html("~{<:Ky2;VpDP#,NpJ)l6HK!#~}"), std::nullopt);  // HZ
}

TEST(detector, comes_last) {
    const auto sniff = [](const std::string& bytes, std::string_view type = {}) {
        return sniff_encoding(bytes, type, document_kind::html).name;
    };
    const std::string page = "<p>" + russian_1251;
    EXPECT_EQ(sniff(page), encoding::windows_1251);
    EXPECT_EQ(sniff(page, "text/html; charset=nonsense"), encoding::windows_1251);
    EXPECT_EQ(sniff(page, "text/html; charset=koi8-r"), encoding::koi8_r);
    EXPECT_EQ(sniff("<meta charset=koi8-r>" + page), encoding::koi8_r);
    EXPECT_EQ(sniff("<p>" + std::string(2000, ' ') + "<meta charset=koi8-r>" + page), encoding::koi8_r);
}

}  // namespace
