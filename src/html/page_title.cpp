#include "html/page_title.hpp"

#include "html/loose_text.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

constexpr std::size_t most_headings = 16;  // that are looked at: many pages have an h1 for each part

/// The h1 that has most in common with what machines are told the page is called.
const page_heading* matching_heading(const title_sources& from, const title_context& known) {
    constexpr double enough = 0.5;
    const auto told = std::string{from.element} + ' ' + std::string{from.social} + ' ' + std::string{from.headline};
    const page_heading* best = nullptr;
    double most              = 0;
    std::size_t looked_at    = 0;
    for (const auto& each : from.headings) {
        if (each.level != 1) continue;
        if (++looked_at > most_headings) break;
        if (is_site_name(each.text, known)) continue;
        const auto common = words_in_common(each.text, told);
        if (common < enough || common <= most) continue;
        const bool is_one_word = loose_words(each.text).size() == 1;
        if (is_one_word) {
            const auto is_all_of = [&](std::string_view title) {
                return loose(without_site_name(title, known)) == loose(each.text);
            };
            if (!is_all_of(from.element) && !is_all_of(from.social)) continue;
        }
        best = &each;
        most = common;
    }
    return best;
}

/// The h1, if there is one only.
const page_heading* only_heading(const title_sources& from, const title_context& known) {
    const page_heading* only = nullptr;
    for (const auto& each : from.headings) {
        if (each.level != 1) continue;
        if (only != nullptr) return nullptr;
        only = &each;
    }
    if (only == nullptr || is_site_name(only->text, known)) return nullptr;
    constexpr double little = 0.25;
    const auto told         = std::string{from.element} + ' ' + std::string{from.social};
    const bool is_alone     = loose(told).empty();
    return is_alone || from.is_article || words_in_common(only->text, told) >= little ? only : nullptr;
}

}  // namespace

chosen_title choose_title(const title_sources& from, title_context known) {
    // A heading that is behind the mark in the title element is what the page belongs to.
    const auto tail = tail_of_title(from.element);
    if (!tail.empty()) {
        for (const auto& each : from.headings) {
            if (each.level == 1 && loose(each.text) == loose(tail)) known.site_names.push_back(tail);
            if (each.level == 1) break;
        }
    }
    if (const auto* heading = matching_heading(from, known)) {
        known.only_known = true;
        return {without_site_name(heading->text, known), metadata_source::heading};
    }
    if (const auto* only = only_heading(from, known)) return {only->text, metadata_source::heading};
    const struct {
        std::string_view text;
        metadata_source source;
    } choices[] = {
        {from.social, metadata_source::meta},
        {from.headline, metadata_source::json_ld},
        {from.element, metadata_source::title},
    };
    for (const auto& each : choices) {
        auto text = without_site_name(each.text, known);
        if (!text.empty()) return {std::move(text), each.source};
    }
    const auto first =
        std::find_if(from.headings.begin(), from.headings.end(), [](const auto& h) { return h.level == 1; });
    if (first == from.headings.end()) return {};
    return {first->text, metadata_source::heading};
}

}  // namespace forage::detail
