// What described services are asked.
#include "search/described_provider.hpp"

#include "search/form.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {
namespace {

constexpr std::string_view language_slot = "{language}";
constexpr std::string_view query_slot    = "{query}";

std::string with_slot(std::string text, std::string_view slot, std::string_view value) {
    for (auto at = text.find(slot); at != std::string::npos; at = text.find(slot, at + value.size()))
        text.replace(at, slot.size(), value);
    return text;
}

}  // namespace

std::string described_provider::place::token() const {
    return std::to_string(page) + '-' + std::to_string(known) + '-' + std::to_string(rank);
}

std::optional<described_provider::place> described_provider::place_of(std::string_view token) const {
    place at{is_.first_page, 0, 1};
    if (token.empty()) return at;
    constexpr int most = 10'000'000;
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

std::string described_provider::next_after(const place& at, std::size_t entries, bool has_more) const {
    const place next{at.page + 1, 0, at.rank + static_cast<int>(entries) - at.known};
    return has_more && next.page < is_.first_page + is_.pages ? next.token() : std::string{};
}

std::string described_provider::token_after(const page_query& ask, int entries) const {
    auto at = place_of(ask.token).value_or(place{is_.first_page, 0, 1});
    at.known += entries;
    at.rank += entries;
    return at.token();
}

int described_provider::first_rank(std::string_view token) const { return place_of(token).value_or(place{}).rank; }

int described_provider::most_hits() const noexcept {
    return is_.page_size == 0 ? most_entries : is_.page_size * is_.pages;
}

std::string described_provider::key(const client_options& options) const {
    return access_to(options, self_).key.reveal();
}

result<void> described_provider::check_options(const client_options& options) const {
    const auto access      = access_to(options, self_);
    const bool lacks_key   = is_.needs_key && access.key.empty();
    const bool has_address = !is_.url.empty() || !access.url.empty();
    if (lacks_key || !has_address)
        return error{
            errc::not_configured,
            lacks_key ? "no API key" : "no address",
            "set " + (lacks_key ? is_.key_environment : is_.url_environment)
        };
    if (!is_possible_key(access.key.reveal()))
        return error{
            errc::invalid_key, "the key has white space or characters that no key has", "check " + is_.key_environment
        };
    return result<void>::success();
}

result<http_request> described_provider::request(const client_options& options, const page_query& ask) const {
    const auto at = place_of(ask.token);
    if (!at) return error{errc::bad_argument, "not a page token of " + is_.name};
    const auto access = access_to(options, self_);
    const auto tongue = ask.language.empty() ? is_.default_language : primary_language(ask.language);
    auto base         = access.url.empty() ? is_.url : access.url;
    if (!access.url.empty() && !base.ends_with(is_.path)) {
        while (base.ends_with('/')) base.pop_back();
        base += is_.path;
    }
    base       = with_slot(std::move(base), language_slot, tongue);
    auto query = is_.posts ? std::string{} : query_of(ask, *at);
    if (!access.key.empty() && !is_.key_parameter.empty()) append_field(query, is_.key_parameter, access.key.reveal());
    auto target = with_query(base, query);
    if (!target) return target.error();

    http_request made;
    made.target = *std::move(target);
    made.fields = is_.fields;
    if (find_field(made.fields, "Accept").empty())
        made.fields.push_back({"Accept", is_.is_feed ? "application/atom+xml, application/rss+xml" : "application/json"}
        );
    if (!access.key.empty() && !is_.key_field.empty())
        made.fields.push_back({is_.key_field, is_.key_prefix + access.key.reveal()});
    if (is_.posts) {
        made.method = "POST";
        made.fields.push_back({"Content-Type", "application/json"});
        made.body = body_of(ask, *at);
    }
    return made;
}

/// Empty: it is left out.
std::string
described_provider::value_of(const service_parameter& parameter, const page_query& ask, const place& at) const {
    using source = service_parameter::source;
    switch (parameter.from) {
    case source::fixed: return parameter.text;
    case source::query: return with_slot(parameter.text, query_slot, ask.query);
    case source::count:
        return std::to_string(is_paged() ? is_.page_size : std::clamp(ask.wanted + at.known, 1, is_.page_size));
    case source::page: return at.page == is_.first_page ? std::string{} : std::to_string(at.page);
    case source::offset: {
        const int pages = at.page - is_.first_page;
        return pages == 0 ? std::string{} : std::to_string(pages * is_.page_size);
    }
    case source::language: return ask.language.empty() ? std::string{} : primary_language(ask.language);
    }
    return {};
}

std::string described_provider::query_of(const page_query& ask, const place& at) const {
    std::string query;
    for (const auto& parameter : is_.parameters) {
        const auto value = value_of(parameter, ask, at);
        if (!value.empty()) append_field(query, parameter.name, value);
    }
    return query;
}

std::string described_provider::body_of(const page_query& ask, const place& at) const {
    using source = service_parameter::source;
    json_writer body;
    body.begin_object();
    for (const auto& parameter : is_.parameters) {
        const auto value = value_of(parameter, ask, at);
        if (value.empty()) continue;
        body.key(parameter.name);
        if (parameter.from == source::fixed) {
            body.json(parameter.json);
        } else if (parameter.from == source::query || parameter.from == source::language) {
            body.value(value);
        } else {
            body.json(value);
        }
    }
    body.end_object();
    return body.take();
}

}  // namespace forage::detail
