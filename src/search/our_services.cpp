#include "search/our_services.hpp"

#include <array>

namespace forage::detail {
namespace {

// Source: https://api-dashboard.search.brave.com/documentation
constexpr std::string_view brave = R"json({
    "name": "brave",
    "url": "https://api.search.brave.com/res/v1/web/search",
    "key_environment": "BRAVE_SEARCH_API_KEY", "needs_key": true, "key_header": "X-Subscription-Token",
    "parameters": {
        "q": "{query}", "result_filter": "web", "count": "{count}", "offset": "{page}", "search_lang": "{language}"
    },
    "page_size": 20, "pages": 10,
    "results": "web.results", "always": "query",
    "title": "title", "link": "url", "snippet": "description", "html": true,
    "more": "query.more_results_available",
    "errors": [
        {"at": "error.code", "is": "SUBSCRIPTION_TOKEN_INVALID", "means": "invalid_key"},
        {"at": "error.code", "is": "QUOTA_LIMITED", "means": "quota_exceeded"},
        {"at": "error.code", "is": "USAGE_LIMIT_EXCEEDED", "means": "quota_exceeded"}
    ]
})json";

// 432 is the plan's limit, 433 that of paying as you go. Source: https://docs.tavily.com/documentation/rate-limits
constexpr std::string_view tavily = R"json({
    "name": "tavily",
    "url": "https://api.tavily.com/search", "method": "POST",
    "key_environment": "TAVILY_API_KEY", "needs_key": true, "key_header": "Authorization", "key_prefix": "Bearer ",
    "parameters": {"query": "{query}", "search_depth": "basic", "max_results": "{count}"},
    "page_size": 20,
    "results": "results", "always": "query",
    "title": "title", "link": "url", "snippet": "content",
    "errors": [
        {"status": 432, "means": "quota_exceeded"},
        {"status": 433, "means": "quota_exceeded"}
    ]
})json";

// 403 is what an instance says that gives no JSON. Source: https://docs.searxng.org/dev/search_api.html
constexpr std::string_view searxng = R"json({
    "name": "searxng",
    "url_environment": "SEARXNG_URL", "path": "/search",
    "parameters": {"q": "{query}", "format": "json", "pageno": "{page}", "language": "{language}"},
    "first_page": 1, "pages": 10,
    "results": "results", "always": "query",
    "title": "title", "link": "url", "snippet": "content",
    "total": "number_of_results", "failed_parts": "unresponsive_engines",
    "errors": [{
        "status": 403, "means": "bad_request",
        "hint": "check SEARXNG_URL, and that the instance gives JSON (search.formats in its settings)"
    }]
})json";

// Source: https://learn.microsoft.com/en-us/web-iq/reference/web-search
constexpr std::string_view webiq = R"json({
    "name": "webiq",
    "url": "https://api.microsoft.ai/v3/search/web", "method": "POST",
    "key_environment": "WEBIQ_API_KEY", "needs_key": true, "key_header": "x-apikey",
    "parameters": {
        "query": "{query}", "maxResults": "{count}", "language": "{language}", "contentFormat": "passage",
        "maxLength": 3000
    },
    "page_size": 50,
    "results": "webResults",
    "title": "title", "link": "url", "snippet": ["content", "content.0.text"]
})json";

// Source: https://exa.ai/docs/reference/search and https://exa.ai/docs/admin/error-codes
constexpr std::string_view exa = R"json({
    "name": "exa",
    "url": "https://api.exa.ai/search", "method": "POST",
    "key_environment": "EXA_API_KEY", "needs_key": true, "key_header": "x-api-key",
    "parameters": {
        "query": "{query}", "type": "auto", "numResults": "{count}", "contents": {"highlights": true}
    },
    "page_size": 100,
    "results": "results",
    "title": "title", "link": "url", "snippet": ["highlights.0", "text"],
    "errors": [{"status": 402, "means": "quota_exceeded"}]
})json";

// No header says what is left; a 400 says that the credits are gone. Source: https://serper.dev
constexpr std::string_view serper = R"json({
    "name": "serper",
    "url": "https://google.serper.dev/search", "method": "POST",
    "key_environment": "SERPER_API_KEY", "needs_key": true, "key_header": "X-API-KEY",
    "parameters": {"q": "{query}", "num": "{count}", "page": "{page}", "hl": "{language}"},
    "page_size": 10, "first_page": 1, "pages": 10,
    "results": "organic", "always": "searchParameters",
    "title": "title", "link": "link", "snippet": "snippet",
    "errors": [{"status": 400, "at": "message", "has": "credits", "means": "quota_exceeded"}]
})json";

