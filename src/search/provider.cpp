// What the providers share.
#include "search/provider.hpp"

#include "text/ascii.hpp"

#include <forage/url.hpp>

#include <algorithm>
#include <charconv>

namespace forage {

std::vector<std::string> search_results::urls() const {
    std::vector<std::string> found;
    found.reserve(hits.size());
    for (const auto& hit : hits) found.push_back(hit.url);
    return found;
}

}  // namespace forage

namespace forage::detail {

service_access access_to(const client_options& options, provider p) {
    const auto found = options.services.find(p);
    return found == options.services.end() ? service_access{} : found->second;
}

result<url> with_query(std::string_view base, std::string_view query) {
    const auto parsed = url::parse(base);
    if (!parsed) return error{errc::bad_argument, "the service's base URL is not an http or https URL"};
    auto text = parsed->without_fragment().text();
    if (!query.empty()) text.append(parsed->query().empty() ? "?" : "&").append(query);
    return url::parse(text);
}

std::optional<int> token_number(std::string_view token, int first, int last) noexcept {
    if (token.empty()) return first;
    int number                = 0;
    const auto* const end     = token.data() + token.size();
    const auto [stop, failed] = std::from_chars(token.data(), end, number);
    if (failed != std::errc{} || stop != end || number < first || number > last) return std::nullopt;
    return number;
}

bool is_possible_key(std::string_view key) noexcept {
    return std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

std::string primary_language(std::string_view tag) {
    std::string primary{tag.substr(0, tag.find('-'))};
    for (char& c : primary) c = to_lower(c);
    return primary;
}

std::string language_region(std::string_view tag) {
    for (auto dash = tag.find('-'); dash != std::string_view::npos; dash = tag.find('-')) {
        tag.remove_prefix(dash + 1);
        std::string part{tag.substr(0, tag.find('-'))};
        if (part.size() != 2) continue;
        for (char& c : part)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        return part;
    }
    return {};
}

}  // namespace forage::detail
