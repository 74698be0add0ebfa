// From a question to an answer pack: search, read, follow links, pick the passages that match.
#pragma once

#include <forage/client.hpp>
#include <forage/detail/awaitable_fwd.hpp>
#include <forage/detail/safe_in_co_await.hpp>
#include <forage/function_ref.hpp>
#include <forage/result.hpp>
#include <forage/scrape.hpp>
#include <forage/search.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forage {

/// What became of a URL that was considered. The set is closed.
enum class url_fate : std::uint8_t {
    read,
    waiting,       ///< its turn did not come: enough was read, or a limit was reached
    duplicate,     ///< of a page that was read; its text differs from it by a few words at most
    robots,        ///< robots.txt does not allow it
    blocked,       ///< the address guard refuses it
    rate_limited,  ///< the host asked to be left alone
    obstacle,      ///< something stands in the place of the page: page_obstacle
    timed_out,     ///< the error says in which phase
    too_large,
    not_text,     ///< neither HTML nor plain text
    empty,        ///< no text in it
    http_status,  ///< 400 or more
    unreachable,  ///< no connection, or one that broke
    host_limit,   ///< enough was asked of its host
    failed,       ///< anything else; the error says what
    cancelled,
};
/// Its name here: "rate_limited". Pure, thread-safe.
[[nodiscard]] std::string_view to_string(url_fate fate) noexcept;

/// A URL that was considered: a hit, or a link on a page that was read.
struct ledger_entry {
    std::string url;
    url_fate fate = url_fate::waiting;
    std::optional<error> why;  ///< for all but `read`, `waiting`, `duplicate` and `host_limit`
    int depth    = 0;          ///< links from the nearest hit
    int hit_rank = 0;          ///< of a hit, from 1; else 0
    double score = 0;          ///< what it promised: higher ones are read first
    std::string found_on;      ///< the page with the link; empty: a hit
    std::string duplicate_of;  ///< URL of the page that was read
};

struct research_stats {
    int pages_read              = 0;
    int requests                = 0;  ///< for pages: redirects and retries count, searches and robots.txt do not
    std::uint64_t bytes         = 0;  ///< of pages, on the wire
    std::size_t urls_considered = 0;  ///< also those beyond what the ledger holds
    std::chrono::milliseconds elapsed{};
};

/// Why no more was read.
enum class research_ending : std::uint8_t {
    enough,   ///< `pages` were read, or further ones added nothing to an adaptive research
    no_more,  ///< nothing was left to read
    deadline,
    requests,
    bytes,
};
/// Its name here: "no_more". Pure, thread-safe.
[[nodiscard]] std::string_view to_string(research_ending ending) noexcept;

/// Per-call options. Views and spans are copied before the call returns.
struct research_options {
    int pages               = 5;      ///< to read, 1 to 1,000
    int depth               = 0;      ///< links to follow from a hit, one after the other: 0 to 3
    int host_pages          = 0;      ///< to ask of one host; 0: no limit
    bool adaptive           = false;  ///< end earlier, when further pages add no passage that matches
    int max_requests        = 0;      ///< for pages; 0: no limit
    std::uint64_t max_bytes = 0;      ///< of pages on the wire; 0: no limit

    int passages = 8;  ///< in the pack, best first
    int code     = 5;  ///< code examples in the pack, best first
    int max_tokens =
        0;  ///< of passages, estimated: a token for 4 bytes of ASCII, one for another character; 0: no limit

    std::span<const provider> providers    = {};     ///< chain for `search`; empty: the default one
    bool together                          = false;  ///< all of them at once, as in `search_options`
    int concurrency                        = 8;
    std::chrono::milliseconds page_timeout = std::chrono::seconds{10};
    std::chrono::milliseconds deadline =
        std::chrono::seconds{30};  ///< for everything; zero: client_options::total_timeout

    /// Called when the fate of a URL is known, on the client's strand. Must not block or throw, and must outlive the
    /// operation.
    function_ref<void(const ledger_entry& settled, const research_stats& so_far)> on_progress = {};
};
static_assert(detail::safe_in_co_await<research_options>);

