#include "html/title_neighbours.hpp"

#include "text/ascii.hpp"

#include <algorithm>

namespace forage::detail {
namespace {

constexpr std::size_t longest_line = 140, lines_before = 3, lines_behind = 8, most_bytes_behind = 1500, paragraph = 80,
                      most_paragraphs = 2;

/// Where a line that is `title` begins; npos if there is none.
std::size_t find_line(std::string_view text, std::string_view title) noexcept {
    for (auto at = text.find(title); at != std::string_view::npos; at = text.find(title, at + title.size())) {
        const auto end = at + title.size();
        if ((at == 0 || text[at - 1] == '\n') && (end == text.size() || is_space(text[end]))) return at;
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
