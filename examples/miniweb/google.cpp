// Google Custom Search JSON API v1: https://developers.google.com/custom-search/v1/reference/rest/v1/cse/list
// Totals are strings, `items` and `nextPage` are absent rather than empty, and nothing past the hundredth hit is given.
#include "engines.hpp"
#include "form.hpp"
#include "json.hpp"
#include "marked_text.hpp"

#include <array>
#include <cstdio>

namespace miniweb {

namespace {

constexpr int largest_page = 10;
// start 91 with num 10 is the last page there is; it still announces a next one, which is refused.
constexpr int last_hit = 100;

response as_json(int status, const json& body) { return {status, "application/json; charset=UTF-8", body.text()}; }

response error(int status, std::string_view message, std::string_view reason, std::string_view name) {
    const auto entry = json::object({{"message", message}, {"domain", "global"}, {"reason", reason}});
    auto body        = json::object({{"code", status}, {"message", message}});
    body.set("errors", json::array({entry})).set("status", name);
    return as_json(status, json::object({{"error", body}}));
}

/// The older form, still given for parameters out of range.
response invalid_value() {
    const auto entry = json::object({{"domain", "global"}, {"reason", "invalid"}, {"message", "Invalid Value"}});
    auto body        = json::object({{"errors", json::array({entry})}, {"code", 400}, {"message", "Invalid Value"}});
    return as_json(400, json::object({{"error", body}}));
}

response key_refused() {
    constexpr std::string_view message = "API key not valid. Please pass a valid API key.";
    const auto entry = json::object({{"message", message}, {"domain", "global"}, {"reason", "badRequest"}});
    auto detail = json::object({{"@type", "type.googleapis.com/google.rpc.ErrorInfo"}, {"reason", "API_KEY_INVALID"}});
    detail.set("domain", "googleapis.com").set("metadata", json::object({{"service", "customsearch.googleapis.com"}}));
    auto body = json::object({{"code", 400}, {"message", message}, {"errors", json::array({entry})}});
    body.set("status", "INVALID_ARGUMENT").set("details", json::array({detail}));
    return as_json(400, json::object({{"error", body}}));
}

response limit_reached(std::string_view message, std::string_view reason) {
    const auto entry = json::object({{"message", message}, {"domain", "usageLimits"}, {"reason", reason}});
    auto body        = json::object({{"code", 429}, {"message", message}, {"errors", json::array({entry})}});
    body.set("status", "RESOURCE_EXHAUSTED");
    return as_json(429, json::object({{"error", body}}));
}

std::string with_commas(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (auto at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
    return digits;
}

struct question {
    std::string text, cx;
    int count = largest_page;
    int start = 1;
};

/// One entry of `queries`: the request itself, or how to ask for a neighbouring page.
json page_entry(const question& q, std::uint64_t total, int count, int start) {
    auto entry = json::object({{"title", "Google Custom Search - " + q.text}, {"totalResults", std::to_string(total)}});
    entry.set("searchTerms", q.text).set("count", count).set("startIndex", start);
    entry.set("inputEncoding", "utf8").set("outputEncoding", "utf8").set("safe", "off").set("cx", q.cx);
    return json::array({entry});
}

json item(const engine& google, const hit& h) {
    // Snippets come broken into lines of some 80 characters, with a no-break space before the dots.
    const text_style plain{.cut = "\u00A0...", .line_width = 78, .newline = "\n"};
    const text_style html{
        .html = true, .before = "<b>", .after = "</b>", .cut = "&nbsp;...", .line_width = 78, .newline = "<br>\n"
    };
    const text_style html_title{.html = true, .before = "<b>", .after = "</b>"};
    const std::string url = google.url_of(h);
    auto entry            = json::object({{"kind", "customsearch#result"}, {"title", render(h.title, {})}});
    entry.set("htmlTitle", render(h.title, html_title)).set("link", url).set("displayLink", h.host);
    entry.set("snippet", render(h.snippet, plain)).set("htmlSnippet", render(h.snippet, html));
    entry.set("cacheId", hex(digest(url)).substr(0, 12))
        .set("formattedUrl", url)
        .set("htmlFormattedUrl", escape_html(url));
    return entry;
}

json results(const engine& google, const question& q, const answer& found, double seconds) {
    constexpr std::string_view parameters =
        "?q={searchTerms}&num={count?}&start={startIndex?}&lr={language?}&safe={safe?}&cx={cx?}&alt=json";
    const auto shown = static_cast<int>(found.hits.size());

    auto queries = json::object();
    if (shown > 0 && found.total >= static_cast<std::uint64_t>(q.start) + static_cast<std::uint64_t>(shown))
        queries.set("nextPage", page_entry(q, found.total, q.count, q.start + shown));
    queries.set("request", page_entry(q, found.total, shown > 0 ? shown : q.count, q.start));
    if (q.start > 1) {
        const int before = q.start > q.count ? q.start - q.count : 1;
        queries.set("previousPage", page_entry(q, found.total, q.count, before));
    }

    std::array<char, 32> rounded{};
    std::snprintf(rounded.data(), rounded.size(), "%.2f", seconds);
    auto summary = json::object({{"searchTime", seconds}, {"formattedSearchTime", rounded.data()}});
    summary.set("totalResults", std::to_string(found.total)).set("formattedTotalResults", with_commas(found.total));

    auto body = json::object({{"kind", "customsearch#search"}});
    body.set(
        "url",
        json::object(
            {{"type", "application/json"}, {"template", google.self + "/customsearch/v1" + std::string{parameters}}}
        )
    );
    body.set("queries", queries);
    if (shown > 0) body.set("context", json::object({{"title", "miniweb"}}));
    body.set("searchInformation", summary);
    if (shown == 0) return body;
    auto items = json::array();
    for (const auto& h : found.hits) items.add(item(google, h));
    return body.set("items", items);
}

}  // namespace

response answer_google(const request& asked, engine& google) {
    if (asked.method != "GET") return error(405, "Method not allowed.", "httpMethodNotAllowed", "UNIMPLEMENTED");
    const form parameters{split(asked.target).query};
    const std::string key = parameters.value("key");
    if (key.empty()) {
        return error(
            403,
            "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or "
            "other form of API consumer identity to call this API.",
            "forbidden",
            "PERMISSION_DENIED"
        );
    }
    if (!google.key.empty() && key != google.key) return key_refused();
    switch (google.limits.take()) {
    case allowance::verdict::granted: break;
    case allowance::verdict::too_fast: return limit_reached("Rate Limit Exceeded", "rateLimitExceeded");
    case allowance::verdict::quota_spent:
        return limit_reached(
            "Quota exceeded for quota metric 'Queries' and limit 'Queries per day' of service "
            "'customsearch.googleapis.com'.",
            "dailyLimitExceeded"
        );
    }

    question q{clean_text(parameters.value("q")), clean_text(parameters.value("cx"))};
    if (q.text.empty() || q.cx.empty())
        return error(400, "Request contains an invalid argument.", "badRequest", "INVALID_ARGUMENT");
    const auto count = parameters.integer("num", largest_page);
    const auto start = parameters.integer("start", 1);
    if (!count || *count < 1 || *count > largest_page) return invalid_value();
    if (!start || *start < 1 || *start > last_hit + 1 - *count) return invalid_value();
    q.count = *count;
    q.start = *start;

    const auto begin = std::chrono::steady_clock::now();
    const auto found =
        google.pages.find(q.text, static_cast<std::size_t>(q.start - 1), static_cast<std::size_t>(q.count));
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    return as_json(200, results(google, q, found, spent.count()));
}

}  // namespace miniweb
