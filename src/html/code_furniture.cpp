#include "html/code_furniture.hpp"

#include "html/words.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace forage::detail {
namespace {

constexpr auto columns = std::to_array<std::string_view>({
    "blob-num",
    "code-gutter",
    "gutter",
    "hljs-ln-numbers",
    "line-numbers",
    "lineno",
    "linenodiv",
    "linenos",
    "rouge-gutter",
});

constexpr auto numbers = std::to_array<std::string_view>({
    "line-number",
    "line-numbers-rows",
    "linenumber",
    "ln",
    "lnt",
    "react-syntax-highlighter-line-number",
});

constexpr auto lines = std::to_array<std::string_view>({"code-line", "line", "token-line"});

constexpr auto block_word = std::to_array<std::string_view>({"block"});

constexpr auto boxes = std::to_array<std::string_view>({"CodeMirror-code", "cm-content", "syntaxhighlighter"});

bool has_any(std::string_view words, std::span<const std::string_view> wanted) noexcept {
    return any_word(words, [&](std::string_view each) {
        return std::find(wanted.begin(), wanted.end(), each) != wanted.end();
    });
}

/// Whether the style says that readers cannot select what is shown.
bool is_unselectable(std::string_view style) noexcept {
    constexpr std::string_view property = "user-select:";
    const auto at                       = style.find(property);
    return at != std::string_view::npos && trim(style.substr(at + property.size())).starts_with("none");
}

}  // namespace

bool is_code_furniture(const element& e) noexcept {
    if (e.name == tag::button) return true;
    if (e.name == tag::code || e.name == tag::pre) return false;
    return is_line_number_column(e) || has_any(e.get("class"), numbers) || is_unselectable(e.get("style"));
}

bool is_line_number_column(const element& e) noexcept { return has_any(e.get("class"), columns); }

bool is_code_line(const element& e) noexcept {
    return has_any(e.get("class"), lines) || e.find("data-line") != nullptr;
}

bool is_code_box(const element& e) noexcept {
    if (e.name == tag::code) return has_any(e.get("class"), block_word);
    return e.name == tag::block && has_any(e.get("class"), boxes);
}

}  // namespace forage::detail
