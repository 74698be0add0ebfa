// Bing Web Search API v7: https://learn.microsoft.com/bing/search-apis/bing-web-search/reference/endpoints
// Without a hit `webPages` is absent; errors are an `ErrorResponse` with codes and sub-codes.
#include "engines.hpp"
#include "form.hpp"
#include "http_text.hpp"
#include "json.hpp"
#include "marked_text.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace miniweb {

namespace {

constexpr int largest_page = 50;
constexpr int default_page = 10;

response as_json(int status, const json& body, const request& asked) {
    response answer{status, "application/json; charset=utf-8", body.text()};
    answer.fields.add("BingAPIs-TraceId", hex(digest(asked.target, asked.connection)));
    return answer;
}

struct fault {
    int status;
    std::string_view code, sub_code, message, details;
    std::string_view parameter = {};
    std::string value          = {};
};

response error(const fault& f, const request& asked) {
    auto entry = json::object({{"code", f.code}});
    if (!f.sub_code.empty()) entry.set("subCode", f.sub_code);
    entry.set("message", f.message);
    if (!f.details.empty()) entry.set("moreDetails", f.details);
    if (!f.parameter.empty()) entry.set("parameter", f.parameter).set("value", f.value);
    return as_json(f.status, json::object({{"_type", "ErrorResponse"}, {"errors", json::array({entry})}}), asked);
}

response bad_parameter(std::string_view name, const std::string& value, const request& asked) {
    return error(
        {400, "InvalidRequest", "ParameterInvalidValue", "Parameter has invalid value.", {}, name, value}, asked
    );
}

/// "2024-10-08T00:00:00.0000000Z"
std::string timestamp(std::int64_t unix_seconds) {
    const auto seconds = static_cast<std::time_t>(unix_seconds);
    std::tm t{};
    std::array<char, 64> text{};
    if (gmtime_r(&seconds, &t) == nullptr) return {};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S.0000000Z", &t);
    return text.data();
}

std::string page_id(const engine& bing, std::size_t index) {
    return bing.self + "/api/v7/#WebPages." + std::to_string(index);
}

/// What surrounds a hit: nothing, Bing's private-use marks, or `<b>`.
text_style decoration(const form& parameters) {
    if (!equal_without_case(parameters.value("textDecorations"), "true")) return {};
    if (equal_without_case(parameters.value("textFormat"), "HTML"))
        return {.html = true, .before = "<b>", .after = "</b>"};
    return {.before = "\uE000", .after = "\uE001"};
}

json results(const engine& bing, const std::string& question, const answer& found, const text_style& style) {
    auto body =
        json::object({{"_type", "SearchResponse"}, {"queryContext", json::object({{"originalQuery", question}})}});
    if (found.hits.empty()) return body.set("rankingResponse", json::object());

    auto pages   = json::array();
    auto ranking = json::array();
    for (std::size_t i = 0; i < found.hits.size(); ++i) {
        const hit& h          = found.hits[i];
        const std::string url = bing.url_of(h);
        auto page = json::object({{"id", page_id(bing, i)}, {"name", render(h.title, style)}, {"url", url}});
        page.set("isFamilyFriendly", true).set("displayUrl", url).set("snippet", render(h.snippet, style));
        page.set("dateLastCrawled", timestamp(h.modified)).set("language", h.language.empty() ? "en" : h.language);
        pages.add(page.set("isNavigational", false));
        auto place = json::object({{"answerType", "WebPages"}, {"resultIndex", static_cast<std::int64_t>(i)}});
        ranking.add(place.set("value", json::object({{"id", page_id(bing, i)}})));
    }
    auto web = json::object({{"webSearchUrl", "https://www.bing.com/search?q=" + percent_encode(question, "-._")}});
    web.set("totalEstimatedMatches", static_cast<std::int64_t>(found.total)).set("value", pages);
    body.set("webPages", web);
    return body.set("rankingResponse", json::object({{"mainline", json::object({{"items", ranking}})}}));
}

}  // namespace

response answer_bing(const request& asked, engine& bing) {
    const auto key = asked.fields.find("Ocp-Apim-Subscription-Key");
    if (key.empty() || (!bing.key.empty() && key != bing.key)) {
        constexpr std::string_view required = "Authorization is required.";
        constexpr std::string_view details  = "Subscription key is not recognized.";
        return error({401, "InvalidAuthorization", "AuthorizationMissing", required, details}, asked);
    }
    if (asked.method != "GET") {
        constexpr std::string_view message = "The HTTP method is not allowed.";
        return error({405, "InvalidRequest", "HttpNotAllowed", message, {}}, asked);
    }
    switch (bing.limits.take()) {
    case allowance::verdict::granted: break;
    case allowance::verdict::too_fast: {
        auto refused =
            error({429, "RateLimitExceeded", {}, "Rate limit is exceeded. Try again in 1 seconds.", {}}, asked);
        refused.fields.add("Retry-After", "1");
        return refused;
    }
    case allowance::verdict::quota_spent:
        constexpr std::string_view message = "Out of call volume quota.";
        return error(
            {403, "InsufficientAuthorization", "AuthorizationExpired", message, "The monthly quota is used up."}, asked
        );
    }

    const form parameters{split(asked.target).query};
    const std::string question = clean_text(parameters.value("q"));
    if (question.empty())
        return error({400, "InvalidRequest", "ParameterMissing", "Required parameter is missing.", {}, "q"}, asked);
    const auto count  = parameters.integer("count", default_page);
    const auto offset = parameters.integer("offset", 0);
    if (!count || *count < 1 || *count > largest_page)
        return bad_parameter("count", clean_text(parameters.value("count")), asked);
    if (!offset || *offset < 0) return bad_parameter("offset", clean_text(parameters.value("offset")), asked);

    // responseFilter names the answers wanted; only web pages exist here.
    const auto filter = parameters.find("responseFilter");
    answer found;
    if (!filter || filter->empty() || filter->find("ebpages") != std::string::npos)
        found = bing.pages.find(question, static_cast<std::size_t>(*offset), static_cast<std::size_t>(*count));
    return as_json(200, results(bing, question, found, decoration(parameters)), asked);
}

}  // namespace miniweb
