// Deliberately simple and the same everywhere: no locale, no dictionary. "checkpoints", "handling" and "cached" meet
// "checkpoint", "handle" and "cache"; a proper stemmer can replace `strip_ending` without any other change.
#include "research/terms.hpp"

#include "text/code_points.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

constexpr std::size_t longest_term = 64;
constexpr std::size_t most_terms   = 64;

constexpr std::array<std::string_view, 78> stop_words{
    "a",     "about", "after", "all",   "also",   "an",   "and",   "any",  "are",  "as",   "at",   "be",    "been",
    "but",   "by",    "can",   "could", "did",    "do",   "does",  "for",  "from", "had",  "has",  "have",  "how",
    "i",     "if",    "in",    "into",  "is",     "it",   "its",   "me",   "my",   "no",   "not",  "of",    "on",
    "or",    "our",   "out",   "over",  "should", "so",   "some",  "such", "than", "that", "the",  "their", "them",
    "then",  "there", "these", "they",  "this",   "to",   "was",   "we",   "were", "what", "when", "where", "which",
    "while", "who",   "whose", "why",   "will",   "with", "would", "you",  "your", "tell", "am",   "may",   "might"
};

// Latin letters with marks, U+00C0 to U+017F, as the ASCII letters people type instead; '-' stands where no letter is.
constexpr std::string_view latin_folded = "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty"
                                          "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                                          "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(latin_folded.size() == 0x180 - 0xC0);

bool is_ideographic(char32_t c) noexcept {  // scripts written without spaces between words
    return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_separator(char32_t c) noexcept {
    if (c < 0x80) return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    return c < 0xC0 || is_white_space(c) || (c >= 0x2010 && c <= 0x206F) || (c >= 0x2190 && c <= 0x2BFF) ||
           (c >= 0x3000 && c <= 0x303F) || (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF01 && c <= 0xFF0F) ||
           (c >= 0xFF1A && c <= 0xFF20) || c == 0xD7 || c == 0xF7 || c == replacement_character;
}

// Lower case for Latin, Greek and Cyrillic; other scripts have none, or are rare enough on the web.
char32_t folded(char32_t c) noexcept {
    if (c >= 'A' && c <= 'Z') return c - 'A' + 'a';
    if (c >= 0xC0 && c < 0xC0 + latin_folded.size()) return static_cast<unsigned char>(latin_folded[c - 0xC0]);
    if (c >= 0x391 && c <= 0x3A9) return c + 0x20;
    if (c >= 0x410 && c <= 0x42F) return c + 0x20;
    if (c >= 0x400 && c <= 0x40F) return c + 0x50;
    return c;
}

bool has_vowel(std::string_view text) noexcept { return text.find_first_of("aeiouy") != std::string_view::npos; }

// "stopp" after "stopping"; but "all", "pass", "off" keep their two letters.
void undouble(std::string& term) {
    const auto size = term.size();
    if (size < 4 || term[size - 1] != term[size - 2]) return;
    if (std::string_view{"lsfz"}.find(term.back()) == std::string_view::npos) term.pop_back();
}

void strip_ending(std::string& term) {
    const auto ends = [&](std::string_view ending, std::size_t stem) {
        return term.size() >= ending.size() + stem && term.ends_with(ending);
    };
    if (ends("ies", 2)) {
        term.replace(term.size() - 3, 3, "y");
    } else if (ends("s", 3) && !ends("ss", 0) && !ends("us", 0) && !ends("is", 0)) {
        term.pop_back();
    }
    if (ends("ing", 3) && has_vowel(std::string_view{term}.substr(0, term.size() - 3))) {
        term.resize(term.size() - 3);
        undouble(term);
    } else if (ends("ed", 3) && !ends("eed", 0) && has_vowel(std::string_view{term}.substr(0, term.size() - 2))) {
        term.resize(term.size() - 2);
        undouble(term);
    }
    if (ends("e", 3)) term.pop_back();
}

bool is_ascii_letters(std::string_view term) noexcept {
    return std::all_of(term.begin(), term.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

void for_each_term(std::string_view text, function_ref<void(std::string_view)> see) {
    std::string term;
    const auto finish = [&] {
        if (!term.empty() && term.size() <= longest_term) {
            if (is_ascii_letters(term)) strip_ending(term);
            see(term);
        }
        term.clear();
    };
    std::string pair;
    char32_t neighbour = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = code_point_at(text, at);
        at += c.length;
        if (is_ideographic(c.value)) {
            finish();
            if (neighbour != 0) {
                pair.clear();
                append_code_point(pair, neighbour);
                append_code_point(pair, c.value);
                see(pair);
            }
            neighbour = c.value;
            continue;
        }
        neighbour = 0;
        if (is_separator(c.value)) {
            // "it's" is "it", and the "s" is nothing.
            const bool is_apostrophe = c.value == '\'' || c.value == 0x2019;
            finish();
            if (is_apostrophe && at < text.size() && (text[at] == 's' || text[at] == 'S') &&
                (at + 1 == text.size() || is_separator(code_point_at(text, at + 1).value)))
                ++at;
        } else if (term.size() <= longest_term) {
            append_code_point(term, folded(c.value));
        }
    }
    finish();
}

std::vector<std::string> question_terms(std::string_view question) {
    // The stop words go through the same folding as the question.
    static const std::vector<std::string> stops = [] {
        std::vector<std::string> folded_words;
        const auto keep = [&](std::string_view term) { folded_words.emplace_back(term); };
        for (const auto word : stop_words) for_each_term(word, keep);
        std::sort(folded_words.begin(), folded_words.end());
        return folded_words;
    }();
    std::vector<std::string> all;
    std::vector<std::string> telling;
    const auto add = [](std::vector<std::string>& list, std::string_view term) {
        if (list.size() < most_terms && std::find(list.begin(), list.end(), term) == list.end())
            list.emplace_back(term);
    };
    const auto take = [&](std::string_view term) {
        add(all, term);
        if (!std::binary_search(stops.begin(), stops.end(), term)) add(telling, term);
    };
    for_each_term(question, take);
    return telling.empty() ? all : telling;
}

void word_counter::see(char32_t c) noexcept {
    const bool is_letter = is_ideographic(c);
    const bool is_gap    = is_white_space(c);
    if (is_letter) ++letters_;
    if (!is_letter && !is_gap && !in_word_) ++words_;
    in_word_ = !is_letter && !is_gap;
}

std::size_t count_words(std::string_view text) {
    word_counter counter;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = code_point_at(text, at);
        counter.see(c.value);
        at += c.length;
    }
    return counter.words();
}

}  // namespace forage::detail
