// Web search: one call per provider, and a chain that tries them in turn.
#pragma once

#include <forage/client.hpp>
#include <forage/detail/awaitable_fwd.hpp>
#include <forage/detail/safe_in_co_await.hpp>
#include <forage/provider.hpp>
#include <forage/result.hpp>
#include <forage/retry_policy.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forage {

/// Per-call options. Views are copied before the call returns.
struct search_options {
    int count                 = 10;  ///< hits wanted; the provider's own maximum bounds it (Google: 100)
    std::string_view page     = {};  ///< `search_results::next_page` of an earlier call, to go on from there
    std::string_view language = {};  ///< BCP 47 language to prefer, e.g. "en"
    std::chrono::milliseconds timeout =
        std::chrono::seconds{10};  ///< for everything, pages and retries included; zero: client_options::total_timeout
    retry_policy retry = {};
    bool together      = false;  ///< ask all of the chain at once, and fuse what they give
};
static_assert(detail::safe_in_co_await<search_options>);

/// Where a provider ranked a hit.
struct provider_rank {
    forage::provider provider{};
    int rank = 0;  ///< from 1
};

struct search_hit {
    std::string title;                      ///< plain text
    std::string url;                        ///< absolute, http or https
    std::string snippet;                    ///< plain text, white space folded
    int rank = 0;                           ///< from 1, over all pages
    forage::provider provider{};            ///< of several the one that ranked it best
    std::vector<provider_rank> ranks = {};  ///< at each provider that had it
};

/// What one provider did in a `search`.
struct search_attempt {
    forage::provider provider{};
    std::optional<forage::error> error;  ///< empty: it answered; with hits: it failed after the first page
    std::size_t hits = 0;
    std::chrono::milliseconds spent{};
};

struct search_results {
    std::vector<search_hit> hits;
    std::optional<std::uint64_t> total_estimate;  ///< the provider's own, often far off
    std::string next_page;                        ///< empty: no more
    std::string corrected_query;                  ///< the provider's spelling suggestion, if any
    std::vector<search_attempt> attempts;         ///< one entry per provider tried, in order

    [[nodiscard]] std::vector<std::string> urls() const;
};

/// Google Custom Search JSON API v1: 10 hits a request, 100 in all. Needs a key and an engine id.
/// Errors: not_configured, invalid_key, quota_exceeded, rate_limited, bad_request, server_error, bad_response,
/// host_unavailable, file_failed (the file of `client_options::quota`), and those of the transport. No hit is a success
/// with an empty list. Cancellation: at once, `errc::cancelled`. Threads: await it from any executor. Source:
/// https://developers.google.com/custom-search/v1/reference/rest/v1/cse/list
[[nodiscard]] awaitable<result<search_results>>
search_google(const client& web, std::string_view query, search_options options = {});

/// Bing Web Search API v7, or a service compatible with it: 50 hits a request. Needs a key. Else as `search_google`.
/// Source: https://learn.microsoft.com/bing/search-apis/bing-web-search/reference/endpoints
[[nodiscard]] awaitable<result<search_results>>
search_bing(const client& web, std::string_view query, search_options options = {});

/// DuckDuckGo's HTML page; needs no key. Answers `challenge` when DuckDuckGo asks for proof of a human, and is then
/// not asked again for a while: quick repeats lengthen the block. Else as `search_google`.
[[nodiscard]] awaitable<result<search_results>>
search_duckduckgo(const client& web, std::string_view query, search_options options = {});

/// Tries providers in order until one gives hits; skips those that are not configured. `search_results::attempts` tells
/// what each did. Fails with the last error when none answered, or `not_configured` when none could be asked.
/// One provider is a chain too: `{provider::brave}`. An empty `chain` means those that search the whole web: Google,
/// Bing, Web IQ, Brave, Tavily, Exa, Serper, SearXNG, DuckDuckGo. `options.timeout` covers the whole
/// chain; all but the last get at most half of what is left of it. With `options.page`, only the provider that page is
/// of is asked.
///
/// With `options.together` all that are configured are asked side by side, each with the whole of the time. Their hits
/// become one list by reciprocal-rank fusion, in which spellings of one URL are one hit; there is no next page.
[[nodiscard]] awaitable<result<search_results>>
search(const client& web, std::string_view query, search_options options = {}, std::span<const provider> chain = {});

}  // namespace forage
