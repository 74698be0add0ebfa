#include "research/code_examples.hpp"

#include "text/ascii.hpp"

#include <forage/html.hpp>

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace forage::detail {
namespace {

constexpr std::size_t longest_code     = 8 * 1024;
constexpr std::size_t most_blocks      = 200;  // of one page
constexpr double least_share           = 0.3;
constexpr std::size_t most_requests    = 100;
constexpr std::size_t longest_target   = 300;
constexpr std::size_t longest_language = 40;

// "```python title=x" as "python".
std::string language_of(std::string_view block) {
    auto line        = block.substr(0, block.find('\n'));
    const auto fence = line.find_first_of("`~");
    if (fence == std::string_view::npos) return {};
    line.remove_prefix(fence);
    line.remove_prefix(std::min(line.find_first_not_of("`~"), line.size()));
    line = trim(line);
    return std::string{line.substr(0, std::min(line.find(' '), longest_language))};
}

bool is_in_word(char c) noexcept { return is_letter_or_digit(c) || c == '_' || c == '-'; }

bool is_in_target(char c) noexcept {
    constexpr std::string_view others = "-._~:/?#[]@!$&'()*+,;=%{}<>";
    return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
}

// What ends a sentence, or a quotation, ends no path.
std::string_view without_punctuation(std::string_view target) noexcept {
    while (!target.empty() && std::string_view{".,;:!?'\")>*"}.find(target.back()) != std::string_view::npos) {
        if (target.back() == '>' && target.find('<') != std::string_view::npos) break;
        if (target.back() == ')' && target.find('(') != std::string_view::npos) break;
        target.remove_suffix(1);
    }
    return target;
}

std::string_view target_at(std::string_view text) noexcept {
    const auto begin = text.find_first_not_of(" \t`");
    if (begin == std::string_view::npos || begin == 0 || begin > 4) return {};
    text              = text.substr(begin, longest_target);
    const bool is_url = text.starts_with("https://") || text.starts_with("http://");
    if (!is_url &&
        (text.size() < 2 || text[0] != '/' || !(is_letter_or_digit(text[1]) || text[1] == '{' || text[1] == ':')))
        return {};
    const auto end = std::find_if_not(text.begin(), text.end(), is_in_target);
    return without_punctuation(text.substr(0, static_cast<std::size_t>(end - text.begin())));
}

}  // namespace

std::vector<candidate_code>
code_in(std::span<const text_block> blocks, std::string_view markdown, const term_set& question) {
    std::vector<candidate_code> found;
    for (const auto& block : blocks) {
        if (!block.is_code || block.text.size() > longest_code || found.size() == most_blocks) continue;
        if (block.text.find('\n') == std::string::npos) continue;
        candidate_code made;
        made.language = language_of(markdown.substr(std::min(block.begin, markdown.size())));
        made.heading  = block.heading;
        made.text     = block.text;
        made.hash     = hash_of_words(block.text);
        made.terms    = question.in(block.text) | question.in(block.heading);
        made.begin    = block.begin;
        made.end      = block.end;
        found.push_back(std::move(made));
    }
    return found;
}

std::vector<ranked_code> rank_code(
    const term_set& question,
    std::span<const std::vector<candidate_code>* const> pages,
    std::span<const term_mask> in_title,
    std::size_t count
) {
    term_weights weights{question};
    for (const auto* page : pages)
        for (const auto& each : *page) weights.see(each.terms);
    std::vector<ranked_code> all;
    for (std::size_t page = 0; page < pages.size(); ++page) {
        for (std::size_t place = 0; place < pages[page]->size(); ++place) {
            const auto own = (*pages[page])[place].terms;
            const auto sum = weights.share(own | in_title[page]);
            if (own != 0 && sum >= least_share) all.push_back({page, place, sum});
        }
    }
    std::sort(all.begin(), all.end(), [](const ranked_code& a, const ranked_code& b) {
        return std::tuple{-a.score, a.page, a.place} < std::tuple{-b.score, b.page, b.place};
    });
    std::unordered_set<std::string_view> seen;
    std::erase_if(all, [&](const ranked_code& each) {
        return !seen.insert((*pages[each.page])[each.place].text).second;
    });
    all.resize(std::min(all.size(), count));
    return all;
}

std::vector<named_request> requests_in(std::string_view text) {
    constexpr std::array<std::string_view, 7> methods{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
    std::vector<named_request> found;
    for (std::size_t at = text.find_first_of("GPDHO"); at != std::string_view::npos && found.size() < most_requests;
         at             = text.find_first_of("GPDHO", at + 1)) {
        if (at > 0 && is_in_word(text[at - 1])) continue;
        const auto rest = text.substr(at);
        const auto* method =
            std::find_if(methods.begin(), methods.end(), [&](auto name) { return rest.starts_with(name); });
        if (method == methods.end()) continue;
        const auto target = target_at(rest.substr(method->size()));
        if (!target.empty()) found.push_back({*method, target});
    }
    return found;
}

}  // namespace forage::detail
