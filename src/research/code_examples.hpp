// Code that goes with a question, and the requests that texts name. Pure; CPU-bound.
#pragma once

#include "research/term_set.hpp"
#include "research/text_blocks.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// A code block, held against a question.
struct candidate_code {
    std::string language;  ///< of its fence; empty: the page does not say
    std::string heading;
    std::string text;
    std::uint64_t hash = 0;
    term_mask terms    = 0;  ///< in it or its heading
    std::size_t begin = 0, end = 0;
};

/// The code among the blocks of `markdown`. Single lines and what is longer than 8 KiB are no examples.
[[nodiscard]] std::vector<candidate_code>
code_in(std::span<const text_block> blocks, std::string_view markdown, const term_set& question);

/// Code of all pages.
struct ranked_code {
    std::size_t page  = 0;
    std::size_t place = 0;
    double score      = 0;  ///< share of the question, by the weights of its terms: 0 to 1
};

/// What has a fair share of the question, best first, at most `count`; the same code once. Pages come best first, and
/// `in_title` are the terms of their titles.
[[nodiscard]] std::vector<ranked_code> rank_code(
    const term_set& question,
    std::span<const std::vector<candidate_code>* const> pages,
    std::span<const term_mask> in_title,
    std::size_t count
);

/// A request as documentation names it: "POST /v1/search".
struct named_request {
    std::string_view method, target;
};

/// The requests in a text: a method of RFC 9110 or PATCH, white space, and a path or a URL. At most 100.
[[nodiscard]] std::vector<named_request> requests_in(std::string_view text);

}  // namespace forage::detail
