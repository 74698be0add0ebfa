// BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, 3.6) over the passages of all pages:
// a term in the heading or the title counts as further occurrences in the text, and occurrences saturate, so that
// another term of the question gains more than one term again. The score is then weighed by how much of the passage is
// prose, and by the rank of its page. Same input, same output, on every machine: ties go by page and position.
#include "research/passages.hpp"

#include "research/passage_pieces.hpp"
#include "research/terms.hpp"
#include "research/text_blocks.hpp"
#include "text/code_points.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace forage {
namespace detail {
namespace {

constexpr double k1              = 0.8;  // low: passages are short, and a second mention tells little
constexpr double b               = 0.75;
constexpr double heading_weight  = 1.0;  // in occurrences
constexpr double title_weight    = 0.5;
constexpr double least_readable  = 0.2;  // what a passage without a sentence keeps of its score
constexpr double enough_prose    = 0.5;  // share of a passage; more is no better
constexpr double rank_weight     = 1.0;  // what the first page gains; the n-th gains an n-th of it
constexpr int most_per_source    = 4;
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

// The root of the inverse document frequency: the pages were found by these very words, so those of the subject are
// frequent in them, and unrooted a verb that happens to be rare ("handle", "choose") would outweigh the subject.
std::vector<double> term_weights(const std::vector<candidate>& all, std::size_t terms) {
    std::vector<double> weights(terms);
    const auto total = static_cast<double>(all.size());
    for (std::size_t t = 0; t < terms; ++t) {
        const auto holding = static_cast<double>(std::count_if(all.begin(), all.end(), [t](const candidate& each) {
            return each.count[t] > 0;
        }));
        weights[t]         = std::sqrt(std::log(1.0 + (total - holding + 0.5) / (holding + 0.5)));
    }
    return weights;
}

double readability(const passage_piece& piece) {
    const auto share = static_cast<double>(piece.prose) / static_cast<double>(std::max<std::size_t>(piece.words, 1));
    return std::min(1.0, least_readable + (1 - least_readable) * share / enough_prose);
}

void score(std::vector<candidate>& all, std::span<const page> pages, const term_index& index) {
    const auto weights = term_weights(all, index.size());
    double average     = 1;
    for (const auto& each : all) average += static_cast<double>(each.length) / static_cast<double>(all.size());
    std::size_t unused = 0;
    std::vector<std::vector<std::uint32_t>> titles;
    for (const auto& each : pages) titles.push_back(count_terms(each.title, index, unused));

    for (auto& each : all) {
        // A heading promises, only the text answers.
        if (std::all_of(each.count.begin(), each.count.end(), [](auto count) { return count == 0; })) continue;
        const auto heading = count_terms(each.piece.heading, index, unused);
        const auto& title  = titles[each.page];
        // A stump of five words is not a better answer for being short.
        const auto length = static_cast<double>(std::max(each.length, least_words));
        const auto norm   = 1 - b + b * length / average;
        for (std::size_t t = 0; t < weights.size(); ++t) {
            const auto occurrences =
                each.count[t] / norm + (heading[t] > 0 ? heading_weight : 0) + (title[t] > 0 ? title_weight : 0);
            each.score += weights[t] * occurrences * (k1 + 1) / (occurrences + k1);
        }
        each.score *= readability(each.piece) * (1 + rank_weight / static_cast<double>(each.page + 1));
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
