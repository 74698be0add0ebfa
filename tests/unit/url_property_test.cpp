// What holds for every input: results parse to themselves, hold nothing that could break a request line, and large
// inputs take time in proportion. The large ones have no clock: a quadratic parser would run into ctest's time limit.
#include <forage/url.hpp>

#include <array>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <string_view>

namespace {

using forage::url;

constexpr std::size_t megabyte = 1024 * 1024;

void expect_sound(const url& u, std::string_view input) {
    const auto text  = u.text();
    const auto again = url::parse(text);
    ASSERT_TRUE(again) << text << " from " << input;
    EXPECT_EQ(again->text(), text) << input;
    EXPECT_EQ(again->host(), u.host()) << text;
    EXPECT_EQ(again->kind(), u.kind()) << text;
    EXPECT_EQ(again->port(), u.port()) << text;
    EXPECT_EQ(again->username(), u.username()) << text;
    EXPECT_EQ(again->path(), u.path()) << text;
    EXPECT_EQ(again->query(), u.query()) << text;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        ASSERT_TRUE(byte > 0x20 && byte < 0x7F) << static_cast<int>(byte) << " in the URL made of " << input;
    }
    EXPECT_FALSE(u.host().empty());
    EXPECT_TRUE(u.path().starts_with('/'));
    for (const auto& shown : {u.redacted(), u.origin(), u.authority(), u.target()}) {
        EXPECT_EQ(shown.find_first_of("\r\n\t "), std::string::npos) << shown;
    }
    EXPECT_EQ(u.redacted().find('#'), std::string::npos);
}

// Pieces that mean something to a URL parser, so that random strings get past its first step.
constexpr std::array<std::string_view, 42> pieces{
    "http:", "https:", "HTTP:", "//", "/",   "\\",   "?",    "#",  "@",    ":",     "[",    "]",   "::",   "%",
    "%2e",   "%2E",    "..",    ".",  "...", "%00",  "%41",  "80", "443",  "65536", "0x7f", "127", "1",    "0",
    "a",     "xn--",   "-",     "ü",  "\t",  "\r\n", "\xFF", " ",  "\x01", "。",    "ß",    "é",   "key=", "&"
};

TEST(url_property, results_parse_to_themselves) {
    std::mt19937 random{20'26};  // NOLINT: the same inputs each time
    const auto base = url::parse("https://u:p@base.example:8443/a/b/c?q#f").value();
    int parsed      = 0;
    for (int round = 0; round < 40'000; ++round) {
        std::string text = round % 2 == 0 ? "http://" : "";
        const auto count = random() % 10;
        for (unsigned i = 0; i < count; ++i) {
            if (random() % 8 == 0) {
                text.push_back(static_cast<char>(random() % 256));
            } else {
                text += pieces[random() % pieces.size()];
            }
        }
        for (const url* against : {static_cast<const url*>(nullptr), &base}) {
            const auto u = url::parse(text, against);
            if (!u) {
                EXPECT_EQ(u.error().code, forage::errc::bad_url);
                continue;
            }
            ++parsed;
            ASSERT_NO_FATAL_FAILURE(expect_sound(*u, text));
        }
    }
    EXPECT_GT(parsed, 10'000);
}

TEST(url_property, random_bytes_do_no_harm) {
    std::mt19937 random{7};  // NOLINT: the same inputs each time
    const auto base = url::parse("http://h/").value();
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        const auto size = random() % 40;
        for (unsigned i = 0; i < size; ++i) text.push_back(static_cast<char>(random() % 256));
        if (const auto u = url::parse(text, &base)) {
            ASSERT_NO_FATAL_FAILURE(expect_sound(*u, text));
        }
    }
}

TEST(url_property, a_relative_result_lies_where_its_base_does) {
    const auto base = url::parse("https://h:1/a/").value();
    for (const char* text :
         {"x", "/x", "?x", "#x", "../../x", "\\x", "1:x", "a//b", "%2e%2e/", "https:x", "@x", ":80"}) {
        const auto u = url::parse(text, &base);
        ASSERT_TRUE(u) << text;
        EXPECT_EQ(u->origin(), base.origin()) << text;
    }
}

TEST(url_property, takes_large_inputs_in_linear_time) {
    const auto repeated = [](std::string_view piece) {
        std::string text;
        while (text.size() < megabyte) text += piece;
        return text;
    };
    const auto base = url::parse("http://h" + repeated("/a")).value();
    for (const auto piece :
         {"/",    "/..", "/a", "/a/..", "/./",  "\\", "@", ":", "a@", "%",  "%2e/", "?",      "#",  "&key=1", ".", "1.",
          "0x1.", "-",   "a",  "ü",     "\xFF", "\t", " ", "[", "]",  "::", "xn--", "%C3%BC", "。", "\xE2"}) {
        const auto many = repeated(piece);
        for (const auto& text :
             {"http://" + many, "http://h/" + many, "http://h/?" + many, "http://u" + many + "@h/", many}) {
            const auto u = url::parse(text, &base);
            if (u) {
                EXPECT_LE(u->text().size(), 3 * text.size() * 3 + base.text().size());
                EXPECT_LE(u->redacted().size(), 3 * u->text().size());
            }
        }
    }
}

}  // namespace
