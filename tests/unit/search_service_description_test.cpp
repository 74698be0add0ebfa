// Descriptions of search services as users write them, and adding a service by one.
#include "search/service_description.hpp"

#include <forage/search.hpp>

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <string_view>

namespace forage::detail {
namespace {

const std::string_view smallest =
    R"({"name":"mine","url":"https://s.example/","parameters":{"q":"{query}"},"results":"hits","link":"url"})";

std::string wrong(std::string_view description) {
    const auto read = read_service_description(description);
    if (read) return "(right)";
    EXPECT_EQ(read.error().code, errc::bad_argument);
    EXPECT_EQ(read.error().hint, "see docs/providers.md");
    constexpr std::string_view start = "description of a search service: ";
    EXPECT_TRUE(read.error().what.starts_with(start)) << read.error().what;
    return read.error().what.substr(start.size());
}

/// The smallest with `text` in front of its members.
std::string with(std::string_view text) { return "{" + std::string{text} + "," + std::string{smallest.substr(1)}; }

TEST(service_description, the_smallest) {
    const auto read = read_service_description(smallest);
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(read->name, "mine");
    EXPECT_EQ(read->pages, 1);
    EXPECT_FALSE(read->posts || read->needs_key || read->is_feed);
}

TEST(service_description, the_example_of_the_documentation) {
    const char* source = std::getenv("FORAGE_SOURCE");
    if (source == nullptr) GTEST_SKIP() << "FORAGE_SOURCE is not set: run through ctest";
    std::ifstream file{std::string{source} + "/docs/providers.md"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    const auto begin = text.find("```json\n") + 8;
    const auto read  = read_service_description(std::string_view{text}.substr(begin, text.find("```", begin) - begin));
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(read->name, "mojeek");
}

TEST(service_description, says_what_is_wrong) {
    EXPECT_EQ(wrong(""), "not a JSON object");
    EXPECT_EQ(wrong("[]"), "not a JSON object");
    EXPECT_EQ(wrong(R"({"name":"mine"})"), "url: is missing");
    EXPECT_EQ(wrong(R"({"name":"mine","url":"ftp://x"})"), "url: must be an http or https URL");
    EXPECT_EQ(wrong(R"({"name":"mine","url":"https://x"})"), "parameters: one must have {query} in it");
    EXPECT_EQ(wrong(R"({"name":"mine","url":"https://x","parameters":{"q":"{query}"}})"), "results: is missing");
    EXPECT_EQ(wrong(R"({"name":"My service","url":"https://x"})"), "name: must be 1 to 32 of a-z, 0-9, '-' and '_'");
    EXPECT_EQ(wrong(with(R"("titel":"x")")), "titel: no member is called so");
    EXPECT_EQ(wrong(with(R"("pages":0)")), "pages: must be a whole number from 1 to 1000");
    EXPECT_EQ(wrong(with(R"("pages":2)")), "pages: needs a parameter with {page} or {offset}");
    EXPECT_EQ(wrong(with(R"("method":"PUT")")), "method: must be GET or POST");
    EXPECT_EQ(wrong(with(R"("needs_key":"yes")")), "needs_key: must be true or false");
    EXPECT_EQ(wrong(with(R"("key_environment":"K")")), "key_environment: goes with key_header or key_parameter");
    EXPECT_EQ(wrong(with(R"("key_header":"K")")), "key_environment: goes with key_header or key_parameter");
    EXPECT_EQ(wrong(with(R"("errors":[{"means":"quota_exceeded"}])")), "errors: a rule needs a status or a member");
    EXPECT_EQ(wrong(with(R"("errors":[{"status":400,"means":"bad luck"}])")), "errors.means: no error is called so");
    EXPECT_EQ(wrong(with(R"("errors":[{"status":400}])")), "errors: a rule needs a meaning");
    EXPECT_EQ(wrong(with(R"("errors":{})")), "errors: must be a list of objects");
    EXPECT_EQ(wrong(with(R"("answer":"xml")")), "answer: must be json or feed");
}

TEST(service_description, header_fields_cannot_be_forged) {
    EXPECT_EQ(wrong(with(R"("headers":{"A":"b\r\nC: d"})")), "headers: must be names and values in printable ASCII");
    EXPECT_EQ(wrong(with(R"("headers":{"A\n":"b"})")), "headers: must be names and values in printable ASCII");
    EXPECT_EQ(wrong(with(R"("key_environment":"K","key_header":"A\r\nB")")), "key_header: must be printable ASCII");
    EXPECT_EQ(wrong(with(R"("headers":{"content-length":"1"})")), "headers: content-length is made by the client");
    EXPECT_EQ(wrong(with(R"("headers":["A"])")), "headers: must be an object");
    EXPECT_TRUE(wrong(with(R"("key_environment":"K","key_parameter":"appid")")).starts_with("key_parameter: logs would")
    );
    EXPECT_EQ(wrong(with(R"("key_environment":"K","key_parameter":"api_key")")), "(right)");
}

TEST(service_description, members_at_paths) {
    const auto document = json_document::parse(R"({"a":{"b":[{"c":"x"},{"c":"y"}]},"0":"zero"})");
    ASSERT_TRUE(document);
    const auto root = document->root();
    EXPECT_EQ(member_at(root, "a.b.1.c").string(), "y");
    EXPECT_EQ(member_at(root, "0").string(), "zero");
    EXPECT_TRUE(member_at(root, "").is_object());
    const auto nothing = json_document::parse(R"({"a":null})");
    EXPECT_FALSE(member_at(nothing->root(), "a").exists());
    for (const auto path : {"a.b.2.c", "a.b.x", "a..b", "x", ".", "a.b.1.c.d"})
        EXPECT_FALSE(member_at(root, path).exists()) << path;
}

TEST(add_provider, makes_a_provider_of_a_name_that_is_free) {
    const std::string mine = R"({"name":"unit-test","url":"https://s.example/","parameters":{"q":"{query}"},)"
                             R"("results":"hits","link":"url"})";
    const auto added       = add_provider(mine);
    ASSERT_TRUE(added) << added.error().message();
    EXPECT_EQ(to_string(*added), "unit-test");
    EXPECT_EQ(provider_named("unit-test"), *added);
    EXPECT_EQ(add_provider(mine).value(), *added) << "the same once more is the same";
    auto other = mine;
    other.replace(other.find("s.example"), 9, "t.example");
    const auto taken = add_provider(other);
    EXPECT_EQ(taken.error().code, errc::bad_argument);
    EXPECT_EQ(taken.error().hint, "give it another name");
    EXPECT_FALSE(add_provider(R"({"name":"google"})"));
    const auto google = std::string{R"({"name":"google",)"} + mine.substr(mine.find("\"url\""));
    EXPECT_EQ(add_provider(google).error().hint, "give it another name");
}

}  // namespace
}  // namespace forage::detail
