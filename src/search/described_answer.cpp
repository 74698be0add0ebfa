// What the answers of described services say.
#include "search/described_provider.hpp"
#include "search/entities.hpp"
#include "search/plain_text.hpp"
#include "search/tag_scanner.hpp"
#include "text/ascii.hpp"
#include "url/percent_encode.hpp"

#include <forage/feed.hpp>

#include <algorithm>
#include <utility>

namespace forage::detail {
namespace {

// Without the markup around words that match.
std::string plain_of_html(std::string_view html) {
    constexpr std::size_t most = 8'000;
    std::string text;
    tag_scanner scanner{html.substr(0, most)};
    for (auto token = scanner.next(); token.what != page_token::kind::end_of_page; token = scanner.next())
        text += decode_entities(token.text);
    return fold_text(text);
}

// As a part of a path, the way wikis write titles.
std::string path_part(std::string_view text) {
    std::string part;
    for (const char c : text) {
        if (c == '%') {
            part += "%25";
        } else {
            append_encoded(part, {c == ' ' ? "_" : &c, 1}, encode_set::path);
        }
    }
    return part;
}

std::string text_of(json_view value) {
    if (!value.string().empty()) return std::string{value.string()};
    if (const auto flag = value.boolean()) return *flag ? "true" : "false";
    const auto number = value.integer();
    return number ? std::to_string(*number) : std::string{};
}

}  // namespace

result<hit_page> described_provider::read(const page_query& ask, const provider_answer& answer) const {
    if (is_.is_feed && answer.status == 200) return read_entries(ask, answer);
    return read_json(ask, answer);
}

result<hit_page> described_provider::read_json(const page_query& ask, const provider_answer& answer) const {
    if (answer.status != 200) {
        const auto document = json_document::parse(answer.body);
        const auto body     = document ? document->root() : json_view{};
        return refusal(answer, body, rule_for(answer, body));
    }
    const auto document = json_body(self_, answer);
    if (!document) return document.error();
    const auto root = document->root();
    if (const auto* rule = rule_for(answer, root)) return refusal(answer, root, rule);
    const auto entries = member_at(root, is_.results);
    const bool is_none = !entries.exists() && !is_.always.empty() && member_at(root, is_.always).exists();
    if (!entries.is_array() && !is_none)
        return answer_error(self_, answer, errc::bad_response, "JSON of another shape");

    const auto at    = place_of(ask.token).value_or(place{});
    const auto asked = url::parse(answer.url);
    hit_page page;
    bool has_link = false;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto entry = entries[i];
        const auto link  = link_of(entry, asked ? &*asked : nullptr);
        has_link         = has_link || !link.empty();
        if (i < static_cast<std::size_t>(at.known)) continue;
        const int position = static_cast<int>(i) + 1 - at.known;
        add_hit(page.hits, self_, position, link, words_of(member_at(entry, is_.title).string()), snippet_of(entry));
    }
    if (entries.size() > 0 && !has_link)
        return answer_error(self_, answer, errc::bad_response, "JSON of another shape: results without links");
    if (entries.size() == 0 && !is_.failed_parts.empty() && member_at(root, is_.failed_parts).size() > 0)
        return answer_error(self_, answer, errc::server_error, "no results, and parts of the service did not answer");
    if (!is_.total.empty()) {
        const auto total = member_at(root, is_.total).integer();
        if (total && *total > 0) page.total = static_cast<std::uint64_t>(*total);
    }
    const bool has_more = is_.more.empty() ? entries.size() > 0 : member_at(root, is_.more).boolean().value_or(false);
    page.next           = next_after(at, entries.size(), has_more);
    page.limits         = limits_in(root, answer.now);
    return page;
}

result<hit_page> described_provider::read_entries(const page_query& ask, const provider_answer& answer) const {
    feed_options how;
    how.content_type = answer.field_value("Content-Type");
    how.max_entries  = most_entries;
    const auto found = read_feed(answer.body, how);
    if (!found) return answer_error(self_, answer, errc::bad_response, "no feed: " + found.error().what);
    const auto at = place_of(ask.token).value_or(place{});
    hit_page page;
    for (auto i = static_cast<std::size_t>(at.known); i < found->entries.size(); ++i) {
        const auto& entry  = found->entries[i];
        const int position = static_cast<int>(i) + 1 - at.known;
        add_hit(page.hits, self_, position, entry.url, fold_text(entry.title), fold_text(entry.summary));
    }
    page.next = next_after(at, found->entries.size(), !found->entries.empty());
    return page;
}

