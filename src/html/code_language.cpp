// The conventions of the HTML standard's example, Prism, highlight.js, Sphinx, GitHub, SyntaxHighlighter and Pandoc.
#include "html/code_language.hpp"

#include "text/ascii.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

/// A name that may stand behind a fence, or nothing.
std::string clean(std::string_view name) {
    constexpr std::size_t longest = 32;
    if (name.empty() || name.size() > longest) return {};
    std::string lower(name.size(), '\0');
    std::transform(name.begin(), name.end(), lower.begin(), to_lower);
    const bool usual = std::all_of(lower.begin(), lower.end(), [](char c) {
        return is_letter_or_digit(c) || c == '+' || c == '#' || c == '-' || c == '.' || c == '_';
    });
    if (!usual || lower == "none" || lower == "default" || lower == "nohighlight" || lower == "wrap" ||
        lower == "wrapper")
        return {};
    return lower;
}

std::string_view next_word(std::string_view& rest) noexcept {
    while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
    const auto end              = std::find_if(rest.begin(), rest.end(), is_space);
    const std::string_view word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    rest.remove_prefix(word.size());
    return word;
}

bool remove_prefix_ignoring_case(std::string_view& word, std::string_view prefix) noexcept {
    if (!starts_with_ignoring_case(word, prefix)) return false;
    word.remove_prefix(prefix.size());
    return true;
}

}  // namespace

std::string language_from_classes(std::string_view classes) {
    while (!classes.empty()) {
        std::string_view word = next_word(classes);
        if (word == "sourceCode" || word == "hljs" || word == "hl" || word == "syntaxhighlighter") {
            std::string_view rest = classes;
            word                  = next_word(rest);
            if (word.find('-') == std::string_view::npos) {
                if (std::string name = clean(word); !name.empty()) return name;
            }
            continue;
        }
        if (remove_prefix_ignoring_case(word, "brush:")) {  // "brush: js; toolbar: false"
            if (word.empty()) word = next_word(classes);
            if (std::string name = clean(word.substr(0, word.find(';'))); !name.empty()) return name;
            continue;
        }
        for (const std::string_view prefix : {"language-", "lang-", "highlight-source-", "highlight-"}) {
            if (!remove_prefix_ignoring_case(word, prefix)) continue;
            if (std::string name = clean(word); !name.empty()) return name;
            break;
        }
    }
    return {};
}

std::string language_of(const element& e) {
    for (const std::string_view name : {"data-lang", "data-language"}) {
        if (std::string language = clean(trim(e.get(name))); !language.empty()) return language;
    }
    return language_from_classes(e.get("class"));
}

}  // namespace forage::detail