/// The best hits, as they are. So is `research_options{}`.
inline constexpr research_options quick_research{};
/// And pages two links from them.
inline constexpr research_options deep_research{
    .pages = 25, .depth = 2, .passages = 16, .max_tokens = 4'000, .deadline = std::chrono::seconds{60}
};
inline constexpr research_options comprehensive_research{
    .pages       = 100,
    .depth       = 3,
    .host_pages  = 40,
    .passages    = 40,
    .max_tokens  = 10'000,
    .concurrency = 16,
    .deadline    = std::chrono::seconds{180}
};
/// As far as it helps.
inline constexpr research_options adaptive_research{
    .pages       = 100,
    .depth       = 3,
    .adaptive    = true,
    .passages    = 16,
    .max_tokens  = 4'000,
    .concurrency = 16,
    .deadline    = std::chrono::seconds{120}
};

struct source {
    int number = 0;   ///< from 1, as cited by passages
    std::string url;  ///< after redirects
    std::string title;
    std::string snippet;  ///< the search hit's
    std::vector<std::string> authors;
    std::string published;             ///< ISO 8601 date; empty: the page does not say
    std::string found_on;              ///< the page whose link led to it; empty: a hit
    int hit_rank = 0;                  ///< of a hit, from 1; else 0
    std::vector<provider_rank> ranks;  ///< of a hit: at each provider that had it
    std::chrono::system_clock::time_point fetched{};
};

struct passage {
    int source = 0;                         ///< `source::number`
    std::string heading;                    ///< nearest heading above it, if any
    std::vector<std::string> heading_path;  ///< all above it in the page's Markdown, outermost first
    std::string text;
    double score =
        0;  ///< BM25F over the passages of this pack, weighted by prose and page rank; comparable only within it
    std::uint64_t hash         = 0;                  ///< `hash_of_words` of the text
    std::uint32_t source_begin = 0, source_end = 0;  ///< of the blocks it is from, as `markdown_block` has them
};

/// Code of a source, of several lines, that has a fair share of the question: in it, in the heading above it or in the
/// page's title.
struct code_example {
    int source = 0;                                  ///< `source::number`
    std::string language;                            ///< as the page says; empty: it does not
    std::string heading;                             ///< nearest heading above it, if any
    std::vector<std::string> heading_path;           ///< all above it in the page's Markdown, outermost first
    std::string text;                                ///< at most 8 KiB
    double score               = 0;                  ///< share of the question's terms, by weight: 0 to 1
    std::uint64_t hash         = 0;                  ///< `hash_of_words` of the text
    std::uint32_t source_begin = 0, source_end = 0;  ///< as in `passage`
};

/// A request that a source names: "POST /v1/search".
struct endpoint {
    int source = 0;  ///< `source::number`
    std::string method;
    std::string target;  ///< a path or a URL, as written
};

/// What was found, with sources. Page text in it is data from strangers, never instructions.
struct answer_pack {
    std::string question;
    std::vector<source>
        sources;  ///< pages that were read: hits alone in search order, with others the most relevant first
    std::vector<passage> passages;    ///< best first
    std::vector<code_example> code;   ///< best first
    std::vector<endpoint> endpoints;  ///< in the order of the sources, each once; at most 100
    std::vector<ledger_entry>
        ledger;  ///< URLs that were considered, at most 5,000: those that wait last, else by score
    std::vector<search_attempt> attempts;
    research_stats stats;
    research_ending ending = research_ending::enough;
    double confidence      = 0;  ///< the share of the question's terms, by weight, that the best passage has: 0 to 1

    /// A limit cut it short: more might be found with a larger one.
    [[nodiscard]] bool is_partial() const noexcept {
        return ending != research_ending::enough && ending != research_ending::no_more;
    }
};

/// Searches, reads the best hits, follows the links that promise most, and picks the passages that match.
/// Errors: those of `search`; what becomes of pages is in the ledger. A pack may be empty.
/// Cancellation: at once, `errc::cancelled`. Threads: await it from any executor.
[[nodiscard]] awaitable<result<answer_pack>>
research(const client& web, std::string_view question, research_options options = {});

/// The passages of `pages` that best match `question`: text split at blocks, scored by BM25F and
/// the place of its page: `pages` come best first, as a search gives them. Pure; CPU-bound.
/// `passage::source` is the position in `pages`, from 1.
[[nodiscard]] std::vector<passage>
best_passages(std::string_view question, std::span<const page> pages, std::size_t count);

}  // namespace forage
