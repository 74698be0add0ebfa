#include "cli/url_list.hpp"

#include <forage/url.hpp>

#include <unordered_set>
#include <utility>

namespace forage::cli {

namespace {

constexpr std::string_view white_space = " \t\r\f\v";

std::string_view trimmed(std::string_view line) {
    const auto first = line.find_first_not_of(white_space);
    if (first == line.npos) return {};
    return line.substr(first, line.find_last_not_of(white_space) - first + 1);
}

}  // namespace

std::vector<std::string> parse_url_list(std::string_view text) {
    std::vector<std::string> urls;
    while (!text.empty()) {
        const auto end  = text.find('\n');
        const auto line = trimmed(text.substr(0, end));
        if (!line.empty() && line.front() != '#') urls.emplace_back(line);
        if (end == text.npos) break;
        text.remove_prefix(end + 1);
    }
    return urls;
}

distinct_urls without_repeats(std::vector<std::string> urls) {
    distinct_urls kept;
    std::unordered_set<std::string> seen;
    for (auto& text : urls) {
        const auto parsed = url::parse(text);
        const bool is_new = seen.insert(parsed ? parsed->without_fragment().text() : text).second;
        if (is_new) {
            kept.urls.push_back(std::move(text));
        } else {
            ++kept.repeated;
        }
    }
    return kept;
}

}  // namespace forage::cli
