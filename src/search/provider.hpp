// The seam between the paging of a search and what each service wants and answers. Everything behind it is pure: bytes
// and values in, values out, so that all of it is tested without a network.
#pragma once

#include "http/message.hpp"
#include "search/answer.hpp"
#include "search/rate_limits.hpp"

#include <forage/client.hpp>
#include <forage/search.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

struct service_description;

/// One request of a search. The token is the provider's own: empty for the first page.
struct page_query {
    std::string query;
    std::string language;  ///< BCP 47, checked by `check_call`
    std::string token;
    int wanted = 10;  ///< hits still wanted; the provider asks for no more than it may

    page_query() = default;
};

/// What one answer holds. Here the rank of a hit is its position on this page, from 1, entries left out included.
struct hit_page {
    std::vector<search_hit> hits;
    std::optional<std::uint64_t> total;
    std::string next;  ///< token of the page after this; empty: there is none
    std::string corrected;
    rate_limits limits;  ///< as the body says; the fields of the response are read elsewhere
};

/// How a service must be treated.
struct manners {
    std::chrono::milliseconds gap{};            ///< at least this long between two requests
    std::chrono::milliseconds first_block{};    ///< not asked for so long after it refused us; doubles each time
    std::chrono::milliseconds longest_block{};  ///< … up to this
};

/// Stateless; `provider_of` has one of each.
class search_provider {
public:
    virtual ~search_provider() = default;

    [[nodiscard]] virtual int most_hits() const noexcept = 0;
    [[nodiscard]] virtual manners pace() const noexcept { return {}; }

    /// On whose account it is asked; empty: on nobody's.
    [[nodiscard]] virtual std::string key(const client_options& options) const = 0;
    /// Errors: not_configured; invalid_key for a key no service can have given out.
    [[nodiscard]] virtual result<void> check_options(const client_options& options) const = 0;
    /// Errors: bad_argument (token, base URL).
    [[nodiscard]] virtual result<http_request> request(const client_options& options, const page_query& ask) const = 0;
    /// Errors: those of `search_google` but for not_configured.
    [[nodiscard]] virtual result<hit_page> read(const page_query& ask, const provider_answer& answer) const = 0;

    /// The token that goes on after the first `entries` entries of the page asked for.
    [[nodiscard]] virtual std::string token_after(const page_query& ask, int entries) const = 0;
    /// The rank of the first entry of the page a token stands for.
    [[nodiscard]] virtual int first_rank(std::string_view token) const = 0;
};

[[nodiscard]] const search_provider& google_provider() noexcept;
[[nodiscard]] const search_provider& bing_provider() noexcept;
[[nodiscard]] const search_provider& duckduckgo_provider() noexcept;

// All of them, those that users added included.

/// Compiled in; `add_provider` makes more.
inline constexpr std::size_t built_in_providers = 14;
inline constexpr std::size_t most_providers     = 64;

/// Whether there is such a provider. Thread-safe, as the two below.
[[nodiscard]] bool is_known(provider p) noexcept;
/// Of one that is known.
[[nodiscard]] const search_provider& provider_of(provider p) noexcept;
/// Of a provider that is asked by a description; nullptr: it is not.
[[nodiscard]] const service_description* description_of(provider p) noexcept;
[[nodiscard]] std::size_t provider_count() noexcept;

// What the providers share in building requests.

/// What the options say of a service that is asked by a description.
[[nodiscard]] service_access access_to(const client_options& options, provider p);

/// `base` with `query` appended to its query. Errors: bad_argument.
[[nodiscard]] result<url> with_query(std::string_view base, std::string_view query);
/// A number of the range, or nothing; an empty token is `first`.
[[nodiscard]] std::optional<int> token_number(std::string_view token, int first, int last) noexcept;
/// Keys are printable ASCII without spaces: a line break from a file is the usual mistake.
[[nodiscard]] bool is_possible_key(std::string_view key) noexcept;
/// The primary subtag of a language tag in lower case: "pt" of "pt-BR"; and its two-letter region in upper case, or
/// empty.
[[nodiscard]] std::string primary_language(std::string_view tag);
[[nodiscard]] std::string language_region(std::string_view tag);

}  // namespace forage::detail
