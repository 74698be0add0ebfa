// A cut looks back at no more than one piece, so the work is linear in the text.
#include "research/passage_pieces.hpp"

#include "research/terms.hpp"
#include "text/code_points.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace forage::detail {
namespace {

constexpr std::size_t shortest_sentence = 6;  // words; what has fewer is taken for a name

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

// Lines as long as sentences, and rows of a table.
std::size_t words_of_prose(std::string_view text) {
    std::size_t words = 0;
    while (!text.empty()) {
        const auto end  = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        const auto more = count_words(line);
        if (more >= shortest_sentence || line.find(" | ") != std::string_view::npos) words += more;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

// Takes the blocks one by one, and decides which belong together.
class piece_builder {
public:
    void add(const text_block& block) {
        std::string_view rest = trim(block.text);
        for (bool is_first = true; !rest.empty(); is_first = false) {
            const auto cut  = next_cut(rest);
            const auto text = trim(rest.substr(0, cut));
            rest            = trim(rest.substr(cut));
            if (text.empty()) continue;
            const auto words = count_words(text);
            const auto prose = block.is_code || block.is_navigation ? 0 : words_of_prose(text);
            if (is_first && joins(block, text, words)) {
                pieces_.back().text.append("\n").append(text);
                pieces_.back().words += words;
                pieces_.back().prose += prose;
                pieces_.back().end = block.end;
            } else {
                pieces_.push_back({block.heading, std::string{text}, words, prose, block.begin, block.end});
            }
            is_code_       = block.is_code;
            is_navigation_ = block.is_navigation;
            leads_on_      = !block.is_code && (prose == 0 || text.ends_with(':'));
        }
    }

    [[nodiscard]] std::vector<passage_piece> finish() { return std::move(pieces_); }

private:
    [[nodiscard]] bool joins(const text_block& block, std::string_view text, std::size_t words) const {
        if (pieces_.empty()) return false;
        const auto& last = pieces_.back();
        if (last.heading != block.heading || is_navigation_ != block.is_navigation) return false;
        if (last.words + words > most_words || last.text.size() + text.size() >= most_bytes) return false;
        if (block.is_code && last.prose > 0) return true;
        const bool is_bare_code = is_code_ && last.prose == 0;
        return leads_on_ || (last.words < least_words && (block.is_code || !is_bare_code));
    }

    std::vector<passage_piece> pieces_;
    bool is_code_       = false;  // what was added last is
    bool is_navigation_ = false;  // so too
    bool leads_on_      = false;  // what was added last cannot be the end of a passage
};

}  // namespace

std::vector<passage_piece> pieces_of(const std::vector<text_block>& blocks) {
    piece_builder builder;
    for (const auto& block : blocks) builder.add(block);
    return builder.finish();
}

}  // namespace forage::detail
