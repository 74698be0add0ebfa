#include "html/title_neighbours.hpp"

#include "text/ascii.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

constexpr std::size_t longest_line = 140, lines_before = 3, lines_behind = 8, most_bytes_behind = 1500, paragraph = 80,
                      most_paragraphs = 2;

/// Where a line that is `title` begins; npos if there is none. Looks at beginnings of lines only: to search for any
/// text in any other can take their product.
std::size_t find_line(std::string_view text, std::string_view title) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        if (rest.starts_with(title) && (rest.size() == title.size() || is_space(rest[title.size()]))) return at;
        const auto end = text.find('\n', at);
        if (end == std::string_view::npos) break;
        at = end + 1;
    }
    return std::string_view::npos;
}

}  // namespace

std::vector<std::string_view> lines_near_title(std::string_view text, std::string_view title) {
    std::vector<std::string_view> lines;
    const auto at = title.empty() ? std::string_view::npos : find_line(text, title);
    if (at == std::string_view::npos) return lines;
    const auto add = [&](std::string_view line) {
        if (!line.empty() && line.size() <= longest_line) lines.push_back(line);
    };
    auto behind            = text.substr(at + title.size()).substr(0, most_bytes_behind);
    std::size_t paragraphs = 0;  // a lead may come before the byline, but not the text
    for (std::size_t i = 0; i <= lines_behind && paragraphs <= most_paragraphs && !behind.empty(); ++i) {
        const auto end = std::min(behind.find('\n'), behind.size());
        if (end >= paragraph) ++paragraphs;
        add(trim(behind.substr(0, end)));
        behind.remove_prefix(std::min(end + 1, behind.size()));
    }
    auto before = text.substr(0, at);
    for (std::size_t i = 0; i < lines_before && !before.empty(); ++i) {
        before           = before.substr(0, before.size() - 1);
        const auto begin = before.rfind('\n') + 1;
        add(trim(before.substr(begin)));
        before = before.substr(0, begin);
    }
    return lines;
}

}  // namespace forage::detail
