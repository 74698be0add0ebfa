#include "cli/markdown.hpp"

#include "cli/printable.hpp"

#include <algorithm>
#include <cstddef>

namespace forage::cli {

namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What begins a block at the start of a line: headings, lists, rules, fences are '#', '-', '+', '=', '*', '`', '~', or
/// digits before '.' or ')'. Returns where the character stands that must be escaped, or npos.
std::size_t block_mark(std::string_view line) {
    constexpr std::string_view marks = "#-+=";
    if (!line.empty() && marks.find(line.front()) != marks.npos) return 0;
    std::size_t at = 0;
    while (at < line.size() && is_digit(line[at])) ++at;
    if (at > 0 && at < line.size() && (line[at] == '.' || line[at] == ')')) return at;
    return std::string_view::npos;
}

std::string escaped_line(std::string_view line) {
    constexpr std::string_view inline_marks = "\\`*_[]<>~|&!";

    // Four spaces would begin a code block.
    const auto first = line.find_first_not_of(" \t");
    if (first == line.npos) return {};
    line.remove_prefix(first);

    const auto mark = block_mark(line);
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (i == mark || inline_marks.find(line[i]) != inline_marks.npos) out += '\\';
        out += line[i];
    }
    return out;
}

}  // namespace

std::string markdown_line(std::string_view text) { return escaped_line(printable(text)); }

std::string markdown_quote(std::string_view text) {
    const auto shown = printable(text, line_breaks::keep);
    std::string_view rest{shown};
    std::string out;
    while (!rest.empty()) {
        const auto end  = rest.find('\n');
        const auto line = escaped_line(rest.substr(0, end));
        out += line.empty() ? ">\n" : "> " + line + '\n';
        if (end == rest.npos) break;
        rest.remove_prefix(end + 1);
    }
    return out;
}

std::string markdown_code(std::string_view text, std::string_view language) {
    std::size_t longest = 2;
    for (std::size_t at = 0, run = 0; at < text.size(); ++at) {
        run     = text[at] == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    auto out = fence;
    for (const char c : language) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                              std::string_view{"+#-_."}.find(c) != std::string_view::npos;
        if (is_plain) out += c;
    }
    out += '\n' + printable(text, line_breaks::keep);
    if (!out.ends_with('\n')) out += '\n';
    return out + fence + '\n';
}

std::string markdown_link(std::string_view text, std::string_view url) {
    constexpr std::string_view digits = "0123456789ABCDEF";

    std::string target;
    for (const char c : printable(url)) {
        if (c == '<' || c == '>' || c == '\\' || c == ' ') {
            target += '%';
            target += digits[static_cast<unsigned char>(c) >> 4];
            target += digits[static_cast<unsigned char>(c) & 0xF];
        } else {
            target += c;
        }
    }
    return "[" + markdown_line(text) + "](<" + target + ">)";
}

}  // namespace forage::cli
