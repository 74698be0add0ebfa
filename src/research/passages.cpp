// BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) over the passages of all pages, with a
// bonus for words of the question that stand in the heading or the title. Same input, same output, on every machine:
// ties go by page and position.
#include "research/passages.hpp"

#include "core/code_points.hpp"
#include "research/passage_pieces.hpp"
#include "research/terms.hpp"
#include "research/text_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace forage {
namespace detail {
namespace {

constexpr double k1              = 1.2;
constexpr double b               = 0.75;
constexpr double heading_weight  = 0.5;  // of a term's idf
constexpr double title_weight    = 0.25;
constexpr int most_per_source    = 3;
constexpr std::size_t page_bytes = 2 * 1024 * 1024;  // of one page that are looked at

// Positions of the question's terms.
using term_index = std::unordered_map<std::string_view, std::size_t>;

struct candidate {
    passage_piece piece;
    std::size_t page = 0;              // index
    std::vector<std::uint32_t> count;  // of each term
    std::size_t length = 0;            // in terms
    std::size_t order  = 0;            // over all pages
    double score       = 0;
};

std::vector<std::uint32_t> count_terms(std::string_view text, const term_index& index, std::size_t& length) {
    std::vector<std::uint32_t> count(index.size());
    const auto see = [&](std::string_view term) {
        ++length;
        if (const auto found = index.find(term); found != index.end()) ++count[found->second];
    };
    for_each_term(text, see);
    return count;
}

std::vector<text_block> blocks_of(const page& p) {
    if (!p.markdown.empty()) return blocks_of_markdown(cut_at_code_point(p.markdown, page_bytes));
    return blocks_of_text(cut_at_code_point(p.text, page_bytes));
}

std::vector<double> inverse_frequencies(const std::vector<candidate>& all, std::size_t terms) {
    std::vector<double> idf(terms);
    const auto total = static_cast<double>(all.size());
    for (std::size_t t = 0; t < terms; ++t) {
        const auto holding = static_cast<double>(std::count_if(all.begin(), all.end(), [t](const candidate& each) {
            return each.count[t] > 0;
        }));
        idf[t]             = std::log(1.0 + (total - holding + 0.5) / (holding + 0.5));
    }
    return idf;
}

double bonus(std::string_view text, const term_index& index, const std::vector<double>& idf) {
    std::size_t unused = 0;
    const auto count   = count_terms(text, index, unused);
    double sum         = 0;
    for (std::size_t t = 0; t < idf.size(); ++t)
        if (count[t] > 0) sum += idf[t];
    return sum;
}

void score(std::vector<candidate>& all, std::span<const page> pages, const term_index& index) {
    const auto idf = inverse_frequencies(all, index.size());
    double average = 1;
    for (const auto& each : all) average += static_cast<double>(each.length) / static_cast<double>(all.size());
    std::vector<double> title_bonus;
    for (const auto& each : pages) title_bonus.push_back(title_weight * bonus(each.title, index, idf));

    for (auto& each : all) {
        // A stump of five words is not a better answer for being short.
        const auto length = static_cast<double>(std::max(each.length, least_words));
        for (std::size_t t = 0; t < idf.size(); ++t) {
            const auto tf = static_cast<double>(each.count[t]);
            each.score += idf[t] * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average));
        }
        if (each.score > 0)
            each.score += heading_weight * bonus(each.piece.heading, index, idf) + title_bonus[each.page];
    }
}

}  // namespace

std::vector<passage> rank_passages(
    std::string_view question, std::span<const page> pages, std::size_t count, const std::atomic<bool>* stop
) {
    const auto terms = question_terms(question);
    term_index index;
    for (std::size_t t = 0; t < terms.size(); ++t) index.emplace(terms[t], t);

    std::vector<candidate> all;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (stop != nullptr && stop->load(std::memory_order_relaxed)) break;
        for (auto& piece : pieces_of(blocks_of(pages[i]))) {
            candidate each;
            each.count = count_terms(piece.text, index, each.length);
            each.piece = std::move(piece);
            each.page  = i;
            each.order = all.size();
            all.push_back(std::move(each));
        }
    }
    score(all, pages, index);
    std::sort(all.begin(), all.end(), [](const candidate& left, const candidate& right) {
        return left.score != right.score ? left.score > right.score : left.order < right.order;
    });

    std::vector<passage> best;
    std::vector<int> taken(pages.size());
    std::unordered_set<std::string_view> seen;  // the same footer on every page is one passage
    for (auto& each : all) {
        if (best.size() >= count || each.score <= 0) break;
        if (taken[each.page] >= most_per_source || !seen.insert(each.piece.text).second) continue;
        ++taken[each.page];
        passage chosen;
        chosen.source  = static_cast<int>(each.page) + 1;
        chosen.heading = each.piece.heading;
        chosen.text    = each.piece.text;
        chosen.score   = each.score;
        best.push_back(std::move(chosen));
    }
    return best;
}

}  // namespace detail

std::vector<passage> best_passages(std::string_view question, std::span<const page> pages, std::size_t count) {
    return detail::rank_passages(question, pages, count, nullptr);
}

}  // namespace forage
