#include "support/extraction_score.hpp"

#include "support/corpora.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>

namespace forage::testing {
namespace {

using detail::is_letter_or_digit;

/// Bytes that the character at `p` takes if it is no part of a word, else 0: punctuation outside of ASCII, by blocks.
std::size_t punctuation_at(std::string_view text, std::size_t p) {
    const auto byte = [&](std::size_t i) { return p + i < text.size() ? static_cast<unsigned char>(text[p + i]) : 0u; };
    if (byte(0) == 0xC2) return byte(1) == 0xAA || byte(1) == 0xB5 || byte(1) == 0xBA ? 0 : 2;
    if (byte(0) == 0xE2 && byte(1) <= 0xAF) return 3;  // U+2000..2BFF: general punctuation, arrows, signs
    if (byte(0) == 0xE3 && byte(1) == 0x80) return 3;
    if (byte(0) == 0xEF && byte(1) == 0xBC && byte(2) < 0x90) return 3;
    if (byte(0) == 0xF0) return 4;  // emoji
    return 0;
}

std::vector<std::string> words_of(std::string_view text, bool lower) {
    std::vector<std::string> words;
    std::string word;
    for (std::size_t i = 0; i < text.size();) {
        const char c       = text[i];
        const bool is_part = is_letter_or_digit(c) || c == '_' || (c < 0 && punctuation_at(text, i) == 0);
        if (is_part) {
            word += lower ? detail::to_lower(c) : c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
        i += is_part || c >= 0 ? 1 : punctuation_at(text, i);
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

std::vector<std::string> shingles_of(const std::vector<std::string>& words) {
    constexpr std::size_t width = 4;
    std::vector<std::string> all;
    for (std::size_t i = 0; i < words.size() && (i == 0 || i + width <= words.size()); ++i) {
        std::string shingle;
        for (std::size_t j = i; j < std::min(i + width, words.size()); ++j) shingle += words[j] + ' ';
        all.push_back(std::move(shingle));
    }
    return all;
}

std::size_t in_common(std::vector<std::string>& a, std::vector<std::string>& b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    std::vector<std::string> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both.size();
}

std::string folded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_space = detail::is_space(text[i]) || text.substr(i, 2) == "\xC2\xA0";
        if (text.substr(i, 2) == "\xC2\xA0") ++i;
        if (!is_space) {
            out += text[i];
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

double ratio(double a, double b) { return b == 0 ? 0 : a / b; }
double harmonic(double p, double r) { return ratio(2 * p * r, p + r); }

}  // namespace

std::map<std::string, expected_content> expected_contents(const std::string& set) {
    const auto folder = std::filesystem::path{"extraction"} / set;
    auto text         = corpora_text(folder / "ground-truth.json");
    if (!text) text = corpora_text(folder / "ground-truth.json.gz");
    std::map<std::string, expected_content> all;
    if (!text) return all;
    const auto set_as_json = nlohmann::json::parse(*text);
    for (const auto& [id, truth] : set_as_json.items()) {
        auto& page    = all[id];
        page.has_body = truth.contains("articleBody");
        page.body     = truth.value("articleBody", "");
        page.type     = truth.value("type", "");
        page.with     = truth.value("with", std::vector<std::string>{});
        page.without  = truth.value("without", std::vector<std::string>{});
    }
    return all;
}

extraction_score::measure measure_of(const std::map<std::string, expected_content>& set) {
    const auto& one = set.begin()->second;
    if (!one.has_body) return extraction_score::measure::segments;
    return one.type.empty() ? extraction_score::measure::shingles : extraction_score::measure::words;
}

void extraction_score::add(const expected_content& wanted, const std::string& got) {
    ++pages_;
    if (by_ == measure::segments) {
        const auto text = folded(got);
        for (const auto& each : wanted.with) (text.find(folded(each)) != text.npos ? hits_ : missed_) += 1;
        for (const auto& each : wanted.without) false_hits_ += text.find(folded(each)) != text.npos ? 1 : 0;
        return;
    }
    auto a = words_of(wanted.body, by_ == measure::words);
    auto b = words_of(got, by_ == measure::words);
    if (by_ == measure::shingles) {
        a = shingles_of(a);
        b = shingles_of(b);
    }
    const auto common = static_cast<double>(in_common(a, b));
    const auto p = ratio(common, static_cast<double>(b.size())), r = ratio(common, static_cast<double>(a.size()));
    predicted_ += b.empty() ? 0 : 1;
    expected_ += a.empty() ? 0 : 1;
    precision_ += p;
    recall_ += r;
    f1_ += a.empty() && b.empty() ? 1 : harmonic(p, r);
}

double extraction_score::f1() const {
    switch (by_) {
    case measure::words: return ratio(f1_, pages_);
    case measure::shingles: return harmonic(ratio(precision_, predicted_), ratio(recall_, expected_));
    case measure::segments: break;
    }
    return ratio(2 * hits_, 2 * hits_ + false_hits_ + missed_);
}

}  // namespace forage::testing
