// Bing Web Search API v7, and services that speak it. Source:
// https://learn.microsoft.com/bing/search-apis/bing-web-search/reference/endpoints, …/error-codes
#include "search/bing_redirect.hpp"
#include "search/form.hpp"
#include "search/plain_text.hpp"
#include "search/provider.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

constexpr int page_size    = 50;    // count <= 50
constexpr int most_results = 1000;  // Bing names no limit, but repeats itself long before

struct named_code {
    std::string_view name;
    errc code;
};
constexpr std::array<named_code, 5> documented{{
    {"InvalidRequest", errc::bad_request},
    {"InvalidAuthorization", errc::invalid_key},
    {"InsufficientAuthorization", errc::invalid_key},
    {"RateLimitExceeded", errc::rate_limited},
    {"ServerError", errc::server_error},
}};

// Bing's own errors come as `errors[]`; the gateway before it answers with `error` or with `statusCode` and `message`.
error read_failure(const provider_answer& answer) {
    constexpr auto self = provider::bing;
    auto code           = code_of_status(answer.status);
    // 403 without a reason of its own is the monthly quota (error-codes: "exceeded their queries per month quota").
    if (answer.status == 403) code = errc::quota_exceeded;

    const auto document = json_document::parse(answer.body);
    if (!document)
        return answer_error(self, answer, code_without_reason(answer.status), "no explanation came with the status");
    const auto root    = document->root();
    const auto failure = root["errors"].size() > 0 ? root["errors"][0] : root["error"];
    const auto* found  = std::find_if(documented.begin(), documented.end(), [&](const named_code& each) {
        return each.name == failure["code"].string();
    });
    if (found != documented.end()) code = found->code;
    const auto message = failure.is_object() ? failure["message"].string() : root["message"].string();
    return answer_error(self, answer, code, quote_message(message));
}

class bing final : public search_provider {
public:
    int most_hits() const noexcept override { return most_results; }

    std::string key(const client_options& options) const override { return options.bing_key.reveal(); }

    result<void> check_options(const client_options& options) const override {
        if (options.bing_key.empty()) return error{errc::not_configured, "no API key", "set BING_SEARCH_API_KEY"};
        if (!is_possible_key(options.bing_key.reveal()))
            return error{
                errc::invalid_key, "the key has white space or characters that no key has", "check BING_SEARCH_API_KEY"
            };
        return result<void>::success();
    }

    result<http_request> request(const client_options& options, const page_query& ask) const override {
        const auto offset = token_number(ask.token, 0, most_results);
        if (!offset) return error{errc::bad_argument, "not a page token of Bing"};
        std::string query;
        append_field(query, "q", ask.query);
        append_field(query, "count", std::to_string(std::clamp(ask.wanted, 1, page_size)));
        append_field(query, "offset", std::to_string(*offset));
        append_field(query, "responseFilter", "Webpages");
        append_field(query, "textDecorations", "false");
        append_field(query, "textFormat", "Raw");
        if (!ask.language.empty()) {
            const auto language = primary_language(ask.language);
            const auto region   = language_region(ask.language);
            if (!region.empty()) append_field(query, "mkt", language + "-" + region);
            append_field(query, "setLang", language);
        }
        auto target = with_query(options.bing_url, query);
        if (!target) return target.error();
        http_request request;
        request.target = *std::move(target);
        request.fields.push_back({"Ocp-Apim-Subscription-Key", options.bing_key.reveal()});
        return request;
    }

    result<hit_page> read(const page_query& ask, const provider_answer& answer) const override {
        constexpr auto self = provider::bing;
        if (answer.status != 200) return read_failure(answer);
        // Documented under throttling: suspected abuse gets 200 and nothing.
        if (answer.body.empty())
            return answer_error(self, answer, errc::rate_limited, "empty answer: Bing suspects abuse");
        const auto document = json_body(self, answer);
        if (!document) return document.error();
        const auto root = document->root();
        if (root["_type"].string() == "ErrorResponse" || root["errors"].size() > 0 || root["error"].is_object())
            return read_failure(answer);

        // A page without hits has no `webPages`, but is a SearchResponse all the same.
        const auto pages   = root["webPages"];
        const auto entries = pages["value"];
        const bool known   = pages.exists()
                                 ? entries.is_array()
                                 : root["_type"].string() == "SearchResponse" || root["queryContext"].is_object();
        if (!known) return answer_error(self, answer, errc::bad_response, "JSON of another shape");

        hit_page page;
        bool has_link = false;
        for (std::size_t i = 0; i < entries.size() && i < page_size; ++i) {
            const auto entry = entries[i];
            has_link         = has_link || !entry["url"].string().empty();
            add_hit(
                page.hits,
                self,
                static_cast<int>(i) + 1,
                unwrap_bing_redirect(entry["url"].string()),
                fold_marked_text(entry["name"].string()),
                fold_marked_text(entry["snippet"].string())
            );
        }
        if (entries.size() > 0 && !has_link)
            return answer_error(self, answer, errc::bad_response, "JSON of another shape: results without links");

        const auto total = pages["totalEstimatedMatches"].integer();
        if (total && *total >= 0) page.total = static_cast<std::uint64_t>(*total);
        page.corrected = fold_marked_text(root["queryContext"]["alteredQuery"].string());
        // Bing names no next page: there is one if it claims more matches than were seen.
        const auto seen = static_cast<int>(std::min<std::size_t>(entries.size(), page_size));
        const int end   = first_rank(ask.token) - 1 + seen;
        if (seen > 0 && end < most_results && page.total.value_or(0) > static_cast<std::uint64_t>(end))
            page.next = std::to_string(end);
        return page;
    }

    std::string token_after(const page_query& ask, int entries) const override {
        const int offset = first_rank(ask.token) - 1 + entries;
        return offset < most_results ? std::to_string(offset) : std::string{};
    }

    int first_rank(std::string_view token) const override {
        return token_number(token, 0, most_results).value_or(0) + 1;
    }
};

}  // namespace

const search_provider& bing_provider() noexcept {
    static const bing instance;
    return instance;
}

}  // namespace forage::detail
