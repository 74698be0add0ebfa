// Texts that are nearly equal are alike; others are not.
#include "research/simhash.hpp"

#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

namespace forage::detail {
namespace {

std::vector<std::string> words(std::size_t count, unsigned seed) {
    std::mt19937 random{seed};
    std::vector<std::string> made;
    for (std::size_t i = 0; i < count; ++i) made.push_back("w" + std::to_string(random() % 5'000));
    return made;
}

std::string joined(const std::vector<std::string>& all) {
    std::string text;
    for (const auto& each : all) text += each + ' ';
    return text;
}

TEST(simhash, tells_near_duplicates_from_others) {
    int found = 0;
    for (unsigned seed = 0; seed < 100; ++seed) {
        auto text         = words(800, seed);
        const auto before = print_of(joined(text));
        text[400]         = "another";  // a date, a counter, a name
        found += are_alike(before, print_of(joined(text)));
        EXPECT_FALSE(are_alike(before, print_of(joined(words(800, seed + 1'000))))) << seed;
    }
    EXPECT_GE(found, 85);
}

TEST(simhash, short_texts_have_to_be_the_same) {
    EXPECT_TRUE(are_alike(print_of("Page not found"), print_of("page  not found")));
    EXPECT_FALSE(are_alike(print_of("Page not found"), print_of("Page not here")));
    EXPECT_FALSE(are_alike(print_of(""), print_of("")));
}

}  // namespace
}  // namespace forage::detail
