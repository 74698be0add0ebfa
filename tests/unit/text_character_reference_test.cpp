#include "text/character_reference.hpp"

#include <gtest/gtest.h>
#include <map>
#include <string>
#include <string_view>

namespace {

using forage::detail::read_reference;
using forage::detail::reference_place;
using namespace std::string_view_literals;

struct expected {
    std::string_view source;
    std::size_t length;  ///< 0: no reference
    std::string_view text;
};

void expect_all(std::initializer_list<expected> cases, reference_place where) {
    for (const auto& each : cases) {
        const auto got = read_reference(each.source, where);
        EXPECT_EQ(got.length, each.length) << each.source;
        EXPECT_EQ(got.text(), each.text) << each.source;
    }
}

TEST(character_reference, names) {
    expect_all(
        {
            {"&amp;", 5, "&"},
            {"&amp", 4, "&"},
            {"&AMP;x", 5, "&"},
            {"&Amp;", 0, ""},
            {"&ampx", 4, "&"},
            {"&notit;", 4, "\xC2\xAC"},      // "not" needs no semicolon
            {"&notin;", 7, "\xE2\x88\x89"},  // the longer name
            {"&notin", 4, "\xC2\xAC"},       // which needs one
            {"&apos", 0, ""},
            {"&apos;", 6, "'"},
            {"&NotEqualTilde;", 15, "\xE2\x89\x82\xCC\xB8"},  // two code points
            {"&CounterClockwiseContourIntegral;", 33, "\xE2\x88\xB3"},
            {"&CounterClockwiseContourIntegral", 0, ""},
            {"&gt", 3, ">"},
            {"&gtrsim;", 8, "\xE2\x89\xB3"},
            {"&Aacutex", 7, "\xC3\x81"},
            {"&frac12", 7, "\xC2\xBD"},
            {"&thetasym;", 10, "\xCF\x91"},
            {"&;", 0, ""},
            {"&", 0, ""},
            {"& amp;", 0, ""},
            {"&&amp;", 0, ""},
            {"&unknown;", 0, ""},
        },
        reference_place::text
    );
}

TEST(character_reference, names_in_attributes_end_with_a_semicolon_or_at_what_cannot_be_a_name) {
    expect_all(
        {
            {"&amp;x", 5, "&"},
            {"&amp", 4, "&"},
            {"&amp\"", 4, "&"},
            {"&amp ", 4, "&"},
            {"&amp&", 4, "&"},
            {"&ampx", 0, ""},
            {"&amp=", 0, ""},
            {"&amp1", 0, ""},
            {"&copy=1", 0, ""},
            {"&notit;", 0, ""},
            {"&notin;", 7, "\xE2\x88\x89"},
            {"&#38x", 4, "&"},
        },
        reference_place::attribute
    );
}

TEST(character_reference, numbers) {
    expect_all(
        {
            {"&#65;", 5, "A"},
            {"&#65", 4, "A"},
            {"&#x41;", 6, "A"},
            {"&#X4a;", 6, "J"},
            {"&#x4Ag", 5, "J"},
            {"&#65a", 4, "A"},
            {"&#;", 0, ""},
            {"&#x;", 0, ""},
            {"&#xg", 0, ""},
            {"&#", 0, ""},
            {"&#x", 0, ""},
            {"&#0;", 4, "\xEF\xBF\xBD"},
            {"&#xD800;", 8, "\xEF\xBF\xBD"},
            {"&#xDFFF;", 8, "\xEF\xBF\xBD"},
            {"&#xE000;", 8, "\xEE\x80\x80"},
            {"&#x10FFFF;", 10, "\xF4\x8F\xBF\xBF"},
            {"&#x110000;", 10, "\xEF\xBF\xBD"},
            {"&#4294967361;", 13, "\xEF\xBF\xBD"},  // 65 in 32 bits
            {"&#xFFFF;", 8, "\xEF\xBF\xBF"},        // a noncharacter stays
            {"&#x80;", 6, "\xE2\x82\xAC"},          // windows-1252
            {"&#x81;", 6, "\xC2\x81"},
            {"&#159;", 6, "\xC5\xB8"},
            {"&#13;", 5, "\r"},
            {"&#x7F;", 6, "\x7F"},
        },
        reference_place::text
    );
}

TEST(character_reference, numbers_may_have_any_number_of_digits) {
    for (const auto& [begin, digit] : std::map<std::string, char>{{"&#", '9'}, {"&#x", 'F'}, {"&#x", 'f'}}) {
        const auto source = begin + std::string(100'000, digit);
        EXPECT_EQ(read_reference(source + ";", reference_place::text).length, source.size() + 1);
        EXPECT_EQ(read_reference(source, reference_place::text).text(), "\xEF\xBF\xBD");
    }
    const auto zeros = "&#" + std::string(100'000, '0') + "65;";
    EXPECT_EQ(read_reference(zeros, reference_place::text).text(), "A");
}

// A view that ends early: nothing behind it counts.
TEST(character_reference, ends_where_the_source_does) {
    constexpr auto source           = "&notin;"sv;
    constexpr std::size_t lengths[] = {0, 0, 0, 0, 4, 4, 4, 7};
    for (std::size_t size = 0; size <= source.size(); ++size) {
        EXPECT_EQ(read_reference(source.substr(0, size), reference_place::text).length, lengths[size]) << size;
    }
}

}  // namespace
