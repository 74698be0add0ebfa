#include "research/page_links.hpp"

#include "text/ascii.hpp"
#include "url/canonical.hpp"

#include <algorithm>
#include <bit>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace forage::detail {
namespace {

constexpr std::size_t most_links  = 2'000;
constexpr std::size_t most_seen   = 20'000;  // links of one page that are looked at
constexpr std::size_t longest_url = 2'048;

std::string_view without_fragment(std::string_view link) noexcept { return link.substr(0, link.find('#')); }

std::size_t count_of(std::string_view text, std::string_view part) noexcept {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

/// How much a link text has, before anything is known of how rare terms are.
int richness(term_mask terms, const term_set& question) noexcept {
    return std::popcount(terms) + 2 * std::popcount(terms & question.names());
}

/// What lines of Markdown say about the links in them, and the headings over them.
std::unordered_map<std::string_view, term_mask> surroundings(std::string_view markdown, const term_set& question) {
    constexpr std::size_t longest_line = 2'000, most_links_around = 3;  // else a line is about more than a link
    std::unordered_map<std::string_view, term_mask> around;
    term_mask heading = 0;
    bool in_code      = false;
    while (!markdown.empty()) {
        const auto line = markdown.substr(0, markdown.find('\n'));
        markdown.remove_prefix(std::min(line.size() + 1, markdown.size()));
        if (trim(line).starts_with("```")) in_code = !in_code;
        if (in_code) continue;
        if (line.starts_with('#')) heading = question.in(line);
        auto at = line.find("](");
        if (at == std::string_view::npos || line.size() > longest_line) continue;
        if (count_of(line, "](") > most_links_around) continue;
        const auto mask = question.in(line) | heading;
        for (; at != std::string_view::npos; at = line.find("](", at + 1)) {
            auto link = line.substr(at + 2);
            link      = link.substr(0, link.find_first_of(") "));
            if (mask != 0) around[without_fragment(link)] |= mask;
        }
    }
    return around;
}

}  // namespace

const std::string& address_of(const page& of) noexcept { return of.final_url.empty() ? of.url : of.final_url; }

std::vector<promising_link> links_of(const page& from, const term_set& question) {
    const auto around = surroundings(from.markdown, question);
    const auto self   = url::parse(address_of(from));
    std::vector<promising_link> links;
    std::unordered_map<std::string_view, std::size_t> by_url;  // what was parsed already; npos: none of ours
    std::unordered_map<std::string, std::size_t> by_key;
    constexpr auto none = std::string_view::npos;
    if (self) by_key.emplace(canonical_form(*self), none);
    for (std::size_t i = 0; i < from.links.size() && i < most_seen; ++i) {
        const auto& link          = from.links[i];
        const auto place          = without_fragment(link.url);
        const auto [known, fresh] = by_url.emplace(place, none);
        if (fresh && place.size() <= longest_url && links.size() < most_links) {
            if (auto target = url::parse(place)) {
                auto key                = canonical_form(*target);
                const auto [at, is_new] = by_key.emplace(key, links.size());
                known->second           = at->second;
                if (is_new) {
                    auto& added   = links.emplace_back();
                    added.site    = class_of(*target);
                    added.role    = role_of(*target, link.text);
                    added.in_url  = question.in(target->path() + target->query());
                    added.in_host = question.in_host(target->host());
                    if (const auto said = around.find(place); said != around.end()) added.around = said->second;
                    added.key    = std::move(key);
                    added.target = *std::move(target);
                }
            }
        }
        if (known->second == none) continue;
        auto& to         = links[known->second];
        const auto terms = question.in(link.text);
        if (richness(terms, question) > richness(to.in_text, question)) to.in_text = terms;
        to.in_texts |= terms;
    }
    return links;
}

}  // namespace forage::detail
