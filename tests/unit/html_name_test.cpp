#include "html/budget.hpp"
#include "html/name.hpp"

#include <cstddef>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace dom = forage::detail::dom;
using dom::name;

const std::vector<std::string>& known_texts() {
    static const std::vector<std::string> all{
#define NAME(identifier, text) text,
#include "html/names.inc"
#undef NAME
    };
    return all;
}

std::string with_case(std::string text, bool (*is_upper)(std::size_t)) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_upper(i) && text[i] >= 'a' && text[i] <= 'z') text[i] = static_cast<char>(text[i] - 32);
    }
    return text;
}

TEST(html_name, every_known_name_is_found_in_every_case) {
    ASSERT_EQ(known_texts().size() + 1, dom::known_names);
    forage::detail::read_budget budget{{}};
    dom::name_table names{budget};
    std::set<std::string> different;
    for (std::size_t i = 0; i < known_texts().size(); ++i) {
        const auto& text = known_texts()[i];
        const name n{static_cast<std::uint32_t>(i + 1)};
        EXPECT_TRUE(different.insert(text).second) << text << " is there twice";
        EXPECT_EQ(dom::known_name(text), n) << text;
        EXPECT_EQ(dom::known_name(with_case(text, [](std::size_t) { return true; })), n) << text;
        EXPECT_EQ(dom::known_name(with_case(text, [](std::size_t at) { return at % 2 == 0; })), n) << text;
        EXPECT_EQ(dom::known_name(with_case(text, [](std::size_t at) { return at >= 8; })), n) << text;
        EXPECT_EQ(names.intern(text), n) << text;
        EXPECT_EQ(names.find(text), n) << text;
        EXPECT_EQ(names.text(n), text);
    }
    EXPECT_EQ(names.size(), dom::known_names) << "a known name got a number of the document's";
}

TEST(html_name, what_stands_behind_a_name_does_not_count) {
    for (const auto& text : known_texts()) {
        for (const std::string_view behind : {"", ">", " a", "xxxxxxxxxxxxxxxx", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"}) {
            const auto source = text + std::string{behind};
            EXPECT_EQ(
                dom::known_name(std::string_view{source}.substr(0, text.size()), source.data() + source.size()),
                dom::known_name(text)
            ) << source;
        }
    }
}

TEST(html_name, names_like_the_known_ones_are_not_known) {
    const std::set<std::string> known{known_texts().begin(), known_texts().end()};
    for (const auto& text : known_texts()) {
        for (const auto& other :
             {text + "x", "x" + text, text.substr(1), text.substr(0, text.size() - 1), text + "-"}) {
            EXPECT_TRUE(known.contains(other) || dom::known_name(other) == name::none) << other;
        }
        for (std::size_t i = 0; i < text.size(); ++i) {
            auto other = text;
            other[i]   = other[i] == 'q' ? 'j' : 'q';
            EXPECT_TRUE(known.contains(other) || dom::known_name(other) == name::none) << other;
        }
    }
    EXPECT_EQ(dom::known_name(""), name::none);
}

TEST(html_name, names_of_a_document_get_numbers_of_their_own) {
    forage::detail::read_budget budget{{}};
    dom::name_table names{budget};
    EXPECT_EQ(names.find("x-y"), name::none);
    const auto n = names.intern("x-y");
    EXPECT_EQ(n, name::first_unknown);
    EXPECT_EQ(names.intern("x-y"), n);
    EXPECT_NE(names.intern("x-Y"), n) << "names are given in lower case; others are other names";
    EXPECT_EQ(names.text(n), "x-y");
    const std::string with_nul{"a\0b", 3}, beyond_ascii{"\xC3\xA4"}, empty;
    for (const auto& text : {with_nul, beyond_ascii, empty, std::string(100'000, 'n')}) {
        EXPECT_EQ(names.text(names.intern(text)), text);
        EXPECT_EQ(names.find(text), names.intern(text));
    }
}

TEST(html_name, a_hundred_thousand_names_are_kept_apart) {
    constexpr std::size_t many = 100'000;
    forage::detail::read_budget budget{{}};
    dom::name_table names{budget};
    for (std::size_t i = 0; i < many; ++i) {
        ASSERT_EQ(dom::index_of(names.intern("n" + std::to_string(i))), dom::known_names + i);
    }
    EXPECT_EQ(names.size(), dom::known_names + many);
    for (std::size_t i = 0; i < many; i += 7) {
        const auto text = "n" + std::to_string(i);
        ASSERT_EQ(dom::index_of(names.find(text)), dom::known_names + i);
        ASSERT_EQ(names.text(names.intern(text)), text);
    }
    EXPECT_EQ(names.find("n" + std::to_string(many)), name::none);
    EXPECT_LT(budget.held(), many * 64);
}

}  // namespace
