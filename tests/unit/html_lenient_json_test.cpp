// JSON as pages contain it, right and wrong.
#include "html/lenient_json.hpp"

#include <forage/html.hpp>

#include <gtest/gtest.h>
#include <string>

namespace {

using namespace forage::detail;
using kind = json_value::kind;

/// The values in document order, as far as they can be told from one line: {a:"1" [2]}.
std::string shape(std::string_view text) {
    const forage::read_options options;
    read_budget budget{options};
    lenient_json json{budget};
    json.read(text);
    std::string out;
    std::vector<std::pair<std::uint32_t, char>> open;
    const auto close = [&](std::uint32_t at) {
        for (; !open.empty() && open.back().first <= at; open.pop_back()) out += open.back().second;
    };
    for (std::uint32_t i = 0; i < json.size(); ++i) {
        close(i);
        const auto& v = json[i];
        if (!out.empty() && out.back() != '{' && out.back() != '[') out += ' ';
        if (!v.key.empty()) out.append(v.key) += ':';
        switch (v.type) {
        case kind::string: out.append("\"").append(v.text) += '"'; break;
        case kind::other: out += v.text; break;
        case kind::object:
            out += '{';
            open.emplace_back(v.end, '}');
            break;
        case kind::array:
            out += '[';
            open.emplace_back(v.end, ']');
            break;
        }
    }
    close(json.size());
    return out;
}

TEST(html_lenient_json, valid) {
    EXPECT_EQ(shape(R"({"a":"1","b":[2,-3.5e1,true,null],"c":{}})"), R"({a:"1" b:[2 -3.5e1 true null] c:{}})");
    EXPECT_EQ(shape(R"(["a\"b","\\"])"), R"(["a\"b" "\\"])");
    EXPECT_EQ(shape(""), "");
}

TEST(html_lenient_json, what_surrounds_it) {
    EXPECT_EQ(shape("<!-- {\"a\":1} -->"), "{a:1}");
    EXPECT_EQ(shape("//<![CDATA[\n{\"a\":1}\n//]]>"), "{a:1}");
    EXPECT_EQ(shape("{\"a\":1 /* no \" */, \"b\":2};"), "{a:1 b:2}");
    EXPECT_EQ(shape("{\"a\":1}{\"b\":2}"), "{a:1} {b:2}");
}

TEST(html_lenient_json, commas_quotes_and_line_breaks) {
    EXPECT_EQ(shape("{\"a\":[1,,2,],}"), "{a:[1 2]}");
    EXPECT_EQ(shape("{\"a\":\"1\" \"b\":\"2\"}"), R"({a:"1" b:"2"})");
    EXPECT_EQ(shape("{\"a\":\"one\ntwo\"}"), "{a:\"one\ntwo\"}");
    EXPECT_EQ(shape(R"({"a":"he said "no" to it","b":1})"), R"({a:"he said "no" to it" b:1})");
}

TEST(html_lenient_json, unfinished_and_mismatched) {
    EXPECT_EQ(shape(R"({"a":[{"b":"c)"), R"({a:[{b:"c"}]})");
    EXPECT_EQ(shape(R"({"a":[1,2},{"b":3})"), "{a:[1 2]} {b:3}");
    EXPECT_EQ(shape("]}{\"a\":1}"), "{a:1}");
}

TEST(html_lenient_json, depth_and_number_are_bounded) {
    std::string deep(100'000, '[');
    EXPECT_EQ(shape(deep), std::string(lenient_json::max_depth, '[') + std::string(lenient_json::max_depth, ']'));
    const forage::read_options options;
    read_budget budget{options};
    lenient_json json{budget};
    std::string wide = "[";
    for (std::size_t i = 0; i < 2 * lenient_json::max_values; ++i) wide += "1,";
    json.read(wide);
    EXPECT_EQ(json.size(), lenient_json::max_values);
    // What is behind a part that is too deep is there again.
    EXPECT_TRUE(shape(std::string(40, '[') + std::string(40, ']') + "{\"a\":1}").ends_with("{a:1}"));
}

TEST(html_lenient_json, members) {
    const forage::read_options options;
    read_budget budget{options};
    lenient_json json{budget};
    json.read(R"({"a":{"b":1},"b":2,"b":3})");
    EXPECT_EQ(json[json.member(0, "b")].text, "2");
    EXPECT_EQ(json.member(0, "c"), lenient_json::nowhere);
    EXPECT_EQ(json.member(json.member(0, "b"), "b"), lenient_json::nowhere);
}

TEST(html_lenient_json, text_of_strings) {
    EXPECT_EQ(json_text(R"(a\"\/\\\u00e9\ud83d\ude00\n)", 100), "a\"/\\\u00E9\U0001F600 ");
    EXPECT_EQ(json_text(R"(\ud83d \ude00 \uzz)", 100), "\uFFFD \uFFFD zz");
    EXPECT_EQ(json_text(R"(A \u0026amp; B &#8211; C)", 100), "A & B \u2013 C");
    EXPECT_EQ(json_text("\u00E9\u00E9", 3), "\u00E9");
    EXPECT_EQ(json_text("\\", 100), "\\");
}

}  // namespace
