// Escapes where needed and not everywhere: the text is read by people and language models, and `snake_case` or 3 < 4
// should stay readable. Neighbours across a seam of two calls are unknown, and then count as dangerous.
#include "html/markdown_escape.hpp"

#include "text/ascii.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

constexpr auto may_need_escape = [] {
    std::array<bool, 256> table{};
    for (const char c : {'\\', '`', '*', '_', '[', ']', '<', '&', '~', '|', '#'})
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

/// What is there at `i`; '\0' beyond the ends of this run, where anything may follow.
char at(std::string_view text, std::size_t i) noexcept { return i < text.size() ? text[i] : '\0'; }

bool is_word(char c) noexcept { return is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

/// For a character anywhere in a line.
bool needs_escape(std::string_view text, std::size_t i, const escape_context& context) noexcept {
    const char next = at(text, i + 1);
    switch (text[i]) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '~': return true;
    case '_': return i == 0 || !is_word(text[i - 1]) || !is_word(next);  // inside a word it is only a character (§6.2)
    case '<': return next == '\0' || is_letter(next) || next == '/' || next == '!' || next == '?';
    case '&': return next == '\0' || next == '#' || is_letter(next);
    case '|': return context.in_cell;
    case '#': return context.in_heading && (i == 0 || text[i - 1] == ' ');  // closing sequence (§4.2)
    default: return false;
    }
}

/// For the first character of a line.
bool needs_escape_at_start(std::string_view text) noexcept {
    const char next = at(text, 1);
    switch (text[0]) {
    case '#':
    case '>':
    case '=':
    case '|': return true;
    case '-':
    case '+': return next == '\0' || next == ' ' || next == text[0];
    case ':': return next == '\0' || next == '-';  // a table's delimiter row
    default: return false;
    }
}

}  // namespace

void append_escaped(std::string& out, std::string_view text, escape_context& context) {
    std::size_t i = 0;
    if (!text.empty() && context.place == line_place::start && !is_digit(text[0])) {
        context.place = line_place::inside;
        if (needs_escape_at_start(text)) {
            out.push_back('\\');
            out.push_back(text[0]);
            i = 1;
        }
    }
    if (context.place != line_place::inside) {
        while (i < text.size() && is_digit(text[i])) out.push_back(text[i++]);
        context.place = line_place::after_digits;
        if (i == text.size()) return;
        context.place = line_place::inside;
        if (text[i] == '.' || text[i] == ')') {  // "1986. A good year" is not a list
            out.push_back('\\');
            out.push_back(text[i++]);
        }
    }
    std::size_t kept = i;
    for (; i < text.size(); ++i) {
        if (!may_need_escape[static_cast<unsigned char>(text[i])] || !needs_escape(text, i, context)) continue;
        out.append(text, kept, i - kept);
        out.push_back('\\');
        kept = i;
    }
    out.append(text, kept);
}

void append_destination(std::string& out, std::string_view url) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto last_semicolon         = url.rfind(';');
    for (std::size_t i = 0; i < url.size(); ++i) {
        const char c            = url[i];
        const auto b            = static_cast<unsigned char>(c);
        const bool is_structure = c == '(' || c == ')' || c == '<' || c == '>' || c == '`' || c == '|' || c == '\\';
        if (b <= 0x20 || b == 0x7F || is_structure) {
            out.push_back('%');
            out.push_back(digits[b >> 4]);
            out.push_back(digits[b & 15]);
        } else {
            // `&copy;` in a destination would become a character; without its semicolon it would not (§6.2).
            if (c == '&' && last_semicolon != std::string_view::npos && last_semicolon > i) out.push_back('\\');
            out.push_back(c);
        }
    }
}

std::size_t longest_backtick_run(std::string_view text) noexcept {
    std::size_t longest = 0;
    for (std::size_t at = text.find('`'); at != std::string_view::npos; at = text.find('`', at)) {
        const std::size_t end = std::min(text.find_first_not_of('`', at), text.size());
        longest               = std::max(longest, end - at);
        at                    = end;
    }
    return longest;
}

}  // namespace forage::detail
