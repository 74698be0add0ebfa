// BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, 3.6) over the passages of all pages:
// a term in the heading or the title counts as further occurrences in the text, and occurrences saturate, so that
// another term of the question gains more than one term again. The score is then weighed by how much of the passage is
// prose, and by the rank of its page. Same input, same output, on every machine: ties go by page and position.
#include "research/passages.hpp"

#include "research/inline_text.hpp"
#include "research/text_blocks.hpp"
#include "text/code_points.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_set>
#include <utility>

namespace forage {
namespace detail {
namespace {

constexpr double k1                   = 0.8;  // low: passages are short, and a second mention tells little
constexpr double b                    = 0.75;
constexpr double heading_weight       = 1.0;  // in occurrences
constexpr double title_weight         = 0.5;
constexpr double least_readable       = 0.2;  // what a passage without a sentence keeps of its score
constexpr double enough_prose         = 0.5;  // share of a passage; more is no better
constexpr double rank_weight          = 1.0;  // what the first page gains; the n-th gains an n-th of it
constexpr int most_per_source         = 4;
constexpr std::size_t longest_heading = 300;
constexpr std::size_t page_bytes      = 2 * 1024 * 1024;  // of one page that are looked at

std::vector<text_block> blocks_of(const page& p) {
    if (!p.markdown.empty()) return blocks_of_markdown(cut_at_code_point(p.markdown, page_bytes));
    return blocks_of_text(cut_at_code_point(p.text, page_bytes));
}

bool has(term_mask mask, std::size_t term) noexcept { return (mask >> term & 1) != 0; }

struct scored {
    ranked_passage where;
    const candidate_passage* what = nullptr;
    std::size_t order             = 0;  // over all pages
};

// The root of the inverse document frequency: the pages were found by these very words, so those of the subject are
// frequent in them, and unrooted a verb that happens to be rare ("handle", "choose") would outweigh the subject.
std::vector<double> root_weights(const std::vector<scored>& all, const term_set& question) {
    term_weights seen{question};
    for (const auto& each : all) seen.see(each.what->terms);
    std::vector<double> weights(question.size());
    for (std::size_t t = 0; t < weights.size(); ++t) weights[t] = std::sqrt(seen.of(t));
    return weights;
}

double readability(const passage_piece& piece) {
    const auto share = static_cast<double>(piece.prose) / static_cast<double>(std::max<std::size_t>(piece.words, 1));
    return std::min(1.0, least_readable + (1 - least_readable) * share / enough_prose);
}

void score(std::vector<scored>& all, std::span<const page_passages* const> pages, const term_set& question) {
    const auto weights = root_weights(all, question);
    double average     = 1;
    for (const auto& each : all) average += static_cast<double>(each.what->length) / static_cast<double>(all.size());
    for (auto& each : all) {
        if (each.what->terms == 0) continue;  // A heading promises, only the text answers.
        const auto in_title = pages[each.where.page]->in_title;
        // A stump of five words is not a better answer for being short.
        const auto length = static_cast<double>(std::max(each.what->length, least_words));
        const auto norm   = 1 - b + b * length / average;
        auto& sum         = each.where.score;
        for (std::size_t t = 0; t < weights.size(); ++t) {
            const auto occurrences = each.what->count[t] / norm + (has(each.what->in_heading, t) ? heading_weight : 0) +
                                     (has(in_title, t) ? title_weight : 0);
            sum += weights[t] * occurrences * (k1 + 1) / (occurrences + k1);
        }
        sum *= pages[each.where.page]->weight * readability(each.what->piece) *
               (1 + rank_weight / static_cast<double>(each.where.page + 1));
    }
}

std::vector<ranked_passage> choose(const std::vector<scored>& best_first, std::size_t pages, passage_limits limits) {
    std::vector<ranked_passage> best;
    std::vector<int> taken(pages);
    std::unordered_set<std::uint64_t> seen;  // the same footer on every page is one passage
    std::size_t tokens = 0;
    for (const auto& each : best_first) {
        if (best.size() >= limits.count || each.where.score <= 0) break;
        const auto size = estimated_tokens(each.what->piece.text);
        if (limits.tokens != 0 && tokens + size > limits.tokens) continue;  // a shorter one may still fit
        if (taken[each.where.page] >= most_per_source || !seen.insert(each.what->hash).second) continue;
        ++taken[each.where.page];
        tokens += size;
        best.push_back(each.where);
    }
    return best;
}

// The headings over a block, outermost first.
std::vector<std::string> path_to(const page& of, std::uint32_t block) {
    std::vector<std::string> path;
    for (auto at = of.blocks[block].heading; at != no_block && at < of.blocks.size(); at = of.blocks[at].heading) {
        const auto& heading = of.blocks[at];
        auto text           = std::string_view{of.markdown}.substr(heading.begin, heading.end - heading.begin);
        text.remove_prefix(std::min(text.find_first_not_of("# "), text.size()));
        const auto beginning = cut_at_code_point(text, 2 * longest_heading);
        path.emplace_back(cut_at_code_point(read_inline(beginning).text, longest_heading));
        if (heading.heading >= at) break;  // a heading stands above what it is over
    }
    std::reverse(path.begin(), path.end());
    return path;
}

// A passage or an example that says where it is from: what lies between two places of the Markdown of source `number`.
template <class Cited>
Cited cited(const page& of, int number, std::size_t begin, std::size_t end) {
    Cited made;
    made.source      = number;
    bool any         = false;
    const auto first = std::partition_point(of.blocks.begin(), of.blocks.end(), [&](const markdown_block& block) {
        return block.end <= begin;
    });
    for (auto i = static_cast<std::uint32_t>(first - of.blocks.begin()); i < of.blocks.size(); ++i) {
        const auto& block = of.blocks[i];
        if (block.begin >= end) break;
        if (!any) {
            made.heading_path = path_to(of, i);
            made.source_begin = block.source_begin;
        }
        any             = true;
        made.source_end = std::max(made.source_end, block.source_end);
    }
    return made;
}

}  // namespace

page_passages cut_into_passages(const page& from, const term_set& question) {
    page_passages cut;
    cut.in_title      = question.in(from.title);
    const auto blocks = blocks_of(from);
    if (!from.markdown.empty()) cut.code = code_in(blocks, from.markdown, question);
    for (auto& piece : pieces_of(blocks)) {
        auto& each = cut.all.emplace_back();
        each.count = question.count(piece.text, each.length);
        for (std::size_t t = 0; t < each.count.size(); ++t)
            if (each.count[t] > 0) each.terms |= term_mask{1} << t;
        if (each.terms != 0) each.in_heading = question.in(piece.heading);
        each.hash  = hash_of_words(piece.text);
        each.piece = std::move(piece);
    }
    return cut;
}

std::size_t estimated_tokens(std::string_view text) noexcept {
    std::size_t ascii = 0, others = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        ascii += byte < 0x80;
        others += byte >= 0xC0;  // first bytes
    }
    return (ascii + 3) / 4 + others;
}

std::vector<ranked_passage> rank_passages(
    const term_set& question,
    std::span<const page_passages* const> pages,
    passage_limits limits,
    const std::atomic<bool>* stop
) {
    std::vector<scored> all;
    for (std::size_t page = 0; page < pages.size(); ++page) {
        if (stop != nullptr && stop->load(std::memory_order_relaxed)) break;
        for (std::size_t i = 0; i < pages[page]->all.size(); ++i)
            all.push_back({{page, i, 0}, &pages[page]->all[i], all.size()});
    }
    score(all, pages, question);
    std::sort(all.begin(), all.end(), [](const scored& left, const scored& right) {
        return left.where.score != right.where.score ? left.where.score > right.where.score : left.order < right.order;
    });
    return choose(all, pages.size(), limits);
}

passage to_passage(const candidate_passage& from, const page& of, double score, int number) {
    auto made    = cited<passage>(of, number, from.piece.begin, from.piece.end);
    made.heading = from.piece.heading;
    made.text    = from.piece.text;
    made.hash    = from.hash;
    made.score   = score;
    return made;
}

code_example to_example(const candidate_code& from, const page& of, double score, int number) {
    auto made     = cited<code_example>(of, number, from.begin, from.end);
    made.language = from.language;
    made.heading  = from.heading;
    made.text     = from.text;
    made.hash     = from.hash;
    made.score    = score;
    return made;
}

}  // namespace detail

std::vector<passage> best_passages(std::string_view question, std::span<const page> pages, std::size_t count) {
    const detail::term_set terms{question};
    std::vector<detail::page_passages> cut;
    std::vector<const detail::page_passages*> each;
    for (const auto& one : pages) cut.push_back(detail::cut_into_passages(one, terms));
    for (const auto& one : cut) each.push_back(&one);
    std::vector<passage> best;
    for (const auto& [page, place, score] : detail::rank_passages(terms, each, {count, 0}, nullptr))
        best.push_back(detail::to_passage(cut[page].all[place], pages[page], score, static_cast<int>(page) + 1));
    return best;
}

}  // namespace forage
