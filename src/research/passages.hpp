// Which passages answer a question. Pure; CPU-bound.
#pragma once

#include "research/code_examples.hpp"
#include "research/passage_pieces.hpp"
#include "research/term_set.hpp"

#include <forage/research.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// A piece of a page, held against a question.
struct candidate_passage {
    passage_piece piece;
    std::vector<std::uint32_t> count;  // of each term
    std::size_t length   = 0;          // in terms
    std::uint64_t hash   = 0;          // of its words
    term_mask terms      = 0;          // in its text
    term_mask in_heading = 0;
};

/// A page cut into passages. What is beyond 2 MiB of its text is left out.
struct page_passages {
    term_mask in_title = 0;
    double weight      = 1;  ///< of all its passages
    std::vector<candidate_passage> all;
    std::vector<candidate_code> code;  ///< which passages may have as well
};
[[nodiscard]] page_passages cut_into_passages(const page& from, const term_set& question);

struct passage_limits {
    std::size_t count  = 0;
    std::size_t tokens = 0;  ///< by `estimated_tokens`; zero: no limit
};

/// About as many tokens as language models count: one for four bytes of ASCII, one for each other character.
[[nodiscard]] std::size_t estimated_tokens(std::string_view text) noexcept;

/// Where a passage is: its page and its place there.
struct ranked_passage {
    std::size_t page  = 0;
    std::size_t place = 0;
    double score      = 0;
};

/// The passages that match best, best first, within the limits. Pages come best first. Ends early once `*stop` is true.
[[nodiscard]] std::vector<ranked_passage> rank_passages(
    const term_set& question,
    std::span<const page_passages* const> pages,
    passage_limits limits,
    const std::atomic<bool>* stop
);

/// What the caller gets of it. `number` is the source's.
[[nodiscard]] passage to_passage(const candidate_passage& from, const page& of, double score, int number);
[[nodiscard]] code_example to_example(const candidate_code& from, const page& of, double score, int number);

}  // namespace forage::detail
