// The services we know that way.
#include "search/json_service.hpp"

namespace forage::detail {
namespace {

// "1, 15000": one number for each window, the longest last. Source:
// https://api-dashboard.search.brave.com/documentation/guides/rate-limiting
bool is_last_window_spent(std::string_view remaining) {
    const auto comma = remaining.rfind(',');
    auto last        = comma == std::string_view::npos ? std::string_view{} : remaining.substr(comma + 1);
    while (last.starts_with(' ')) last.remove_prefix(1);
    return last == "0";
}

errc brave_code(const provider_answer& answer, json_view body) {
    const auto code = body["error"]["code"].string();
    if (code == "SUBSCRIPTION_TOKEN_INVALID") return errc::invalid_key;
    if (code == "QUOTA_LIMITED" || code == "USAGE_LIMIT_EXCEEDED") return errc::quota_exceeded;
    if (answer.status == 429)
        return is_last_window_spent(answer.field_value("X-RateLimit-Remaining")) ? errc::quota_exceeded
                                                                                 : errc::rate_limited;
    return code_of_status(answer.status);
}

// 432 is the plan's limit, 433 that of paying as you go. Source: https://docs.tavily.com/documentation/rate-limits
errc tavily_code(const provider_answer& answer, json_view) {
    if (answer.status == 432 || answer.status == 433) return errc::quota_exceeded;
    return code_of_status(answer.status);
}

// 403 is what an instance says that gives no JSON. Source: https://docs.searxng.org/dev/search_api.html
errc searxng_code(const provider_answer& answer, json_view) {
    return answer.status == 403 ? errc::bad_request : code_of_status(answer.status);
}

// No hit, and engines that did not answer: nobody knows whether there are none.
std::pair<errc, std::string_view> searxng_emptiness(json_view body) {
    if (body["unresponsive_engines"].size() == 0) return {errc::ok, {}};
    return {errc::server_error, "no results, and engines of the instance did not answer"};
}

constexpr json_service brave{
    .self          = provider::brave,
    .to_configure  = "BRAVE_SEARCH_API_KEY",
    .key           = &client_options::brave_key,
    .url           = &client_options::brave_url,
    .key_field     = "X-Subscription-Token",
    .query         = "q",
    .count         = "count",
    .page          = "offset",
    .language      = "search_lang",
    .fixed         = {{{"result_filter", "web"}}},
    .page_size     = 20,
    .pages         = 10,
    .pages_by_size = true,
    .results       = "web.results",
    .title         = "title",
    .link          = "url",
    .snippet       = "description",
    .more          = "query.more_results_available",
    .has_marks     = true,
    .code_of       = brave_code,
};

constexpr json_service tavily{
    .self         = provider::tavily,
    .to_configure = "TAVILY_API_KEY",
    .key          = &client_options::tavily_key,
    .url          = &client_options::tavily_url,
    .key_field    = "Authorization",
    .key_prefix   = "Bearer ",
    .posts        = true,
    .query        = "query",
    .count        = "max_results",
    .fixed        = {{{"search_depth", "basic"}}},
    .page_size    = 20,
    .results      = "results",
    .title        = "title",
    .link         = "url",
    .snippet      = "content",
    .code_of      = tavily_code,
};

constexpr json_service searxng{
    .self         = provider::searxng,
    .to_configure = "SEARXNG_URL",
    .url          = &client_options::searxng_url,
    .path         = "/search",
    .query        = "q",
    .page         = "pageno",
    .language     = "language",
    .fixed        = {{{"format", "json"}}},
    .first_page   = 1,
    .pages        = 10,
    .results      = "results",
    .title        = "title",
    .link         = "url",
    .snippet      = "content",
    .total        = "number_of_results",
    .code_of      = searxng_code,
    .why_empty    = searxng_emptiness,
};

}  // namespace

const search_provider& brave_provider() noexcept {
    static const json_provider instance{brave};
    return instance;
}

const search_provider& tavily_provider() noexcept {
    static const json_provider instance{tavily};
    return instance;
}

const search_provider& searxng_provider() noexcept {
    static const json_provider instance{searxng};
    return instance;
}

}  // namespace forage::detail
