// Google Custom Search JSON API v1. Source:
// https://developers.google.com/custom-search/v1/reference/rest/v1/cse/list
#include "search/form.hpp"
#include "search/plain_text.hpp"
#include "search/provider.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

constexpr int page_size    = 10;   // num <= 10
constexpr int most_results = 100;  // start 91 with num 10 works; start 101 answers 400

// The languages `lr` can be restricted to; any other value is refused with 400.
constexpr std::array<std::string_view, 33> restrictable{"ar", "bg", "ca", "cs", "da", "de", "el", "en", "es",
                                                        "et", "fi", "fr", "hr", "hu", "id", "is", "it", "iw",
                                                        "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro",
                                                        "ru", "sk", "sl", "sr", "sv", "tr"};

void append_language(std::string& query, std::string_view tag) {
    auto language = primary_language(tag);
    if (language == "zh") {
        const auto region      = language_region(tag);
        const bool traditional = region == "TW" || region == "HK" || tag.find("Hant") != std::string_view::npos;
        append_field(query, "lr", traditional ? "lang_zh-TW" : "lang_zh-CN");
        append_field(query, "hl", traditional ? "zh-TW" : "zh-CN");
        return;
    }
    if (language == "he") language = "iw";
    if (language == "nb" || language == "nn") language = "no";
    if (std::find(restrictable.begin(), restrictable.end(), language) != restrictable.end())
        append_field(query, "lr", "lang_" + language);
    append_field(query, "hl", language);
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

// `details[]` of google.rpc.Status: the key's own fault, and whether a limit is one per day.
bool has_detail_reason(json_view failure, std::initializer_list<std::string_view> reasons) {
    const auto details = failure["details"];
    for (std::size_t i = 0; i < details.size(); ++i)
        if (is_one_of(details[i]["reason"].string(), reasons)) return true;
    return false;
}

bool is_daily_limit(json_view failure) {
    const auto details = failure["details"];
    for (std::size_t i = 0; i < details.size(); ++i) {
        const auto metadata = details[i]["metadata"];
        for (const auto key : {"quota_limit", "quota_unit"}) {
            const auto limit = metadata[key].string();
            if (limit.find("PerDay") != std::string_view::npos || limit.starts_with("1/d")) return true;
        }
    }
    return false;
}

// The older `errors[].reason` and the newer `details[].reason` are read; the message only where a refused key comes
// without either (the older form of 400 "API key not valid").
errc code_of_failure(int status, json_view failure) {
    const auto reason = failure["errors"][0]["reason"].string();
    if (is_one_of(reason, {"keyInvalid", "keyExpired", "dailyLimitExceededUnreg"})) return errc::invalid_key;
    if (has_detail_reason(failure, {"API_KEY_INVALID", "API_KEY_EXPIRED"})) return errc::invalid_key;
    if (is_one_of(reason, {"dailyLimitExceeded", "quotaExceeded", "limitExceeded"})) return errc::quota_exceeded;
    if (is_one_of(reason, {"rateLimitExceeded", "userRateLimitExceeded"}) || status == 429)
        return is_daily_limit(failure) ? errc::quota_exceeded : errc::rate_limited;
    if (status == 400 && failure["message"].string().starts_with("API key ")) return errc::invalid_key;
    if (is_one_of(reason, {"backendError", "internalError"})) return errc::server_error;
    return code_of_status(status);
}

error read_failure(const provider_answer& answer) {
    constexpr auto google = provider::google;
    const auto document   = json_document::parse(answer.body);
    if (!document || !document->root()["error"].is_object())
        return answer_error(google, answer, code_without_reason(answer.status), "no explanation came with the status");
    const auto failure = document->root()["error"];
    // In an answer of 200 the failure's own code is the status that counts.
    const auto code = failure["code"].integer().value_or(0);
    auto seen       = answer;
    if (answer.status == 200) seen.status = code >= 100 && code <= 599 ? static_cast<int>(code) : 0;
    return answer_error(
        google, seen, code_of_failure(seen.status, failure), quote_message(failure["message"].string())
    );
}

class google final : public search_provider {
public:
    int most_hits() const noexcept override { return most_results; }

    std::string key(const client_options& options) const override { return options.google_key.reveal(); }

    result<void> check_options(const client_options& options) const override {
        if (options.google_key.empty() || options.google_cx.empty())
            return error{
                errc::not_configured,
                options.google_key.empty() ? "no API key" : "no search engine id (cx)",
                "set GOOGLE_SEARCH_API_KEY and GOOGLE_SEARCH_CX"
            };
        if (!is_possible_key(options.google_key.reveal()))
            return error{
                errc::invalid_key,
                "the key has white space or characters that no key has",
                "check GOOGLE_SEARCH_API_KEY"
            };
        return result<void>::success();
    }

    result<http_request> request(const client_options& options, const page_query& ask) const override {
        const auto start = token_number(ask.token, 1, most_results);
        if (!start) return error{errc::bad_argument, "not a page token of Google"};
        std::string query;
        append_field(query, "key", options.google_key.reveal());
        append_field(query, "cx", options.google_cx);
        append_field(query, "q", ask.query);
        append_field(query, "num", std::to_string(count_for(ask, *start)));
        append_field(query, "start", std::to_string(*start));
        if (!ask.language.empty()) append_language(query, ask.language);
        auto target = with_query(options.google_url, query);
        if (!target) return target.error();
        http_request request;
        request.target = *std::move(target);
        return request;
    }

    result<hit_page> read(const page_query& ask, const provider_answer& answer) const override {
        constexpr auto self = provider::google;
        if (answer.status != 200) return read_failure(answer);
        const auto document = json_body(self, answer);
        if (!document) return document.error();
        const auto root = document->root();
        if (root["error"].exists()) return read_failure(answer);

        // A page without hits has no `items`, but always says what was searched for.
        const auto items = root["items"];
        const bool known =
            items.exists() ? items.is_array() : root["searchInformation"].is_object() || root["queries"].is_object();
        if (!known) return answer_error(self, answer, errc::bad_response, "JSON of another shape");

        hit_page page;
        bool has_link = false;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const auto item = items[i];
            has_link        = has_link || !item["link"].string().empty();
            add_hit(
                page.hits,
                self,
                static_cast<int>(i) + 1,
                item["link"].string(),
                fold_text(item["title"].string()),
                fold_text(item["snippet"].string())
            );
        }
        if (items.size() > 0 && !has_link)
            return answer_error(self, answer, errc::bad_response, "JSON of another shape: items without links");

        const auto total = root["searchInformation"]["totalResults"].integer();
        if (total && *total >= 0) page.total = static_cast<std::uint64_t>(*total);
        page.corrected  = fold_text(root["spelling"]["correctedQuery"].string());
        const auto next = root["queries"]["nextPage"][0]["startIndex"].integer();
        if (next && *next > token_number(ask.token, 1, most_results).value_or(1) && *next <= most_results)
            page.next = std::to_string(*next);
        return page;
    }

    std::string token_after(const page_query& ask, int entries) const override {
        const int start = first_rank(ask.token) + entries;
        return start <= most_results ? std::to_string(start) : std::string{};
    }

    int first_rank(std::string_view token) const override { return token_number(token, 1, most_results).value_or(1); }

private:
    static int count_for(const page_query& ask, int start) noexcept {
        return std::clamp(ask.wanted, 1, std::min(page_size, most_results + 1 - start));
    }
};

}  // namespace

const search_provider& google_provider() noexcept {
    static const google instance;
    return instance;
}

}  // namespace forage::detail
