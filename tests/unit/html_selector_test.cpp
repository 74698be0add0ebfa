// CSS selectors: what they match, and what is refused. That chains of combinators match as defined is in
// html_selector_property_test.cpp.
#include <forage/document.hpp>

#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace {

using forage::errc;
using forage::selector;

/// The ids of what matches, with a space behind each.
std::string ids(std::string_view html, std::string_view css) {
    const auto doc   = forage::parse_document(html).value();
    const auto found = doc.select(css);
    if (!found) return found.error().message();
    std::string all;
    for (const auto n : *found) all.append(n.id()).append(" ");
    return all;
}

TEST(html_selector, types) {
    constexpr auto html = "<div id=a><DIV id=b></div><p id=c></div><x-y id=d></x-y>";
    EXPECT_EQ(ids(html, "div"), "a b ");
    EXPECT_EQ(ids(html, "DiV"), "a b ");
    EXPECT_EQ(ids(html, "x-y"), "d ");
    EXPECT_EQ(ids(html, "x"), "");
    EXPECT_EQ(ids(html, " p , x-y "), "c d ");
    EXPECT_EQ(ids("<p id=a>", "*"), "   a ");  // html, head and body have none
}

TEST(html_selector, names_of_svg_match_as_written) {
    constexpr auto html = "<svg id=s viewBox=1><foreignObject id=f><p id=p title=x></p></foreignObject></svg>";
    EXPECT_EQ(ids(html, "foreignObject"), "f ");
    EXPECT_EQ(ids(html, "foreignobject"), "");
    EXPECT_EQ(ids(html, "svg > foreignObject P"), "p ");
    EXPECT_EQ(ids(html, "[viewBox]"), "s ");
    EXPECT_EQ(ids(html, "[viewbox]"), "");
    EXPECT_EQ(ids(html, "[TITLE]"), "p ");
}

TEST(html_selector, ids_and_classes_match_as_written) {
    constexpr auto html = "<p id=a class='x  y'><p id=A class=X><p id=b class='xy\tx'>";
    EXPECT_EQ(ids(html, "#a"), "a ");
    EXPECT_EQ(ids(html, ".x"), "a b ");
    EXPECT_EQ(ids(html, ".x.y"), "a ");
    EXPECT_EQ(ids(html, "p#b.xy"), "b ");
    EXPECT_EQ(ids(html, "#a#b"), "");
    EXPECT_EQ(ids(html, ".x, #A,.xy"), "a A b ");
}

TEST(html_selector, attributes) {
    constexpr auto html = "<p id=a t='one two'><p id=b t=one-two><p id=c t=''><p id=d T=One><p id=e u=one>";
    EXPECT_EQ(ids(html, "[t]"), "a b c d ");
    EXPECT_EQ(ids(html, "p[ t ]"), "a b c d ");
    EXPECT_EQ(ids(html, "[t='']"), "c ");
    EXPECT_EQ(ids(html, "[t=one]"), "");
    EXPECT_EQ(ids(html, "[t=one i]"), "d ");
    EXPECT_EQ(ids(html, "[t=\"ONE\"I]"), "d ");
    EXPECT_EQ(ids(html, "[t=One s]"), "d ");
    EXPECT_EQ(ids(html, "[t='one two']"), "a ");
    EXPECT_EQ(ids(html, "[t~=two]"), "a ");
    EXPECT_EQ(ids(html, "[t~='one two']"), "");
    EXPECT_EQ(ids(html, "[t~='']"), "");
    EXPECT_EQ(ids(html, "[t|=one]"), "b ");
    EXPECT_EQ(ids(html, "[t|=one i]"), "b d ");
    EXPECT_EQ(ids(html, "[t|='']"), "c ");
    EXPECT_EQ(ids(html, "[t^=one]"), "a b ");
    EXPECT_EQ(ids(html, "[t^=one i]"), "a b d ");
    EXPECT_EQ(ids(html, "[t$=two]"), "a b ");
    EXPECT_EQ(ids(html, "[t$=TWO i]"), "a b ");
    EXPECT_EQ(ids(html, "[t*='e t']"), "a ");
    EXPECT_EQ(ids(html, "[t*=NE-T i]"), "b ");
    EXPECT_EQ(ids(html, "[t^=''], [t$=''], [t*='']"), "");
    EXPECT_EQ(ids(html, "[t^=one][t$=two][id=b]"), "b ");
    EXPECT_EQ(ids(html, "[never-seen]"), "");
}

