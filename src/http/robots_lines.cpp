// Takes lines apart without copying anything.
#include "http/robots_lines.hpp"

#include "http/message.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

constexpr std::string_view blanks    = " \t\v\f";
constexpr std::string_view line_ends = "\r\n";

std::string_view trimmed(std::string_view text) noexcept {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view without_mark(std::string_view text) noexcept {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    const auto end                  = std::mismatch(mark.begin(), mark.end(), text.begin(), text.end()).second;
    return text.substr(static_cast<std::size_t>(end - text.begin()));
}

std::string_view within_limit(std::string_view text) noexcept {
    if (text.size() <= max_robots_bytes) return text;
    // Half a path would be a rule for more than was meant.
    const bool cuts_line = line_ends.find(text[max_robots_bytes]) == std::string_view::npos;
    text                 = text.substr(0, max_robots_bytes);
    return cuts_line ? text.substr(0, text.find_last_of(line_ends) + 1) : text;
}

robots_line::kind kind_of(std::string_view name) noexcept {
    using kind = robots_line::kind;
    struct spelling {
        std::string_view name;
        kind what;
    };
    // The misspellings are those of Google's parser, the reference for what sites rely on.
    constexpr std::array<spelling, 11> spellings{{
        {"user-agent", kind::user_agent},
        {"useragent", kind::user_agent},
        {"user agent", kind::user_agent},
        {"allow", kind::allow},
        {"disallow", kind::disallow},
        {"dissallow", kind::disallow},
        {"dissalow", kind::disallow},
        {"disalow", kind::disallow},
        {"diasllow", kind::disallow},
        {"disallaw", kind::disallow},
        {"crawl-delay", kind::crawl_delay},
    }};
    for (const auto& [known, what] : spellings) {
        if (equal_ignoring_case(name, known)) return what;
    }
    return kind::other;
}

}  // namespace

robots_line read_robots_line(std::string_view line) noexcept {
    line       = trimmed(line.substr(0, line.find('#')));
    auto split = line.find(':');
    if (split == std::string_view::npos) {
        split           = line.find_first_of(blanks);
        const auto word = split == std::string_view::npos ? std::string_view{} : trimmed(line.substr(split));
        if (word.empty() || word.find_first_of(blanks) != std::string_view::npos) return {};
    }
    return {kind_of(trimmed(line.substr(0, split))), trimmed(line.substr(split + 1))};
}

robots_lines::robots_lines(std::string_view text) noexcept : rest_{without_mark(within_limit(text))} {}

std::optional<robots_line> robots_lines::next() noexcept {
    if (rest_.empty()) return std::nullopt;
    const auto line = rest_.substr(0, rest_.find_first_of(line_ends));
    // The empty line inside a CRLF is one more that says nothing.
    rest_.remove_prefix(std::min(line.size() + 1, rest_.size()));
    return read_robots_line(line);
}

std::string_view leading_product_token(std::string_view text) noexcept {
    const auto* const end =
        std::find_if_not(text.begin(), text.end(), [](char c) { return is_letter(c) || c == '-' || c == '_'; });
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

std::optional<std::chrono::milliseconds>
read_crawl_delay(std::string_view value, std::chrono::milliseconds longest) noexcept {
    std::chrono::milliseconds delay{};
    bool has_digit = false;
    std::size_t i  = 0;
    for (; i < value.size() && is_digit(value[i]); ++i) {
        has_digit = true;
        delay     = std::min(delay * 10 + std::chrono::seconds{value[i] - '0'}, longest);
    }
    if (i < value.size() && value[i] == '.') {
        std::chrono::milliseconds unit{100};
        for (++i; i < value.size() && is_digit(value[i]); ++i, unit /= 10) {
            has_digit = true;
            delay += unit * (value[i] - '0');
        }
    }
    if (!has_digit) return std::nullopt;
    return std::min(delay, longest);
}

}  // namespace forage::detail
