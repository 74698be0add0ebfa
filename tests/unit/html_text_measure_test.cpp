// Size and stops of text: by vectors as by bytes.
#include "html/text_measure.hpp"

#include <gtest/gtest.h>
#include <random>
#include <string>

namespace forage::detail {
namespace {

TEST(html_text_measure, counts_what_is_written_and_its_stops) {
    EXPECT_EQ(measure_text(" \n\t "), (text_measure{0, 0}));
    EXPECT_EQ(measure_text("One, two; three: four! Five? Six."), (text_measure{28, 6}));
    EXPECT_EQ(measure_text("\u65e5\u672c\u3001\u672c\u3002"), (text_measure{15, 2}));
    EXPECT_EQ(measure_text("\uff01\uff0c\uff1f \u3042"), (text_measure{12, 3}));
    EXPECT_EQ(measure_text("cut\xE3\x80"), (text_measure{5, 0}));
}

TEST(html_text_measure, vectors_and_bytes_agree) {
    std::mt19937 random{20261128};
    const std::string pieces[]{
        " ", "\n", "a", ".", ",", "?", "\u3001", "\uff0c", "\u00e9", "\xE3", "\xEF\xBC", "words and more"
    };
    for (int round = 0; round < 2'000; ++round) {
        std::string text;
        for (auto left = random() % 700; left > 0; --left) text += pieces[random() % std::size(pieces)];
        ASSERT_EQ(measure_text(text), measure_bytes(text)) << text;
    }
    EXPECT_EQ(measure_text(std::string(100'000, '.')), (text_measure{100'000, 100'000}));
}

}  // namespace
}  // namespace forage::detail
