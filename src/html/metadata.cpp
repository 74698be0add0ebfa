// The first of each kind counts.
#include "html/metadata.hpp"

#include "html/link_resolver.hpp"
#include "html/text_writer.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

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

bool has_word(std::string_view words, std::string_view lower) noexcept {
    while (!words.empty()) {
        words                    = trim(words);
        const auto end           = std::find_if(words.begin(), words.end(), is_space);
        const std::size_t length = static_cast<std::size_t>(end - words.begin());
        if (equals_ignoring_case(words.substr(0, length), lower)) return true;
        words.remove_prefix(length);
    }
    return false;
}

}  // namespace

void metadata::see_html(const element& e) {
    set_once(html_lang_, e.get("lang"));
    set_once(html_lang_, e.get("xml:lang"));
}

void metadata::see_meta(const element& e) {
    const std::string_view content = e.get("content");
    if (content.empty()) return;
    const std::string_view name = trim(e.get("name")), property = trim(e.get("property"));
    if (equals_ignoring_case(name, "description")) set_once(description_, content);
    if (equals_ignoring_case(property, "og:description") || equals_ignoring_case(name, "og:description")) {
        set_once(og_description_, content);
    }
    if (equals_ignoring_case(trim(e.get("http-equiv")), "content-language")) set_once(content_language_, content);
}

void metadata::see_link(const element& e) {
    if (has_word(e.get("rel"), "canonical")) set_once(canonical_, e.get("href"));
}

std::string metadata::language() const {
    std::string tag = language_tag(html_lang_);
    return tag.empty() ? language_tag(content_language_) : tag;
}

std::string metadata::description() const {
    std::string text = folded(first_characters(description_, longest_line));
    return text.empty() ? folded(first_characters(og_description_, longest_line)) : text;
}

std::string metadata::canonical(const link_resolver& links) const {
    std::string absolute;
    if (canonical_.empty() || !links.resolve(canonical_, absolute)) return {};
    return absolute;
}

}  // namespace forage::detail
