// The encoding corpora: labels, sniffing, decoding, and whole pages. The share that is required is what passed when
// this was written, so that a loss shows; what does not pass is listed by name. What iconv's tables have different from
// the standard's indexes (EUC-JP's vendor rows, single letters elsewhere) is what decoding lacks.
#include "text/charset.hpp"

#include <forage/html.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace {

using nlohmann::json;

class encoding_corpus : public testing::Test {
protected:
    /// The file's JSON, or nothing when the corpora are not here.
    static json load(const std::string& name) {
        const char* folder = std::getenv("FORAGE_CORPORA");
        if (!folder) return {};
        std::ifstream file{std::string{folder} + "/encoding/" + name};
        return file ? json::parse(file, nullptr, false) : json{};
    }

    void count(const std::string& id, bool ok) {
        ++total_;
        passed_ += ok;
        if (!ok) failed_.push_back(id);
    }

    void report(const std::string& what, double required) {
        std::cout << what << ": " << passed_ << " of " << total_ << '\n';
        constexpr std::size_t shown = 12;
        for (std::size_t i = 0; i < std::min(shown, failed_.size()); ++i) std::cout << "  not: " << failed_[i] << '\n';
        if (failed_.size() > shown) std::cout << "  and " << failed_.size() - shown << " more\n";
        EXPECT_GE(static_cast<double>(passed_), required * static_cast<double>(total_)) << what;
        EXPECT_GT(total_, 0);
    }

    int total_ = 0, passed_ = 0;
    std::vector<std::string> failed_;
};

std::string from_base64(const std::string& text) {
    std::string out;
    unsigned bits = 0, count = 0;
    for (const char c : text) {
        constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        const std::size_t value           = digits.find(c);
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

TEST_F(encoding_corpus, labels) {
    const json set = load("labels.json");
    if (!set.is_object()) GTEST_SKIP() << "FORAGE_CORPORA has no encoding/labels.json";
    for (const auto& [label, name] : set["labels"].items()) {
        const auto found = forage::detail::encoding_for_label(label);
        count(label, found && forage::detail::name_of(*found) == name.get<std::string>());
    }
    report("labels", 1.0);
}

TEST_F(encoding_corpus, sniffing) {
    const json set = load("sniff.json");
    if (!set.is_object()) GTEST_SKIP() << "FORAGE_CORPORA has no encoding/sniff.json";
    for (const json& c : set["cases"]) {
        const std::string bytes = from_base64(c["data_b64"]);
        const auto found        = forage::detail::sniff_encoding(bytes, {}, forage::detail::document_kind::html);
        count(c["id"], forage::detail::name_of(found.name) == c["encoding"].get<std::string>());
    }
    report("sniffing", 0.99);
}

TEST_F(encoding_corpus, decoding) {
    const json set = load("decode.json");
    if (!set.is_object()) GTEST_SKIP() << "FORAGE_CORPORA has no encoding/decode.json";
    for (const json& c : set["cases"]) {
        const auto from = forage::detail::encoding_for_label(c["encoding"].get<std::string>());
        count(c["id"], from && forage::detail::decode(from_hex(c["hex"]), *from) == c["text"].get<std::string>());
    }
    report("decoding", 0.94);
}

TEST_F(encoding_corpus, pages) {
    const json set = load("pages.json");
    if (!set.is_object()) GTEST_SKIP() << "FORAGE_CORPORA has no encoding/pages.json";
    std::map<std::string, std::pair<int, int>> kinds;
    for (const json& c : set["cases"]) {
        const std::string body = from_base64(c["body_b64"]), type = c["content_type"];
        const auto page = forage::read_html(body, {.content_type = type});
        const bool ok   = page && page->charset == c["encoding"].get<std::string>() &&
                        page->title == c["title"].get<std::string>() &&
                        page->text.find(c["text"].get<std::string>()) != std::string::npos;
        count(c["id"], ok);
        auto& [good, all] = kinds[c["kind"]];
        good += ok;
        ++all;
    }
    for (const auto& [kind, n] : kinds) std::cout << "  " << kind << ": " << n.first << " of " << n.second << '\n';
    report("pages", 0.99);
}

}  // namespace