/// Where entries have no link, the description says how it is made: "/wiki/{title}".
std::string described_provider::link_of(json_view entry, const url* asked) const {
    const auto open = is_.link.find('{');
    if (open == std::string::npos) return std::string{member_at(entry, is_.link).string()};
    const auto close = is_.link.find('}', open);
    if (close == std::string::npos) return {};
    const auto value = text_of(member_at(entry, std::string_view{is_.link}.substr(open + 1, close - open - 1)));
    if (value.empty()) return {};
    const auto link = url::parse(is_.link.substr(0, open) + path_part(value) + is_.link.substr(close + 1), asked);
    return link ? std::string{link->text()} : std::string{};
}

std::string described_provider::snippet_of(json_view entry) const {
    for (const auto& path : is_.snippets)
        if (auto words = words_of(member_at(entry, path).string()); !words.empty()) return words;
    return {};
}

std::string described_provider::words_of(std::string_view text) const {
    return is_.has_marks ? plain_of_html(text) : fold_text(text);
}

const refusal_rule* described_provider::rule_for(const provider_answer& answer, json_view body) const {
    const auto holds = [&](const refusal_rule& rule) {
        if (rule.status != 0 && rule.status != answer.status) return false;
        if (rule.at.empty()) return true;
        const auto member = member_at(body, rule.at);
        if (!member.exists()) return false;
        const auto text = text_of(member);
        return (rule.is.empty() || text == rule.is) &&
               (rule.has.empty() || find_ignoring_case(text, rule.has) != std::string_view::npos);
    };
    const auto found = std::find_if(is_.refusals.begin(), is_.refusals.end(), holds);
    return found == is_.refusals.end() ? nullptr : &*found;
}

error described_provider::refusal(const provider_answer& answer, json_view body, const refusal_rule* rule) const {
    const auto limits = combined(read_rate_limits(answer), limits_in(body, answer.now));
    auto code         = body.exists() ? code_of_status(answer.status) : code_without_reason(answer.status);
    // A limit that is spent tells a 403 for that from one for a wrong key, and a month that is over from a second.
    const bool is_limit = limits.is_spent || limits.not_before;
    if (answer.status == 429 || (answer.status == 403 && is_limit))
        code = limits.is_spent && limits.is_long ? errc::quota_exceeded : errc::rate_limited;
    if (rule != nullptr) code = rule->means;

    std::string words;
    // Where services put them: {"error": {"detail"}}, {"detail": {"error"}}, {"error": "…"}.
    for (const auto path :
         {"error.detail", "error.message", "error.info", "detail.error", "error", "detail", "error_message", "message"})
        if (words.empty()) words = quote_message(member_at(body, path).string());
    auto why =
        answer_error(self_, answer, code, words.empty() ? "no explanation came with the status" : std::move(words));
    if (code == errc::invalid_key)
        why.hint = is_.key_environment.empty() ? "it is not open to you" : "check " + is_.key_environment;
    if (rule != nullptr && !rule->hint.empty()) why.hint = rule->hint;
    if (may_come_back(code)) why.retry_at = limits.not_before;
    return why;
}

/// What the body says; the fields are read beside it.
rate_limits described_provider::limits_in(json_view body, rate_limits::time_point now) const {
    constexpr std::int64_t day = 24 * 3600;
    rate_limits limits;
    if (!is_.backoff.empty()) {
        const auto wait = member_at(body, is_.backoff).integer();
        if (wait && *wait > 0) postpone(limits.not_before, now + std::chrono::seconds{std::min(*wait, day)});
    }
    if (!is_.quota_left.empty()) limits.is_spent = limits.is_long = member_at(body, is_.quota_left).integer() == 0;
    return limits;
}

}  // namespace forage::detail
