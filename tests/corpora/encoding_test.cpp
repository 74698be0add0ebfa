// The encoding corpora: labels, decoding, sniffing, and whole pages that declare their encoding well, badly or not at
// all.
#include "support/corpora.hpp"
#include "text/charset.hpp"

#include <forage/html.hpp>

#include <algorithm>
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace {

using forage::detail::encoding_for_label;
using forage::detail::name_of;
using nlohmann::json;

std::optional<json> load(const std::string& name) {
    const auto text = forage::testing::corpora_text("encoding/" + name);
    return text ? std::optional{json::parse(*text)} : std::nullopt;
}

class tally {
public:
    void count(const std::string& id, bool passed) {
        ++all_;
        passed_ += passed;
        if (!passed) failed_.push_back(id);
    }

    /// Prints "what: N of N" and what did not pass.
    void report(const std::string& what) const {
        std::cout << what << ": " << passed_ << " of " << all_ << '\n';
        for (const auto& id : failed_) std::cout << "  not: " << id << '\n';
        EXPECT_GT(all_, 0) << what;
    }
    [[nodiscard]] int passed() const { return passed_; }
    [[nodiscard]] int all() const { return all_; }

private:
    int all_ = 0, passed_ = 0;
    std::vector<std::string> failed_;
};

std::string from_base64(const std::string& text) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0, count = 0;
    for (const char c : text) {
        const std::size_t value = digits.find(c);
        if (value == std::string_view::npos) break;
        bits = bits << 6 | static_cast<unsigned>(value);
        count += 6;
        if (count >= 8) out.push_back(static_cast<char>(bits >> (count -= 8)));
    }
    return out;
}

std::string from_hex(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        out.push_back(static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16)));
    }
    return out;
}

/// The texts of the set's Big5 pages were made with a table that has U+223C at A1E3 and U+FF0F at A241, where the
/// standard's index has U+FF5E and U+2215. Either counts as the other here; decode.json and the indexes are taken by
/// the letter.
std::string with_big5_variants(std::string text) {
    for (const auto& [from, to] : {std::pair{"\u223C", "\uFF5E"}, std::pair{"\u2215", "\uFF0F"}}) {
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;) text.replace(at, 3, to);
    }
    return text;
}

bool reads_as_the_set_says(const json& c, const forage::page_content& page) {
    const auto same = [&](std::string text) { return c["encoding"] == "Big5" ? with_big5_variants(text) : text; };
    return same(page.title) == same(c["title"]) && same(page.text).find(same(c["text"])) != std::string::npos;
}

forage::result<forage::page_content> read(const json& c) {
    const std::string body = from_base64(c["body_b64"]), type = c["content_type"];
    return forage::read_html(body, {.content_type = type});
}

TEST(encoding_corpus, labels) {
    const auto set = load("labels.json");
    if (!set) GTEST_SKIP() << "FORAGE_CORPORA has no encoding/labels.json";
    tally labels;
    for (const auto& [label, name] : set->at("labels").items()) {
        const auto found = encoding_for_label(label);
        labels.count(label, found && name_of(*found) == name.get<std::string>());
    }
    labels.report("labels.json");
    EXPECT_EQ(labels.passed(), labels.all());
}

TEST(encoding_corpus, decoding) {
    const auto set = load("decode.json");
    if (!set) GTEST_SKIP() << "FORAGE_CORPORA has no encoding/decode.json";
    tally texts;
    for (const json& c : set->at("cases")) {
        const auto from = encoding_for_label(c["encoding"].get<std::string>());
        texts.count(c["id"], from && forage::detail::decode(from_hex(c["hex"]), *from) == c["text"].get<std::string>());
    }
    texts.report("decode.json");
    EXPECT_EQ(texts.passed(), texts.all());
}

TEST(encoding_corpus, sniffing) {
    const auto set = load("sniff.json");
    if (!set) GTEST_SKIP() << "FORAGE_CORPORA has no encoding/sniff.json";
    tally found;
    for (const json& c : set->at("cases")) {
        const std::string bytes = from_base64(c["data_b64"]);
        const auto sniffed      = forage::detail::sniff_encoding(bytes, {}, forage::detail::document_kind::html);
        found.count(c["id"], name_of(sniffed.name) == c["encoding"].get<std::string>());
    }
    found.report("sniff.json");
    EXPECT_EQ(found.passed(), found.all());
}

TEST(encoding_corpus, pages) {
    const auto set = load("pages.json");
    if (!set) GTEST_SKIP() << "FORAGE_CORPORA has no encoding/pages.json";
    std::map<std::string, tally> kinds;
    EXPECT_FALSE(set->at("cases").empty());
    for (const json& c : set->at("cases")) {
        const auto page = read(c);
        kinds[c["kind"]].count(
            c["id"], page && page->charset == c["encoding"].get<std::string>() && reads_as_the_set_says(c, *page)
        );
    }
    for (const auto& [kind, pages] : kinds) {
        pages.report("pages.json, " + kind);
        EXPECT_EQ(pages.passed(), pages.all()) << kind;
    }
}

// Another encoding that gives the same text is as good. The share required is 150 of the 157 that the developers have.
TEST(encoding_corpus, undeclared) {
    const auto set = load("undeclared.json");
    if (!set) GTEST_SKIP() << "FORAGE_CORPORA has no encoding/undeclared.json";
    tally read_right, named_right;
    for (const json& c : set->at("cases")) {
        const auto page = read(c);
        read_right.count(c["id"], page && reads_as_the_set_says(c, *page));
        const std::string name = page ? page->charset : "failure";
        named_right.count(c["id"].get<std::string>() + ", called " + name, name == c["encoding"].get<std::string>());
    }
    read_right.report("undeclared.json, read right");
    named_right.report("undeclared.json, named right");
    EXPECT_GE(read_right.passed(), read_right.all() * 150 / 157);
}

}  // namespace