TEST(html_selector, combinators) {
    constexpr auto html = "<div id=a><p id=b><b id=c></b></p><div id=d><b id=e></b></div></div><b id=f></b>";
    EXPECT_EQ(ids(html, "div b"), "c e ");
    EXPECT_EQ(ids(html, "div > b"), "e ");
    EXPECT_EQ(ids(html, "div>b"), "e ");
    EXPECT_EQ(ids(html, "div div > b, body > b"), "e f ");
    EXPECT_EQ(ids(html, "div\n>\tp\fb"), "c ");
    EXPECT_EQ(ids(html, "html body div"), "a d ");
    EXPECT_EQ(ids(html, "body > b b"), "");
    EXPECT_EQ(ids("<i><b><b><u id=u>", "i > b u"), "u ");  // not by the nearest b
    EXPECT_EQ(ids("<i><b><i><p><b><u id=u>", "i > b u"), "u ");
}

TEST(html_selector, escapes) {
    constexpr auto html = "<p id=1a class='md:w'><p id=b class='\u00E9t\u00E9'><p id=-c class=--d><p id=e class='a.b'>";
    EXPECT_EQ(ids(html, R"(#\31 a)"), "1a ");
    EXPECT_EQ(ids(html, R"(#\000031a)"), "1a ");
    EXPECT_EQ(ids(html, R"(.md\:w)"), "1a ");
    EXPECT_EQ(ids(html, R"(.md\3Aw)"), "1a ");
    EXPECT_EQ(ids(html, ".\u00E9t\u00E9"), "b ");
    EXPECT_EQ(ids(html, R"(.\e9 t\0000E9)"), "b ");
    EXPECT_EQ(ids(html, "#-c, .--d"), "-c ");
    EXPECT_EQ(ids(html, R"(.a\.b)"), "e ");
    EXPECT_EQ(ids(html, "[class='a\\2e b']"), "e ");
    EXPECT_EQ(ids(html, "[class=\"md\\\n:w\"]"), "1a ");
    EXPECT_EQ(ids(html, R"([class=md\:w])"), "1a ");
    EXPECT_EQ(ids("<p id=a class='\uFFFD'>", R"(.\0)"), "a ");
    EXPECT_EQ(ids("<p id=a class='\uFFFD'>", R"(.\D800)"), "a ");
    EXPECT_EQ(ids("<p id=a class='\uFFFD'>", R"(.\110000)"), "a ");
}

TEST(html_selector, looks_below_the_node_with_its_ancestors_in_mind) {
    const auto doc = forage::parse_document("<div id=a><p id=b><b id=c><b id=d></b></b></p></div>").value();
    const auto b   = doc.select_first("#b").value();
    EXPECT_EQ(b.select("b").value().size(), 2u);
    EXPECT_EQ(b.select("div b").value().size(), 2u);
    EXPECT_EQ(b.select_first("p > b").value().id(), "c");
    EXPECT_TRUE(b.select("p").value().empty());
    EXPECT_FALSE(b.select_first("p").value());
    const auto wanted = selector::parse("div > p, b > b").value();
    EXPECT_TRUE(wanted.matches(b));
    EXPECT_FALSE(wanted.matches(b.first_child()));
    EXPECT_TRUE(wanted.matches(b.first_child().first_child()));
    EXPECT_FALSE(wanted.matches(doc.root()));
    EXPECT_EQ(b.select(wanted).size(), 1u);
    EXPECT_EQ(b.select_first(wanted).id(), "d");
}

