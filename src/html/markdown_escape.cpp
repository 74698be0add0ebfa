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

/// White space and what has a meaning in Markdown where destinations stand.
constexpr auto is_special_in_destination = [] {
    std::array<bool, 256> table{};
    for (unsigned b = 0; b <= 0x20; ++b) table[b] = true;
    for (const char c : {'(', ')', '<', '>', '`', '|', '\\', '&', '\x7F'}) table[static_cast<unsigned char>(c)] = true;
    return table;
}();

/// What is there at `i`; '\0' beyond the ends of this run, where anything may follow.
char at(std::string_view text, std::size_t i) noexcept { return i < text.size() ? text[i] : '\0'; }

/// Whether what begins at the `&` may be a character reference (CommonMark §2.5): they end in a semicolon.
bool may_be_reference(std::string_view text, std::size_t i) noexcept {
    constexpr std::size_t longest = 33;
    const char next               = at(text, i + 1);
    if (next != '\0' && next != '#' && !is_letter(next)) return false;
    for (std::size_t k = i + 1 + (next == '#' ? 1 : 0); k <= i + longest; ++k) {
        const char c = at(text, k);
        if (c == ';' || c == '\0') return true;
        if (!is_letter_or_digit(c)) return false;
    }
    return false;
}

/// Whether what follows a '<' may be the beginning of an e-mail address, which would make a link (§6.5). Stops at the
/// next
/// '<', so that a line of them takes linear time.
bool may_be_email(std::string_view text) noexcept {
    for (const char c : text) {
        if (c == '@') return true;
        if (!is_letter_or_digit(c) && std::string_view{".!#$%&'*+/=?^_`{|}~-"}.find(c) == std::string_view::npos)
            return false;
    }
    return true;  // it may go on
}

/// For a character anywhere in a line, other than `_`.
bool needs_escape(std::string_view text, std::size_t i, const escape_context& context) noexcept {
    const char next = at(text, i + 1);
    switch (text[i]) {
    case '`':
    case '[':
    case ']':
    case '~': return true;
    case '\\': return next != ' ' && !is_letter_or_digit(next);    // before these it is one itself (§2.4)
    case '*': return i == 0 || text[i - 1] != ' ' || next != ' ';  // between spaces it is nothing
    case '<': return is_letter(next) || next == '/' || next == '!' || next == '?' || may_be_email(text.substr(i + 1));
    case '&': return may_be_reference(text, i);
    case '|': return context.in_cell;
    case '#': return context.in_heading && (i == 0 || text[i - 1] == ' ');  // closing sequence (§4.2)
    default: return false;
    }
}

/// For a run of `_` from `from` to `to`: whether it can open emphasis (§6.2). As none of them is left that can open,
/// those that can only close do no harm.
bool may_open(std::string_view text, std::size_t from, std::size_t to) noexcept {
    return (from == 0 || !is_letter_or_digit(text[from - 1])) && at(text, to) != ' ';
}

}  // namespace

std::size_t block_marker(std::string_view line) noexcept {
    constexpr std::size_t most_digits = 9;  // of an ordered list's number (§5.2)
    std::size_t i                     = 0;
    while (i <= most_digits && is_digit(at(line, i))) ++i;
    const char c        = at(line, i);
    const char next     = at(line, i + 1);
    const bool is_alone = next == ' ' || next == '\0';
    if (i != 0) return i <= most_digits && (c == '.' || c == ')') && is_alone ? i : std::string_view::npos;
    switch (c) {
    case '>':
    case '=': return 0;
    case '*':
    case '+': return is_alone ? 0 : std::string_view::npos;
    case '#':
    case '_': return is_alone || next == c ? 0 : std::string_view::npos;
    case '-':
    case ':':
    case '|':  // tables' delimiter rows as well
        return is_alone || next == '-' || next == ':' || next == '|' ? 0 : std::string_view::npos;
    default: return std::string_view::npos;
    }
}

void append_escaped(std::string& out, std::string_view text, escape_context& context) {
    std::size_t kept = 0, i = 0;
    const auto escape = [&] {
        out.append(text, kept, i - kept);
        out.push_back('\\');
        kept = i++;
    };
    if (context.place != line_place::inside && !text.empty()) {
        const bool goes_on = context.place == line_place::after_digits;
        while (i < text.size() && is_digit(text[i])) ++i;
        const auto digits = i;
        if (digits == text.size()) {
            context.place = line_place::after_digits;
        } else {
            context.place = line_place::inside;
            // As many digits as there may have been before make "0. " of the rest.
            const char number[] = {'0', text[i], at(text, i + 1)};
            const auto marker =
                goes_on && digits == 0 ? block_marker({number, at(text, i + 1) == '\0' ? 2u : 3u}) : block_marker(text);
            i = 0;
            if (marker != std::string_view::npos) {
                i = digits;
                escape();
            }
        }
    }
    while (i < text.size()) {
        if (!may_need_escape[static_cast<unsigned char>(text[i])]) {
            ++i;
        } else if (text[i] == '_') {
            const auto from  = i;
            const auto to    = std::min(text.find_first_not_of('_', i), text.size());
            const bool opens = may_open(text, from, to);
            while (i < to) {
                if (opens) {
                    escape();
                } else {
                    ++i;
                }
            }
        } else if (needs_escape(text, i, context)) {
            escape();
        } else {
            ++i;
        }
    }
    out.append(text, kept);
}

void append_destination(std::string& out, std::string_view url) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto last_semicolon         = url.rfind(';');
    std::size_t kept                  = 0;
    for (std::size_t i = 0; i < url.size(); ++i) {
        const auto b = static_cast<unsigned char>(url[i]);
        if (!is_special_in_destination[b]) continue;
        // `&copy;` in a destination would become a character; without its semicolon it would not (§6.2).
        if (b == '&' && (last_semicolon == std::string_view::npos || last_semicolon < i)) continue;
        out.append(url, kept, i - kept);
        kept = i;
        if (b == '&') {
            out.push_back('\\');
            continue;
        }
        out.push_back('%');
        out.push_back(digits[b >> 4]);
        out.push_back(digits[b & 15]);
        ++kept;
    }
    out.append(url, kept);
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
