// The first of each kind counts.
#include "html/document_head.hpp"

#include "html/link_resolver.hpp"
#include "html/text_writer.hpp"
#include "html/words.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

constexpr std::size_t longest_name = 256;

void set_once(std::string_view& field, std::string_view value) {
    if (field.empty()) field = trim(value);
}

/// BCP 47 as far as its alphabet goes; some pages write en_US.
std::string language_tag(std::string_view text) {
    text                          = trim(text.substr(0, text.find(',')));  // content-language may be a list
    constexpr std::size_t longest = 35;                                    // RFC 5646 §4.4.1
    if (text.empty() || text.size() > longest) return {};
    std::string tag{text};
    std::replace(tag.begin(), tag.end(), '_', '-');
    const bool valid = std::all_of(tag.begin(), tag.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
    return valid && is_letter(tag.front()) ? tag : std::string{};
}

bool is_feed(std::string_view type) noexcept {
    for (const auto each : {"application/rss+xml", "application/atom+xml", "application/feed+json"}) {
        if (equals_ignoring_case(type, each)) return true;
    }
    return false;
}

}  // namespace

void document_head::see_html(const element& e) {
    set_once(html_lang_, e.get("lang"));
    set_once(html_lang_, e.get("xml:lang"));
}

void document_head::see_meta(const element& e) {
    const std::string_view content = e.get("content");
    if (content.empty()) return;
    const std::string_view name = trim(e.get("name")), property = trim(e.get("property"));
    for (const auto called : {name, property, trim(e.get("itemprop"))}) {
        if (!called.empty()) fields_.see(called, content);
    }
    if (equals_ignoring_case(name, "description")) set_once(description_, content);
    if (equals_ignoring_case(property, "og:description") || equals_ignoring_case(name, "og:description")) {
        set_once(og_description_, content);
    }
    if (equals_ignoring_case(trim(e.get("http-equiv")), "content-language")) set_once(content_language_, content);
}

void document_head::see_link(const element& e) {
    const std::string_view rel = e.get("rel"), href = e.get("href");
    if (has_word_ignoring_case(rel, "canonical")) set_once(canonical_, href);
    if (has_word_ignoring_case(rel, "license")) set_once(licence_, href);
    if (has_word_ignoring_case(rel, "image_src")) set_once(image_, href);
    if (!has_word_ignoring_case(rel, "alternate") || alternates_.size() == most_links) return;
    const linked found{href, trim(e.get("hreflang")), e.get("title"), trim(e.get("type"))};
    if (!found.language.empty() || is_feed(found.type)) alternates_.push_back(found);
}

std::string document_head::language() const {
    std::string tag = language_tag(html_lang_);
    return tag.empty() ? language_tag(content_language_) : tag;
}

std::string document_head::description() const {
    std::string text = folded(first_characters(description_, longest_line));
    return text.empty() ? folded(first_characters(og_description_, longest_line)) : text;
}

std::string document_head::canonical(const link_resolver& links) const {
    std::string absolute;
    if (canonical_.empty() || !links.resolve(canonical_, absolute)) return {};
    return absolute;
}

void document_head::take_links(const link_resolver& links, page_metadata& into) const {
    std::string absolute;
    if (into.image.empty() && !image_.empty() && links.resolve(image_, absolute)) into.image = absolute;
    if (into.licence.empty() && !licence_.empty() && links.resolve(licence_, absolute)) into.licence = absolute;
    for (const auto& each : alternates_) {
        if (!links.resolve(each.url, absolute)) continue;
        if (is_feed(each.type)) {
            std::string type{each.type};
            std::transform(type.begin(), type.end(), type.begin(), to_lower);
            into.feeds.push_back({absolute, folded(first_characters(each.title, longest_name)), std::move(type)});
        } else if (auto language = language_tag(each.language); !language.empty()) {
            into.alternates.push_back({absolute, std::move(language)});
        }
    }
}

}  // namespace forage::detail
