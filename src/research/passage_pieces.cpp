// A cut looks back at no more than one piece, so the work is linear in the text.
#include "research/passage_pieces.hpp"

#include "core/code_points.hpp"
#include "research/terms.hpp"

#include <string_view>
#include <utility>

namespace forage::detail {
namespace {

bool ends_sentence(char32_t c) noexcept {
    return c == '.' || c == '!' || c == '?' || c == '\n' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
}

bool needs_no_space_after(char32_t c) noexcept { return c == '\n' || c >= 0x3000; }

std::string_view trim(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(" \n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

// How much of `text` the next piece takes: all of it if it fits.
std::size_t next_cut(std::string_view text) {
    if (text.size() <= most_bytes && count_words(text) <= most_words) return text.size();
    std::size_t sentence = 0;  // ends of the last sentence and word that fit
    std::size_t word     = 0;
    std::size_t at       = 0;
    bool after_end       = false;
    word_counter counter;
    while (at < text.size()) {
        const auto c = code_point_at(text, at);
        counter.see(c.value);
        if (counter.words() > most_words || at + c.length > most_bytes) break;
        if (is_white_space(c.value)) {
            word = at;
            if (after_end) sentence = at;
        }
        at += c.length;
        after_end = ends_sentence(c.value);
        if (after_end && needs_no_space_after(c.value)) sentence = at;
    }
    // A sentence that ends at once would make a splinter.
    if (sentence >= most_bytes / 20) return sentence;
    if (word > 0) return word;
    return at > 0 ? at : text.size();
}

}  // namespace

std::vector<passage_piece> pieces_of(std::vector<text_block> blocks) {
    std::vector<passage_piece> pieces;
    std::size_t words = 0;  // in pieces.back(); `least_words` or more: it is closed
    for (auto& block : blocks) {
        std::string_view rest = trim(block.text);
        for (bool is_first = true; !rest.empty(); is_first = false) {
            const auto cut  = next_cut(rest);
            const auto text = trim(rest.substr(0, cut));
            rest            = trim(rest.substr(cut));
            if (text.empty()) continue;
            const auto more  = count_words(text);
            const bool joins = is_first && !pieces.empty() && pieces.back().heading == block.heading &&
                               words < least_words && words + more <= most_words &&
                               pieces.back().text.size() + text.size() < most_bytes;
            if (joins) {
                pieces.back().text.append("\n").append(text);
                words += more;
            } else {
                pieces.push_back({block.heading, std::string{text}});
                words = more;
            }
        }
    }
    return pieces;
}

}  // namespace forage::detail
