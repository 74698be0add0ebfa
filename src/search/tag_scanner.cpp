// Tags end where https://html.spec.whatwg.org/multipage/parsing.html#tag-open-state says, with attribute values in
// double, single or no quotes. Every branch moves forward, so the work is linear in the page.
#include "search/tag_scanner.hpp"

#include "search/entities.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <cstddef>

namespace forage::detail {
namespace {

constexpr auto npos = std::string_view::npos;

void skip_spaces(std::string_view& text) noexcept {
    while (!text.empty() && (is_space(text.front()) || text.front() == '/')) text.remove_prefix(1);
}

std::string_view take_until(std::string_view& text, auto&& ends) noexcept {
    std::size_t length = 0;
    while (length < text.size() && !ends(text[length])) ++length;
    const auto taken = text.substr(0, length);
    text.remove_prefix(length);
    return taken;
}

struct raw_attribute {
    std::string_view name;
    std::string_view value;
};

// Takes one attribute off the front; nothing when there is none left.
std::optional<raw_attribute> take_attribute(std::string_view& text) noexcept {
    skip_spaces(text);
    if (text.empty()) return std::nullopt;
    raw_attribute found;
    const std::size_t first = text.front() == '=' ? 1 : 0;  // a leading '=' belongs to the name
    auto after_first        = text.substr(first);
    found.name              = text.substr(0, first + take_until(after_first, [](char c) {
                                            return is_space(c) || c == '=' || c == '/';
                                        }).size());
    text                    = after_first;
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    if (!text.starts_with('=')) return found;
    text.remove_prefix(1);
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    if (text.starts_with('"') || text.starts_with('\'')) {
        const char quote = text.front();
        text.remove_prefix(1);
        found.value = take_until(text, [quote](char c) { return c == quote; });
        if (!text.empty()) text.remove_prefix(1);
    } else {
        found.value = take_until(text, is_space);
    }
    return found;
}

// Where the tag that begins at text[0] ends: the position of its '>', or npos. Quotes count only where a value begins,
// as in the standard; elsewhere they are part of a name.
std::size_t find_tag_end(std::string_view text, std::size_t at) noexcept {
    bool after_equals = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '>') return at;
        if (after_equals && (c == '"' || c == '\'')) {
            at = text.find(c, at + 1);
            if (at == npos) return npos;
            after_equals = false;
        } else if (!is_space(c)) {
            after_equals = c == '=';
        }
    }
    return npos;
}

bool hides_its_content(std::string_view name) noexcept {
    return name == "script" || name == "style" || name == "textarea";
}

}  // namespace

std::string page_token::attribute(std::string_view wanted) const {
    auto left = attributes;
    while (const auto found = take_attribute(left))
        if (equals_ignoring_case(found->name, wanted)) return decode_entities(found->value);
    return {};
}

bool page_token::has_class(std::string_view word) const {
    const auto words      = attribute("class");
    std::string_view left = words;
    while (!left.empty()) {
        if (take_until(left, is_space) == word) return true;
        if (!left.empty()) left.remove_prefix(1);
    }
    return false;
}

bool page_token::has_class_with_prefix(std::string_view prefix) const {
    const auto words      = attribute("class");
    std::string_view left = words;
    while (!left.empty()) {
        if (take_until(left, is_space).starts_with(prefix)) return true;
        if (!left.empty()) left.remove_prefix(1);
    }
    return false;
}

bool tag_scanner::skip_markup_declaration() noexcept {
    if (rest_.starts_with("<!--")) {
        const auto end = rest_.find("-->", 2);  // "<!-->" is a whole comment
        rest_.remove_prefix(end == npos ? rest_.size() : end + 3);
        return true;
    }
    if (rest_.starts_with("<!") || rest_.starts_with("<?") ||
        (rest_.starts_with("</") && rest_.size() > 2 && !is_letter(rest_[2]))) {
        const auto end = rest_.find('>');
        rest_.remove_prefix(end == npos ? rest_.size() : end + 1);
        return true;
    }
    return false;
}

void tag_scanner::skip_to_end_tag(std::string_view name) noexcept {
    while (!rest_.empty()) {
        const auto open = rest_.find("</");
        if (open == npos) {
            rest_ = {};
            return;
        }
        rest_.remove_prefix(open);
        if (starts_with_ignoring_case(rest_.substr(2), name)) return;
        rest_.remove_prefix(2);
    }
}

page_token tag_scanner::next() {
    page_token token;
    while (rest_.starts_with('<') && skip_markup_declaration()) {}
    if (rest_.empty()) return token;

    const bool is_end       = rest_.starts_with("</");
    const std::size_t start = is_end ? 2 : 1;
    if (rest_.front() == '<' && rest_.size() > start && is_letter(rest_[start])) {
        const auto end = find_tag_end(rest_, start);
        if (end == npos) {  // the page ends inside a tag: the standard drops it
            rest_ = {};
            return token;
        }
        auto inside = rest_.substr(start, end - start);
        rest_.remove_prefix(end + 1);
        token.what      = is_end ? page_token::kind::end_tag : page_token::kind::start_tag;
        const auto name = take_until(inside, [](char c) { return is_space(c) || c == '/'; });
        token.name.resize(name.size());
        std::transform(name.begin(), name.end(), token.name.begin(), to_lower);
        token.attributes = inside;
        if (!is_end && hides_its_content(token.name)) skip_to_end_tag(token.name);
        return token;
    }
    token.what     = page_token::kind::text;
    const auto end = std::min(rest_.find('<', 1), rest_.size());
    token.text     = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return token;
}

}  // namespace forage::detail
