// One pass over the characters; a link costs one more search for its end.
#include "research/inline_text.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_ascii_punctuation(char c) noexcept {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

}  // namespace

inline_text read_inline(std::string_view line) {
    inline_text out;
    auto& text          = out.text;
    std::size_t code    = 0;     // backticks that opened the code span we are in
    std::size_t bracket = npos;  // where the text of a link may have begun
    bool has_closing    = true;  // a ')' may follow; once none does, nobody looks again
    for (std::size_t i = 0; i < line.size();) {
        const char c    = line[i];
        const auto rest = line.substr(i + 1);
        if (c == '`') {
            const auto marks = std::min(line.find_first_not_of('`', i), line.size()) - i;
            if (code == 0) {
                code = marks;
            } else if (code == marks) {
                code = 0;
            } else {
                text.append(marks, '`');
            }
            i += marks;
            continue;
        }
        if (code > 0) {
            text += c;
        } else if (c == '\\' && !rest.empty() && is_ascii_punctuation(rest[0])) {
            text += line[++i];
        } else if (c == ']') {
            const auto end = has_closing && rest.starts_with('(') ? line.find(')', i + 1) : npos;
            if (end != npos) {
                i = end;
                if (bracket != npos) {
                    ++out.links;
                    out.linked += text.size() - bracket;
                }
            } else if (rest.starts_with('(')) {
                has_closing = false;
            }
            bracket = npos;
        } else if (c == '!' && rest.starts_with('[')) {
            ++i;  // an image: its text follows
        } else if (c == '[') {
            bracket = text.size();
        } else if (c != '*' && c != '~') {
            text += c;
        }
        ++i;
    }
    return out;
}

std::string_view inside_bold(std::string_view line) noexcept {
    if (line.size() < 5 || !line.starts_with("**") || !line.ends_with("**")) return {};
    line = line.substr(2, line.size() - 4);
    return line.find("**") == npos ? line : std::string_view{};
}

}  // namespace forage::detail
