#include "search/json_service.hpp"

#include "search/entities.hpp"
#include "search/form.hpp"
#include "search/plain_text.hpp"
#include "search/tag_scanner.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace forage::detail {
namespace {

json_view member(json_view in, std::string_view path) {
    while (!path.empty()) {
        const auto end = std::min(path.find('.'), path.size());
        in             = in[path.substr(0, end)];
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return in;
}

// Without the markup around words that match.
std::string plain_of_html(std::string_view html) {
    constexpr std::size_t most = 8'000;
    std::string text;
    tag_scanner scanner{html.substr(0, most)};
    for (auto token = scanner.next(); token.what != page_token::kind::end_of_page; token = scanner.next())
        text += decode_entities(token.text);
    return fold_text(text);
}

}  // namespace

// Where a search goes on: the page, how many of its entries are known already, and the rank of the one after these.
struct json_provider::place {
    int page = 0, known = 0, rank = 1;

    [[nodiscard]] std::string token() const {
        return std::to_string(page) + '-' + std::to_string(known) + '-' + std::to_string(rank);
    }
};

std::optional<json_provider::place> json_provider::place_of(std::string_view token) const {
    place at{is_.first_page, 0, 1};
    if (token.empty()) return at;
    constexpr int most = 10'000;
    for (int* const part : {&at.page, &at.known, &at.rank}) {
        const auto end   = token.find('-');
        const auto text  = token.substr(0, end);
        const auto found = text.empty() ? std::nullopt : token_number(text, 0, most);
        if (!found || (end == std::string_view::npos) != (part == &at.rank)) return std::nullopt;
        *part = *found;
        token.remove_prefix(end == std::string_view::npos ? token.size() : end + 1);
    }
    if (at.page < is_.first_page || at.page >= is_.first_page + is_.pages) return std::nullopt;
    return at;
}

int json_provider::most_hits() const noexcept { return is_.page_size == 0 ? 200 : is_.page_size * is_.pages; }

result<void> json_provider::check_options(const client_options& options) const {
    const bool lacks_key = is_.key != nullptr && (options.*is_.key).empty();
    if (lacks_key || (options.*is_.url).empty())
        return error{
            errc::not_configured, lacks_key ? "no API key" : "no address", "set " + std::string{is_.to_configure}
        };
    if (is_.key != nullptr && !is_possible_key((options.*is_.key).reveal()))
        return error{
            errc::invalid_key,
            "the key has white space or characters that no key has",
            "check " + std::string{is_.to_configure}
        };
    return result<void>::success();
}

result<http_request> json_provider::request(const client_options& options, const page_query& ask) const {
    const auto at = place_of(ask.token);
    if (!at) return error{errc::bad_argument, "not a page token of " + std::string{to_string(is_.self)}};
    auto base = options.*is_.url;
    while (base.ends_with('/') && !is_.path.empty()) base.pop_back();
    auto target = with_query(base.append(is_.path), is_.posts ? std::string{} : query_of(ask, *at));
    if (!target) return target.error();
    http_request made;
    made.target = *std::move(target);
    made.fields.push_back({"Accept", "application/json"});
    if (is_.key != nullptr)
        made.fields.push_back({std::string{is_.key_field}, std::string{is_.key_prefix} + (options.*is_.key).reveal()});
    if (is_.posts) {
        made.method = "POST";
        made.fields.push_back({"Content-Type", "application/json"});
        made.body = body_of(ask, *at);
    }
    return made;
}

result<hit_page> json_provider::read(const page_query& ask, const provider_answer& answer) const {
    if (answer.status != 200) return refusal(answer);
    const auto document = json_body(is_.self, answer);
    if (!document) return document.error();
    const auto root    = document->root();
    const auto entries = member(root, is_.results);
    if (entries.exists() ? !entries.is_array() : !root.is_object() || !root["query"].exists())
        return answer_error(is_.self, answer, errc::bad_response, "JSON of another shape");

    const auto at = place_of(ask.token).value_or(place{});
    hit_page page;
    bool has_link = false;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto entry = entries[i];
        has_link         = has_link || !entry[is_.link].string().empty();
        if (i < static_cast<std::size_t>(at.known)) continue;
        add_hit(
            page.hits,
            is_.self,
            static_cast<int>(i) + 1 - at.known,
            entry[is_.link].string(),
            words_of(entry[is_.title].string()),
            words_of(entry[is_.snippet].string())
        );
    }
    if (entries.size() > 0 && !has_link)
        return answer_error(is_.self, answer, errc::bad_response, "JSON of another shape: results without links");
    if (entries.size() == 0 && is_.why_empty != nullptr) {
        const auto [code, words] = is_.why_empty(root);
        if (code != errc::ok) return answer_error(is_.self, answer, code, std::string{words});
    }
    if (const auto total = member(root, is_.total).integer(); !is_.total.empty() && total && *total > 0)
        page.total = static_cast<std::uint64_t>(*total);
    const bool has_more = is_.more.empty() ? entries.size() > 0 : member(root, is_.more).boolean().value_or(false);
    const place next{at.page + 1, 0, at.rank + static_cast<int>(entries.size()) - at.known};
    if (has_more && next.page < is_.first_page + is_.pages) page.next = next.token();
    return page;
}

std::string json_provider::token_after(const page_query& ask, int entries) const {
    auto at = place_of(ask.token).value_or(place{is_.first_page, 0, 1});
    at.known += entries;
    at.rank += entries;
    return at.token();
}

int json_provider::first_rank(std::string_view token) const { return place_of(token).value_or(place{}).rank; }

int json_provider::count_of(const page_query& ask, int known) const {
    return is_.pages_by_size ? is_.page_size : std::clamp(ask.wanted + known, 1, is_.page_size);
}

std::string json_provider::query_of(const page_query& ask, const place& at) const {
    std::string query;
    append_field(query, is_.query, ask.query);
    for (const auto& [name, value] : is_.fixed)
        if (!name.empty()) append_field(query, name, value);
    if (!is_.count.empty()) append_field(query, is_.count, std::to_string(count_of(ask, at.known)));
    if (!is_.page.empty() && at.page != is_.first_page) append_field(query, is_.page, std::to_string(at.page));
    if (!is_.language.empty() && !ask.language.empty())
        append_field(query, is_.language, primary_language(ask.language));
    return query;
}

std::string json_provider::body_of(const page_query& ask, const place& at) const {
    json_writer body;
    body.begin_object().field(is_.query, ask.query);
    for (const auto& [name, value] : is_.fixed)
        if (!name.empty()) body.field(name, value);
    if (!is_.count.empty()) body.field(is_.count, count_of(ask, at.known));
    body.end_object();
    return body.take();
}

std::string json_provider::words_of(std::string_view text) const {
    return is_.has_marks ? plain_of_html(text) : fold_text(text);
}

error json_provider::refusal(const provider_answer& answer) const {
    const auto document = json_document::parse(answer.body);
    const auto body     = document ? document->root() : json_view{};
    const auto code     = document ? is_.code_of(answer, body) : code_without_reason(answer.status);
    // Where services put their words: {"error": {"detail"}}, {"detail": {"error"}}, {"error": "…"}.
    for (const auto path : {"error.detail", "error.message", "detail.error", "error", "detail", "message"}) {
        if (auto words = quote_message(member(body, path).string()); !words.empty())
            return answer_error(is_.self, answer, code, std::move(words));
    }
    return answer_error(is_.self, answer, code, "no explanation came with the status");
}

}  // namespace forage::detail
