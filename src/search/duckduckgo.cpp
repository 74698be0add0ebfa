// DuckDuckGo's HTML page: the first page by GET, each further one by posting the form at the end of the page before.
// There is no documented interface; corpora and recorded pages are the reference, and manners matter more than speed.
#include "search/duckduckgo_page.hpp"
#include "search/duckduckgo_region.hpp"
#include "search/form.hpp"
#include "search/plain_text.hpp"
#include "search/provider.hpp"

#include <algorithm>
#include <charconv>

namespace forage::detail {
namespace {

constexpr int most_results              = 300;
constexpr std::size_t longest_query     = 499;  // longer ones get an error page
constexpr std::size_t longest_form      = 8 * 1024;
constexpr auto block_after_refusal      = std::chrono::seconds{60};
constexpr auto longest_block            = std::chrono::minutes{10};
constexpr auto gap_between_two_requests = std::chrono::seconds{1};

// A token is `[N:]FORM`: the fields of the next page's form, encoded, after the number of entries on that page that the
// caller already has.
struct page_token_parts {
    int skip = 0;
    std::string_view form;
};

std::optional<page_token_parts> split_token(std::string_view token) noexcept {
    page_token_parts parts{0, token};
    if (const auto colon = token.find(':'); colon != std::string_view::npos) {
        const auto skip = token_number(token.substr(0, colon), 0, most_results);
        if (!skip) return std::nullopt;
        parts = {*skip, token.substr(colon + 1)};
    }
    const bool encoded = std::all_of(parts.form.begin(), parts.form.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               std::string_view{"*-._+%=&"}.find(c) != std::string_view::npos;
    });
    if (!encoded || parts.form.size() > longest_form) return std::nullopt;
    return parts;
}

// The `s` of a form: how many results come before its page.
int start_of(const form_fields& form) noexcept {
    for (const auto& [name, value] : form)
        if (name == "s") return token_number(value, 0, 100'000).value_or(0);
    return 0;
}

// Later pages have a form back as well; the one that leads on starts further than this page. Nothing when none does.
std::string next_form(const std::vector<form_fields>& forms, int start) {
    const form_fields* best = nullptr;
    for (const auto& form : forms) {
        if (start_of(form) > start) {
            start = start_of(form);
            best  = &form;
        }
    }
    std::string token;
    if (best == nullptr) return token;
    for (const auto& [name, value] : *best) append_field(token, name, value);
    return token.size() <= longest_form ? token : std::string{};
}

// Past the last page comes one more with this single entry.
bool is_end_mark(const std::string& title, const std::string& target) {
    if (title != "EOF") return false;
    const auto link = url::parse(target);
    return link && (link->host() == "google.com" || link->host() == "www.google.com") && link->path() == "/search";
}

class duckduckgo final : public search_provider {
public:
    int most_hits() const noexcept override { return most_results; }

    manners pace() const noexcept override { return {gap_between_two_requests, block_after_refusal, longest_block}; }

    std::string key(const client_options&) const override { return {}; }

    result<void> check_options(const client_options&) const override { return result<void>::success(); }

    result<http_request> request(const client_options& options, const page_query& ask) const override {
        const auto token = split_token(ask.token);
        if (!token) return error{errc::bad_argument, "not a page token of DuckDuckGo"};
        if (ask.query.size() > longest_query)
            return error{errc::bad_argument, "DuckDuckGo takes queries of at most 499 bytes"};
        http_request request;
        std::string query;
        if (token->form.empty()) {
            append_field(query, "q", ask.query);
            const auto region = duckduckgo_region(primary_language(ask.language), language_region(ask.language));
            if (!region.empty()) append_field(query, "kl", region);
        } else {
            request.method = "POST";
            request.body   = token->form;
            request.fields.push_back({"Content-Type", "application/x-www-form-urlencoded"});
        }
        if (!ask.language.empty()) request.fields.push_back({"Accept-Language", ask.language});
        auto target = with_query(options.duckduckgo_url, query);
        if (!target) return target.error();
        request.target = *std::move(target);
        return request;
    }

    result<hit_page> read(const page_query& ask, const provider_answer& answer) const override {
        constexpr auto self = provider::duckduckgo;
        // 202 is what a challenge comes with; 403 and 418 refuse without one.
        if (answer.status == 403 || answer.status == 418)
            return answer_error(self, answer, errc::challenge, "DuckDuckGo refuses this address for now");
        if (answer.status != 200 && answer.status != 202)
            return answer_error(self, answer, code_of_status(answer.status), "no result page");

        // Results first: the query is echoed into the page and could look like anything.
        const auto document = read_duckduckgo_page(answer.body);
        const auto token    = split_token(ask.token).value_or(page_token_parts{});
        bool is_last        = false;
        bool has_ads        = false;
        hit_page page;
        for (std::size_t i = 0; i < document.entries.size(); ++i) {
            const auto& entry = document.entries[i];
            const auto target = unwrap_duckduckgo_link(entry.href);
            has_ads           = has_ads || entry.is_ad || entry.href.find("/y.js") != std::string::npos;
            if (entry.is_ad || !target) continue;
            auto title = fold_text(entry.title);
            if (is_end_mark(title, *target)) {
                is_last = true;
                continue;
            }
            add_hit(page.hits, self, static_cast<int>(i) + 1, *target, std::move(title), fold_text(entry.snippet));
        }
        if (page.hits.empty() && (document.has_challenge_marks || answer.status == 202))
            return answer_error(self, answer, errc::challenge, "DuckDuckGo asks for proof of a human");
        // An empty page must say so, or it is a page of another kind that must not pass for "nothing found".
        const bool says_empty = is_last || has_ads || document.says_no_results ||
                                (document.has_result_container && answer.body.find("uddg=") == std::string_view::npos);
        if (page.hits.empty() && !says_empty)
            return answer_error(self, answer, errc::bad_response, "not a result page");

        std::erase_if(page.hits, [&](const search_hit& hit) { return hit.rank <= token.skip; });
        if (!is_last) page.next = next_form(document.forms, start_of(parse_form(token.form)));
        return page;
    }

    std::string token_after(const page_query& ask, int entries) const override {
        const auto token = split_token(ask.token).value_or(page_token_parts{});
        return std::to_string(entries) + ":" + std::string{token.form};
    }

    int first_rank(std::string_view token) const override {
        const auto parts = split_token(token).value_or(page_token_parts{});
        return start_of(parse_form(parts.form)) + parts.skip + 1;
    }
};

}  // namespace

const search_provider& duckduckgo_provider() noexcept {
    static const duckduckgo instance;
    return instance;
}

}  // namespace forage::detail
