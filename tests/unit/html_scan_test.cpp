// The three ways to find a character agree, wherever it is and however the memory lies.
#include "html/scan.hpp"

#include <cstdint>
#include <gtest/gtest.h>
#include <memory>
#include <random>
#include <string_view>

namespace {

using namespace std::string_view_literals;
namespace dom = forage::detail::dom;

template <char... Wanted>
void expect_agreement(const char* from, const char* end, int round) {
    const auto* const expected = dom::find_one_by_one<Wanted...>(from, end);
    ASSERT_EQ(dom::find_by_words<Wanted...>(from, end), expected) << round;
#if defined(__SSE2__)
    ASSERT_EQ(dom::find_by_vectors<Wanted...>(from, end), expected) << round;
#endif
    ASSERT_EQ(dom::find_any<Wanted...>(from, end), expected) << round;
}

TEST(html_scan, all_ways_agree_at_every_alignment_and_length) {
    std::mt19937 random{4};
    for (int round = 0; round < 300; ++round) {
        // What is wanted is rare, else few searches would come far; its neighbours by one bit are not.
        constexpr auto characters = "<=;&'\0\x01\x7F\x80\xBC\xA6\xFF"sv;
        const std::unique_ptr<char[]> bytes{new char[96]};
        for (int i = 0; i < 96; ++i) {
            const auto pick = random() % 400;
            bytes[static_cast<std::size_t>(i)] =
                pick < characters.size() ? characters[pick] : static_cast<char>('i' + pick % 16);
        }
        for (std::size_t from = 0; from < 33; ++from) {
            for (std::size_t end = from; end <= 96; ++end) {
                expect_agreement<'<'>(bytes.get() + from, bytes.get() + end, round);
                expect_agreement<'<', '&', '\0'>(bytes.get() + from, bytes.get() + end, round);
                expect_agreement<'\x80', '\xFF'>(bytes.get() + from, bytes.get() + end, round);
            }
        }
    }
}

TEST(html_scan, every_byte_is_found_among_all_others) {
    for (int wanted = 0; wanted < 256; ++wanted) {
        const std::unique_ptr<char[]> bytes{new char[256]};  // as long as it is, so that reading on is noticed
        for (int i = 0; i < 256; ++i) bytes[static_cast<std::size_t>(i)] = static_cast<char>((wanted + 1 + i) % 256);
        const char* const begin = bytes.get();
        const char* const end   = begin + 256;
        if (wanted == '-') {
            EXPECT_EQ(dom::find_any<'-'>(begin, end), end - 1);
            EXPECT_EQ(dom::find_by_words<'-'>(begin, end), end - 1);
        }
        EXPECT_EQ(dom::find_any<'\xC3'>(begin, end), dom::find_one_by_one<'\xC3'>(begin, end));
        EXPECT_EQ(dom::find_by_words<'\xC3'>(begin, end), dom::find_one_by_one<'\xC3'>(begin, end));
        EXPECT_EQ(dom::find_any<'\0'>(begin, end), dom::find_one_by_one<'\0'>(begin, end));
        EXPECT_EQ(dom::find_by_words<'\0'>(begin, end), dom::find_one_by_one<'\0'>(begin, end));
    }
}

TEST(html_scan, nothing_is_found_in_nothing) {
    const char c = '<';
    expect_agreement<'<'>(&c, &c, 0);
    expect_agreement<'<'>(nullptr, nullptr, 0);
}

}  // namespace
