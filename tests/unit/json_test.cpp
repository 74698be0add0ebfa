// Reading and writing JSON: what is kept, what is refused, what never throws.
#include "core/json.hpp"
#include "text/code_points.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <string>

namespace forage::detail {
namespace {

json_document parsed(std::string_view text) {
    auto document = json_document::parse(text);
    EXPECT_TRUE(document) << text;
    return document ? *std::move(document) : json_document{};
}

errc refusal(std::string_view text) {
    const auto document = json_document::parse(text);
    return document ? errc::ok : document.error().code;
}

std::string nested(int depth) {
    const auto levels = static_cast<std::size_t>(depth);
    return std::string(levels, '[') + std::string(levels, ']');
}

TEST(json, reads_members_items_strings_and_numbers) {
    const auto document = parsed(R"({"a":[1,"2",-3.0,true],"b":{"c":"d\u00e9"}})");
    const auto root     = document.root();
    EXPECT_TRUE(root.is_object());
    EXPECT_EQ(root["a"].size(), 4u);
    EXPECT_EQ(root["a"][0].integer(), 1);
    EXPECT_EQ(root["a"][1].integer(), 2) << "a string that is a number";
    EXPECT_EQ(root["a"][2].integer(), -3);
    EXPECT_EQ(root["a"][3].integer(), std::nullopt);
    EXPECT_EQ(root["b"]["c"].string(), "d\u00e9");
}

TEST(json, what_is_absent_or_of_another_type_reads_as_empty) {
    const auto document = parsed(R"({"a":null,"n":1,"s":"x"})");
    const auto root     = document.root();
    EXPECT_TRUE(root["a"].exists());
    EXPECT_FALSE(root["missing"].exists());
    EXPECT_FALSE(root["missing"]["deeper"][7]["still"].exists());
    EXPECT_EQ(root["n"].string(), "");
    EXPECT_EQ(root["s"].integer(), std::nullopt);
    EXPECT_EQ(root["s"].size(), 0u);
    EXPECT_FALSE(root["s"][0].exists());
    EXPECT_FALSE(root[0].exists());
    EXPECT_FALSE(json_document{}.root().exists());
}

TEST(json, integers_outside_the_range_are_none) {
    const auto document =
        parsed(R"([9223372036854775807,9223372036854775808,1e300,1.5,"12x","","99999999999999999999"])");
    const auto root = document.root();
    EXPECT_EQ(root[0].integer(), std::numeric_limits<std::int64_t>::max());
    for (std::size_t i = 1; i < root.size(); ++i) EXPECT_EQ(root[i].integer(), std::nullopt) << i;
}

TEST(json, of_two_members_with_one_name_the_last_counts) {
    EXPECT_EQ(parsed(R"({"a":1,"a":2})").root()["a"].integer(), 2);
}

TEST(json, a_document_outlives_its_copies_source) {
    json_document copy;
    {
        const auto first = parsed(R"({"a":"kept"})");
        copy             = first;
    }
    EXPECT_EQ(copy.root()["a"].string(), "kept");
}

TEST(json, refuses_what_is_not_json) {
    for (const auto* text : {"", " ", "{", "[1,]", "{\"a\":1", "<html>", "nul", "[1] x", "\"\xff\"", "1e999"})
        EXPECT_EQ(refusal(text), errc::bad_response) << text;
}

TEST(json, depth_is_bounded_at_64) {
    EXPECT_EQ(refusal(nested(64)), errc::ok);
    EXPECT_EQ(refusal(nested(65)), errc::bad_response);
    EXPECT_EQ(refusal(std::string(1'000'000, '[')), errc::bad_response);
}

TEST(json, brackets_inside_strings_have_no_depth) {
    EXPECT_EQ(refusal("\"\\\"" + std::string(1000, '[') + '"'), errc::ok);
}

TEST(json, size_is_bounded_at_4_mib) {
    constexpr std::size_t limit = 4 * 1024 * 1024;
    EXPECT_EQ(refusal('"' + std::string(limit - 2, 'x') + '"'), errc::ok);
    EXPECT_EQ(refusal('"' + std::string(limit - 1, 'x') + '"'), errc::too_large);
}

TEST(json, number_of_values_is_bounded) {
    std::string text = "[1";
    for (int i = 0; i < 300'000; ++i) text += ",1";
    EXPECT_EQ(refusal(text + ']'), errc::bad_response);
}

TEST(json_writer, writes_in_the_order_of_the_calls) {
    json_writer out;
    out.begin_object().field("a", 1).key("b").begin_array().value("x").value(true).null().end_array();
    out.key("c").begin_object().end_object().field("d", 1.5).field("e", std::string{"s"}).end_object();
    EXPECT_EQ(out.take(), R"({"a":1,"b":["x",true,null],"c":{},"d":1.5,"e":"s"})");
}

TEST(json_writer, numbers_to_their_limits) {
    json_writer out;
    out.begin_array();
    out.value(std::numeric_limits<std::int64_t>::min()).value(std::numeric_limits<std::uint64_t>::max());
    out.value(0.1).value(std::nan("")).value(std::numeric_limits<double>::infinity());
    EXPECT_EQ(out.end_array().take(), "[-9223372036854775808,18446744073709551615,0.1,null,null]");
}

TEST(json_writer, escapes_what_must_not_stand_raw) {
    json_writer out;
    out.value(std::string_view{"\"\\/\n\r\t\0\x1b\x7f\u0085\u2028\u00e9", 16});
    EXPECT_EQ(
        out.take(),
        R"("\"\\/\n\r\t\u0000\u001b\u007f\u0085\u2028)"
        "\u00e9\""
    );
}

TEST(json_writer, repairs_invalid_utf8) {
    const auto written = [](std::string_view text) {
        json_writer out;
        out.value(text);
        return out.take();
    };
    EXPECT_EQ(
        written("a\xff"
                "b"),
        "\"a\ufffd"
        "b\""
    );
    EXPECT_EQ(written("\xe2\x82"), "\"\ufffd\"") << "one for a cut sequence";
    EXPECT_EQ(written("\xed\xa0\x80"), "\"\ufffd\ufffd\ufffd\"") << "a surrogate";
    EXPECT_EQ(written("\xc0\xaf"), "\"\ufffd\ufffd\"") << "an overlong form";
    EXPECT_EQ(written("\xf4\x90\x80\x80"), "\"\ufffd\ufffd\ufffd\ufffd\"") << "above U+10FFFF";
    EXPECT_EQ(written("\xf0\x9f\x98\x80"), "\"\xf0\x9f\x98\x80\"");
}

TEST(json_writer, what_it_writes_reads_back) {
    std::string all;
    for (char32_t c = 0; c < 0x3000; ++c) append_code_point(all, c);
    json_writer out;
    out.begin_object().field("text", all).end_object();
    const auto document = parsed(out.take());
    EXPECT_EQ(document.root()["text"].string(), all);
}

TEST(code_points, cutting_never_splits_one) {
    const std::string text = "a\u00e9\u20ac\U0001F600";
    for (std::size_t bytes = 0; bytes <= text.size(); ++bytes) {
        const auto cut = cut_at_code_point(text, bytes);
        EXPECT_LE(cut.size(), bytes);
        for (std::size_t at = 0; at < cut.size();) {
            const auto c = code_point_at(cut, at);
            EXPECT_TRUE(c.valid) << bytes;
            at += c.length;
        }
    }
    EXPECT_EQ(cut_at_code_point("\x80\x80\x80\x80\x80", 4).size(), 4u) << "not UTF-8: cut where asked";
}

}  // namespace
}  // namespace forage::detail
