// The tables, made from ICU's data and our patches, are the standard's indexes: by checksum, so that an ICU with other
// data is noticed wherever the tests run. The checksums are encoding_tables.py's.
#include "text/multi_byte_tables.hpp"

#include <algorithm>
#include <cstdint>
#include <gtest/gtest.h>

namespace {

using namespace forage::detail;

/// FNV-1a of each pointer's character in UTF-8, or a zero byte where there is none.
std::uint64_t checksum(const multi_byte_table& table) {
    std::uint64_t value = 0xCBF29CE484222325;
    for (const auto& character : table) {
        for (std::size_t i = 0; i < character.length(); ++i) {
            value = (value ^ static_cast<unsigned char>(character.bytes[i])) * 0x100000001B3;
        }
    }
    return value;
}

auto characters_in(const multi_byte_table& table) {
    return std::count_if(table.begin(), table.end(), [](const auto& c) { return !c.is_empty(); });
}

TEST(encoding_tables, are_those_of_the_standard) {
    EXPECT_EQ(checksum(big5_table()), 0xFB446A30DAF04B9D);
    EXPECT_EQ(checksum(euc_kr_table()), 0xAEFED6BD945DF667);
    EXPECT_EQ(checksum(gb18030_table()), 0x50B1266FD49A4C32);
    EXPECT_EQ(checksum(jis0208_table()), 0x57C208D2E27BFFF7);
    EXPECT_EQ(checksum(jis0212_table()), 0xCF38B9FA5EDFC002);
    EXPECT_EQ(characters_in(big5_table()), 18590);
    EXPECT_EQ(characters_in(jis0212_table()), 6067);
}

TEST(encoding_tables, ranges_of_four_bytes_have_ends) {
    EXPECT_EQ(gb18030_range_character(0), 0x80);
    EXPECT_EQ(gb18030_range_character(35), 0xA3);
    EXPECT_EQ(gb18030_range_character(36), 0xA5);
    EXPECT_EQ(gb18030_range_character(7457), 0xE7C7);
    EXPECT_EQ(gb18030_range_character(39419), 0xFFFF);
    EXPECT_EQ(gb18030_range_character(39420), 0);
    EXPECT_EQ(gb18030_range_character(188999), 0);
    EXPECT_EQ(gb18030_range_character(189000), 0x10000);
    EXPECT_EQ(gb18030_range_character(1237575), 0x10FFFF);
    EXPECT_EQ(gb18030_range_character(1237576), 0);
}

}  // namespace