TEST(html_selector, one_serves_many_documents) {
    const auto wanted = selector::parse("x-one > [data-unknown=v].c").value();
    for (const auto* html :
         {"<x-one><p data-unknown=v class=c>", "<x-zero></x-zero><x-one><b q w data-unknown=v class=c>"}) {
        const auto doc = forage::parse_document(html).value();
        EXPECT_TRUE(doc.select_first(wanted)) << html;
    }
    EXPECT_FALSE(forage::parse_document("<p data-unknown=v class=c>").value().select_first(wanted));
}

struct refusal {
    const char* css;
    std::size_t offset;
};

TEST(html_selector, what_is_refused_and_where) {
    constexpr refusal refusals[] = {
        {"", 0},        {"  ", 2},      {"a,", 2},        {",a", 0},        {"a,,b", 2},    {">a", 0},
        {"a >", 3},     {"a > > b", 4}, {"a:hover", 1},   {"a::before", 1}, {":not(a)", 0}, {"a + b", 2},
        {"a+b", 1},     {"a ~ b", 2},   {"a || b", 2},    {"svg|a", 3},     {"*|a", 1},     {"|a", 0},
        {"[svg|a]", 5}, {"#", 1},       {"#1a", 1},       {".", 1},         {".1", 1},      {"..a", 1},
        {"#a.", 3},     {"1", 0},       {"-", 0},         {"-1", 0},        {"a!", 1},      {"a)", 1},
        {"[", 1},       {"[]", 1},      {"[a", 2},        {"[a=", 3},       {"[a=]", 3},    {"[a=1]", 3},
        {"[a=b", 4},    {"[a='b", 3},   {"[a='b\n']", 3}, {"[a='b'", 6},    {"[a b]", 3},   {"[a=b c]", 5},
        {"[a!=b]", 2},  {"[a~b]", 3},   {"[a==b]", 3},    {"[a=b i s]", 7}, {"\\", 0},      {"a\\\n", 1},
        {"[=b]", 1},    {"[\"a\"]", 1}, {"a/**/b", 1},    {"@a", 0},        {"a{}", 1},     {"&", 0},
    };
    for (const auto& each : refusals) {
        const auto parsed = selector::parse(each.css);
        ASSERT_FALSE(parsed) << each.css;
        EXPECT_EQ(parsed.error().code, errc::bad_argument) << each.css;
        const auto where = "at offset " + std::to_string(each.offset) + ":";
        EXPECT_NE(parsed.error().what.find(where), std::string::npos) << each.css << "  " << parsed.error().what;
        EXPECT_NE(parsed.error().hint.find("supported"), std::string::npos) << each.css;
    }
    EXPECT_FALSE(selector::parse(std::string_view{"a\0b", 3}));
    const auto doc = forage::parse_document("x").value();
    EXPECT_EQ(doc.select(":root").error().code, errc::bad_argument);
    EXPECT_EQ(doc.select_first("a:b").error().code, errc::bad_argument);
}

TEST(html_selector, size_is_bounded) {
    std::string chain = "a", list = "a";
    for (int i = 1; i < 64; ++i) chain += i % 2 != 0 ? " a" : ">a", list += ",a";
    EXPECT_TRUE(selector::parse(chain));
    EXPECT_TRUE(selector::parse(list));
    EXPECT_FALSE(selector::parse(chain + " a"));
    EXPECT_FALSE(selector::parse(list + ",a"));
    EXPECT_TRUE(selector::parse(std::string(1'024, 'a')));
    EXPECT_FALSE(selector::parse(std::string(1'025, 'a')));
}

// As many elements as possible as deep as trees get, and selectors that a matcher which goes back and tries again would
// not come to an end with.
TEST(html_selector, hostile_documents_cost_no_more_for_their_depth) {
    std::string html, chain = "p";
    for (int i = 0; i < 100'000; ++i) html += "<b>";
    for (int i = 0; i < 62; ++i) chain += i % 2 == 0 ? " b" : ">b";
    const auto doc   = forage::parse_document(html, {.time_limit = std::chrono::seconds{20}}).value();
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(doc.select("b b").value().size(), 99'999u);
    EXPECT_EQ(doc.select(chain + " i").value().size(), 0u);
    EXPECT_EQ(doc.select(chain.substr(2) + " b").value().size(), 100'000u - 62);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{10});
}

}  // namespace
