// The search services that can be asked, and how to add another.
#pragma once

#include <forage/result.hpp>
#include <forage/secret.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forage {

/// A search service. `add_provider` makes further values.
enum class provider : std::uint8_t {
    google,         ///< Custom Search JSON API v1
    bing,           ///< Web Search API v7
    duckduckgo,     ///< the HTML page
    brave,          ///< https://api-dashboard.search.brave.com/documentation
    tavily,         ///< https://docs.tavily.com
    searxng,        ///< an instance that gives JSON: https://docs.searxng.org/dev/search_api.html
    webiq,          ///< Microsoft Web IQ: https://learn.microsoft.com/en-us/web-iq/
    exa,            ///< https://exa.ai/docs
    serper,         ///< https://serper.dev
    mediawiki,      ///< Wikipedia, or another wiki: https://www.mediawiki.org/wiki/API:Search
    crossref,       ///< scholarly works: https://www.crossref.org/documentation/retrieve-metadata/rest-api/
    arxiv,          ///< preprints: https://info.arxiv.org/help/api/
    stackexchange,  ///< Stack Overflow: https://api.stackexchange.com
    github,         ///< repositories: https://docs.github.com/rest/search/search
};

/// Its name in options, page tokens and JSON: "google". Thread-safe.
[[nodiscard]] std::string_view to_string(provider p) noexcept;
/// The provider of that name, if there is one. Thread-safe.
[[nodiscard]] std::optional<provider> provider_named(std::string_view name) noexcept;

/// Adds a search service to those of this process by its description in JSON (docs/providers.md). Add it before the
/// first search of the client that shall use it, as that is when keys are read from the environment. The same
/// description once more gives the same provider. At most 50 can be added, and none goes again. Errors: bad_argument,
/// naming the member that is missing, unknown or wrong, or saying that the name is taken. Threads: call it from any
/// thread. No I/O: reading the file is yours (`read_text_file`).
[[nodiscard]] result<provider> add_provider(std::string_view description);

/// How a client reaches a service that is known by a description; what is empty is as the description says.
struct service_access {
    secret key;       ///< else the environment variable that the description names
    std::string url;  ///< else the description's address
};

}  // namespace forage