// A refusal may come with status 200. Source: https://www.mediawiki.org/wiki/API:Search and API:Etiquette
constexpr std::string_view mediawiki = R"json({
    "name": "mediawiki",
    "url": "https://{language}.wikipedia.org/w/api.php",
    "parameters": {
        "action": "query", "list": "search", "format": "json", "maxlag": 5,
        "srsearch": "{query}", "srlimit": "{count}", "sroffset": "{offset}"
    },
    "page_size": 20, "pages": 10,
    "results": "query.search", "total": "query.searchinfo.totalhits",
    "title": "title", "link": "/wiki/{title}", "snippet": "snippet", "html": true,
    "errors": [
        {"at": "error.code", "is": "maxlag", "means": "rate_limited"},
        {"at": "error.code", "is": "ratelimited", "means": "rate_limited"},
        {"at": "error.code", "has": "readonly", "means": "server_error"},
        {"at": "error.code", "has": "internal_", "means": "server_error"},
        {"at": "error.code", "means": "bad_request"},
        {"status": 403, "means": "bad_request", "hint": "give the client a user_agent that says how you are reached"}
    ]
})json";

// Source: https://www.crossref.org/documentation/retrieve-metadata/rest-api/
constexpr std::string_view crossref = R"json({
    "name": "crossref",
    "url": "https://api.crossref.org/works",
    "parameters": {"query": "{query}", "rows": "{count}", "offset": "{offset}"},
    "page_size": 20, "pages": 10,
    "results": "message.items", "total": "message.total-results",
    "title": "title.0", "link": "URL", "snippet": ["abstract", "container-title.0"], "html": true
})json";

// One request in three seconds. Source: https://info.arxiv.org/help/api/tou.html
constexpr std::string_view arxiv = R"json({
    "name": "arxiv",
    "url": "https://export.arxiv.org/api/query", "answer": "feed",
    "parameters": {"search_query": "all:{query}", "max_results": "{count}", "start": "{offset}"},
    "page_size": 20, "pages": 10, "gap_ms": 3000
})json";

// The body says how long to wait. Source: https://api.stackexchange.com/docs/throttle
constexpr std::string_view stackexchange = R"json({
    "name": "stackexchange",
    "url": "https://api.stackexchange.com/2.3/search/advanced",
    "key_environment": "STACKEXCHANGE_KEY", "key_parameter": "key",
    "parameters": {
        "q": "{query}", "site": "stackoverflow", "sort": "relevance", "order": "desc",
        "pagesize": "{count}", "page": "{page}"
    },
    "page_size": 30, "first_page": 1, "pages": 10,
    "results": "items", "more": "has_more",
    "title": "title", "link": "link", "snippet": ["excerpt", "body"], "html": true,
    "backoff": "backoff", "quota_left": "quota_remaining",
    "errors": [
        {"at": "error_name", "is": "throttle_violation", "means": "rate_limited"},
        {"at": "error_name", "has": "temporarily_unavailable", "means": "server_error"},
        {"at": "error_name", "has": "key", "means": "invalid_key"},
        {"at": "error_id", "means": "bad_request"}
    ]
})json";

// A 403 is a limit that is spent as often as a token that is wrong; the fields tell. Source:
// https://docs.github.com/rest/search/search and …/using-the-rest-api/rate-limits-for-the-rest-api
constexpr std::string_view github = R"json({
    "name": "github",
    "url": "https://api.github.com/search/repositories",
    "key_environment": "GITHUB_TOKEN", "key_header": "Authorization", "key_prefix": "Bearer ",
    "headers": {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"},
    "parameters": {"q": "{query}", "per_page": "{count}", "page": "{page}"},
    "page_size": 30, "first_page": 1, "pages": 33,
    "results": "items", "total": "total_count",
    "title": "full_name", "link": "html_url", "snippet": "description",
    "errors": [{"status": 422, "means": "bad_request"}]
})json";

constexpr std::array all{
    known_service{provider::brave, brave},
    known_service{provider::tavily, tavily},
    known_service{provider::searxng, searxng},
    known_service{provider::webiq, webiq},
    known_service{provider::exa, exa},
    known_service{provider::serper, serper},
    known_service{provider::mediawiki, mediawiki},
    known_service{provider::crossref, crossref},
    known_service{provider::arxiv, arxiv},
    known_service{provider::stackexchange, stackexchange},
    known_service{provider::github, github},
};

}  // namespace

std::span<const known_service> our_services() noexcept { return all; }

}  // namespace forage::detail
