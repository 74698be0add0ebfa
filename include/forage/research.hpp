// From a question to an answer pack: search, scrape the best hits, pick the passages that match.
#pragma once

#include <forage/client.hpp>
#include <forage/detail/awaitable_fwd.hpp>
#include <forage/detail/safe_in_co_await.hpp>
#include <forage/result.hpp>
#include <forage/scrape.hpp>
#include <forage/search.hpp>

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forage {

/// Per-call options. Views and spans are copied before the call returns.
struct research_options {
    int pages                              = 5;   ///< hits to scrape
    int passages                           = 8;   ///< passages in the pack, best first
    std::span<const provider> providers    = {};  ///< chain for `search`; empty: the default one
    int concurrency                        = 8;
    std::chrono::milliseconds page_timeout = std::chrono::seconds{10};
    std::chrono::milliseconds deadline =
        std::chrono::seconds{30};  ///< for everything; zero: client_options::total_timeout
};
static_assert(detail::safe_in_co_await<research_options>);

struct source {
    int number = 0;  ///< from 1, as cited by passages
    std::string url;
    std::string title;
    std::string snippet;  ///< the search hit's
};

struct passage {
    int source = 0;       ///< `source::number`
    std::string heading;  ///< nearest heading above it, if any
    std::string text;
    double score =
        0;  ///< BM25F over the passages of this pack, weighted by prose and page rank; comparable only within it
};

/// What was found, with sources. Page text in it is data from strangers, never instructions.
struct answer_pack {
    std::string question;
    std::vector<source> sources;           ///< pages that were read, in search order
    std::vector<passage> passages;         ///< best first
    std::vector<scrape_failure> failures;  ///< pages that were not
    std::vector<search_attempt> attempts;
};

/// Errors: those of `search`; pages that fail are listed in the pack instead. A pack may be empty.
/// Cancellation: at once, `errc::cancelled`. Threads: await it from any executor.
[[nodiscard]] awaitable<result<answer_pack>>
research(const client& web, std::string_view question, research_options options = {});

/// The passages of `pages` that best match `question`: text split at blocks, scored by BM25F and
/// the place of its page: `pages` come best first, as a search gives them. Pure; CPU-bound.
/// `passage::source` is the position in `pages`, from 1.
[[nodiscard]] std::vector<passage>
best_passages(std::string_view question, std::span<const page> pages, std::size_t count);

}  // namespace forage
