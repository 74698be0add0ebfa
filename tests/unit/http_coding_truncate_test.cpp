// Content codings undone as far as they may be, or as far as the body came.
#include "http/coding.hpp"
#include "support/encoders.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace forage::detail {
namespace {

using namespace forage::testing;

std::vector<field> under(std::string value) { return {{"Content-Encoding", std::move(value)}}; }

std::string numbers(std::size_t size) {
    std::string text;
    for (unsigned i = 0; text.size() < size; ++i) text += std::to_string(i * 2'654'435'761U) + '\n';
    text.resize(size);
    return text;
}

// Names of codings, and a text under them.
std::vector<std::pair<std::string, std::string>> all_ways(const std::string& text) {
    return {
        {"gzip", encode_gzip(text)},
        {"deflate", encode_zlib(text)},
        {"deflate", encode_raw_deflate(text)},
        {"br", encode_brotli(text)},
        {"zstd", encode_zstd(text)},
        {"identity", text},
        {"gzip, br", encode_brotli(encode_gzip(text))},
        {"br, zstd", encode_zstd(encode_brotli(text))},
        {"zstd, gzip", encode_gzip(encode_zstd(text))},
    };
}

TEST(coding_truncation, cuts_at_the_limit_to_the_byte) {
    const auto text = numbers(300'000);
    for (const auto& [name, body] : all_ways(text)) {
        for (const std::size_t limit : {std::size_t{0}, std::size_t{1}, std::size_t{1'000}, text.size() - 1}) {
            const auto got = decode_body(under(name), body, {.max_bytes = limit, .beyond = oversize::truncate});
            ASSERT_TRUE(got) << name << ' ' << limit << ": " << got.error().message();
            EXPECT_TRUE(got->truncated) << name << ' ' << limit;
            EXPECT_TRUE(got->bytes == text.substr(0, limit)) << name << ' ' << limit;
        }
        const auto got = decode_body(under(name), body, {.max_bytes = text.size(), .beyond = oversize::truncate});
        ASSERT_TRUE(got) << name;
        EXPECT_FALSE(got->truncated) << name;
        EXPECT_TRUE(got->bytes == text) << name;
    }
}

TEST(coding_truncation, a_body_cut_on_the_wire_gives_its_beginning) {
    const auto text = numbers(1'500);
    const decode_limits limits{.max_bytes = 10'000, .beyond = oversize::truncate, .input_truncated = true};
    for (const auto& [name, body] : all_ways(text)) {
        std::size_t longest = 0;
        for (std::size_t size = 0; size <= body.size(); ++size) {
            const auto got = decode_body(under(name), body.substr(0, size), limits);
            ASSERT_TRUE(got) << name << ' ' << size << ": " << got.error().message();
            EXPECT_TRUE(got->truncated) << name << ' ' << size;
            EXPECT_TRUE(text.starts_with(got->bytes)) << name << ' ' << size;
            EXPECT_GE(got->bytes.size(), longest) << name << ' ' << size;
            longest = got->bytes.size();
        }
        EXPECT_EQ(longest, text.size()) << name;
    }
}

TEST(coding_truncation, half_of_a_body_gives_about_half_of_the_text) {
    const auto text = numbers(2'000'000);
    const decode_limits limits{.max_bytes = 10'000'000, .beyond = oversize::truncate, .input_truncated = true};
    for (const auto& [name, body] : all_ways(text)) {
        const auto got = decode_body(under(name), body.substr(0, body.size() / 2), limits);
        ASSERT_TRUE(got) << name;
        EXPECT_TRUE(text.starts_with(got->bytes)) << name;
        EXPECT_GT(got->bytes.size(), text.size() / 3) << name;
    }
}

TEST(coding_truncation, only_a_cut_on_the_wire_excuses_a_short_body) {
    const auto text = numbers(1'500);
    const auto code = [](const std::string& name, std::string body, const decode_limits& limits) {
        const auto got = decode_body(under(name), std::move(body), limits);
        return got ? errc::ok : got.error().code;
    };
    for (const auto& [name, body] : all_ways(text)) {
        if (name == "identity") continue;
        const auto cut = body.substr(0, body.size() / 2);
        EXPECT_EQ(code(name, cut, {.max_bytes = 10'000, .beyond = oversize::truncate}), errc::bad_coding) << name;
        EXPECT_EQ(code(name, cut, {.max_bytes = 10'000, .input_truncated = true}), errc::bad_coding) << name;
    }
}

TEST(coding_truncation, a_cut_on_the_wire_excuses_no_corruption) {
    const decode_limits limits{.max_bytes = 10'000, .beyond = oversize::truncate, .input_truncated = true};
    for (auto [name, body] : all_ways(numbers(1'500))) {
        if (!name.ends_with("gzip") && !name.ends_with("zstd")) continue;  // the others have no magic number to spoil
        body.resize(body.size() / 2);
        body[0] ^= 0x04;
        const auto got = decode_body(under(name), body, limits);
        ASSERT_FALSE(got) << name;
        EXPECT_EQ(got.error().code, errc::bad_coding) << name;
    }
}

TEST(coding_truncation, a_bomb_gives_its_beginning) {
    const std::string zeros(20'000'000, '\0');
    for (const auto& [name, body] : all_ways(zeros)) {
        if (name == "identity") continue;
        const auto got = decode_body(under(name), body, {.max_bytes = 10'000'000, .beyond = oversize::truncate});
        ASSERT_TRUE(got) << name << ": " << got.error().message();
        EXPECT_TRUE(got->truncated) << name;
        EXPECT_TRUE(zeros.starts_with(got->bytes)) << name;
        EXPECT_GE(got->bytes.size(), 1'000'000U) << name;
        EXPECT_LE(got->bytes.size(), 10'000'000U) << name;
    }
}

}  // namespace
}  // namespace forage::detail
