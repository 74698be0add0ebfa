#include "html/loose_text.hpp"

#include "html/text_writer.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

/// What U+00C0 to U+00FF are without accents; '*': they stay what they are.
constexpr std::string_view plain = "aaaaaa*ceeeeiiiidnooooo*ouuuuy**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y";

/// Appends the letter or digit at `at` in the form that is compared; nothing if it is none. Returns its length.
std::size_t append_loose(std::string& out, std::string_view text, std::size_t at) {
    const char c    = text[at];
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
        if (is_letter_or_digit(c)) out += to_lower(c);
        return 1;
    }
    if (byte == 0xC3 && at + 1 < text.size()) {
        const char letter = plain[static_cast<unsigned char>(text[at + 1]) & 0x3F];
        if (letter != '*') {
            out += letter;
            return 2;
        }
    }
    if (byte == 0xC2 && at + 1 < text.size()) return 2;  // U+0080 to U+00BF: signs
    if (byte == 0xE2 && at + 2 < text.size() && static_cast<unsigned char>(text[at + 1]) <= 0xAF) return 3;  // the same
    out += c;
    return 1;
}

}  // namespace

std::string loose(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) i += append_loose(out, text, i);
    return out;
}

std::vector<std::string> loose_words(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (std::size_t i = 0; i < text.size();) {
        const auto before = word.size();
        i += append_loose(word, text, i);
        if (word.size() != before || word.empty()) continue;
        words.push_back(std::move(word));
        word.clear();
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

std::string plain_line(std::string_view text, std::size_t longest) {
    constexpr std::string_view no_break = "\xC2\xA0";
    std::string line{first_characters(text, longest)};
    for (auto at = line.find(no_break); at != std::string::npos; at = line.find(no_break, at))
        line.replace(at, no_break.size(), "  ");
    return folded(line);
}

double words_in_common(std::string_view text, std::string_view other) {
    const auto words = loose_words(text), others = loose_words(other);
    if (words.empty()) return 0;
    const auto found = std::count_if(words.begin(), words.end(), [&](const auto& word) {
        return std::find(others.begin(), others.end(), word) != others.end();
    });
    return static_cast<double>(found) / static_cast<double>(words.size());
}

}  // namespace forage::detail
