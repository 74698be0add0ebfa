#include "research/page_digest.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace forage::detail {
namespace {

constexpr double index_weight = 0.3;  // of the passages of a list of what is where

std::vector<equal_passages> kinds_of(const page_passages& all) {
    std::vector<equal_passages> kinds;
    for (const auto& each : all.all) kinds.push_back({each.terms, each.terms | each.in_heading | all.in_title, 1});
    const auto key = [](const equal_passages& each) { return std::tuple{each.in_text, each.with_heading}; };
    std::sort(kinds.begin(), kinds.end(), [&](const auto& left, const auto& right) { return key(left) < key(right); });
    std::size_t last = 0;
    for (std::size_t i = 1; i < kinds.size(); ++i) {
        if (key(kinds[i]) == key(kinds[last])) {
            ++kinds[last].count;
        } else {
            kinds[++last] = kinds[i];
        }
    }
    kinds.resize(std::min(kinds.size(), last + 1));
    return kinds;
}

}  // namespace

page_digest digest_page(page& from, const term_set& question, bool with_links, const std::atomic<bool>& stop) {
    page_digest found;
    const auto address = url::parse(address_of(from));
    if (address) found.role = role_of(*address, from.title);
    found.passages = cut_into_passages(from, question);
    found.kinds    = kinds_of(found.passages);
    if (found.role == page_role::contents || found.role == page_role::index) found.passages.weight = index_weight;
    if (stop.load(std::memory_order_relaxed)) return found;
    if (with_links) found.links = links_of(from, question);
    if (stop.load(std::memory_order_relaxed)) return found;
    found.print = print_of(from.main_text.empty() ? from.text : from.main_text);
    // What is moved out is freed here, and not on the event loop.
    page_content kept;
    kept.title    = std::move(from.title);
    kept.markdown = std::move(from.markdown);
    kept.blocks   = std::move(from.blocks);
    kept.metadata = std::move(from.metadata);
    kept.metadata.headings.clear();
    static_cast<page_content&>(from) = std::move(kept);
    return found;
}

}  // namespace forage::detail
