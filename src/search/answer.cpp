// The parts of reading an answer that do not depend on the provider.
#include "search/answer.hpp"

#include "search/rate_limits.hpp"

#include <forage/url.hpp>

#include <algorithm>

namespace forage::detail {
namespace {

std::string_view hint_for(errc code, provider p) noexcept {
    switch (code) {
    case errc::invalid_key:
        return p == provider::google
                   ? "check GOOGLE_SEARCH_API_KEY, and that its project may use the Custom Search JSON API"
                   : "check BING_SEARCH_API_KEY";
    case errc::quota_exceeded: return "wait until the quota is renewed, or use another provider";
    case errc::rate_limited: return "ask more slowly";
    case errc::challenge: return "wait some minutes, or use a provider with an API key";
    default: return {};
    }
}

bool looks_like_html(std::string_view body) noexcept {
    const auto first = body.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && body[first] == '<';
}

}  // namespace

error answer_error(provider p, const provider_answer& answer, errc code, std::string what) {
    error e{code, std::move(what), std::string{hint_for(code, p)}};
    e.host        = to_string(p);
    e.http_status = answer.status;
    if (may_come_back(code)) e.retry_at = read_rate_limits(answer).not_before;
    return e;
}

bool may_come_back(errc code) noexcept {
    return code == errc::rate_limited || code == errc::quota_exceeded || code == errc::server_error ||
           code == errc::challenge;
}

errc code_of_status(int status) noexcept {
    if (status == 401 || status == 403) return errc::invalid_key;
    if (status == 429) return errc::rate_limited;
    if (status >= 400 && status < 500) return errc::bad_request;
    if (status >= 500 && status < 600) return errc::server_error;
    return errc::bad_response;
}

errc code_without_reason(int status) noexcept { return status == 403 ? errc::bad_response : code_of_status(status); }

result<json_document> json_body(provider p, const provider_answer& answer) {
    if (answer.body.empty()) return answer_error(p, answer, errc::bad_response, "empty body instead of JSON");
    if (looks_like_html(answer.body)) return answer_error(p, answer, errc::bad_response, "HTML instead of JSON");
    auto document = json_document::parse(answer.body);
    if (!document) return answer_error(p, answer, document.error().code, document.error().what);
    return document;
}

void add_hit(
    std::vector<search_hit>& hits,
    provider p,
    int position,
    std::string_view link,
    std::string title,
    std::string snippet
) {
    const auto target = url::parse(link);
    if (!target) return;
    search_hit hit;
    hit.title    = std::move(title);
    hit.url      = target->text();
    hit.snippet  = std::move(snippet);
    hit.rank     = position;
    hit.provider = p;
    hits.push_back(std::move(hit));
}

}  // namespace forage::detail
