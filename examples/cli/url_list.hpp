// Lists of URLs as people keep them: one a line, with comments and blank lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace forage::cli {

/// The URLs in `text`: one a line, white space around it cut off. Blank lines, and lines that begin with '#', are
/// skipped. The lines are not checked: what is no URL becomes a failure when it is fetched.
[[nodiscard]] std::vector<std::string> parse_url_list(std::string_view text);

struct distinct_urls {
    std::vector<std::string> urls;  ///< first occurrences, in input order
    std::size_t repeated = 0;       ///< how many were left out
};

/// Leaves out URLs that would fetch the same page as an earlier one: equal after parsing, fragments apart.
[[nodiscard]] distinct_urls without_repeats(std::vector<std::string> urls);

}  // namespace forage::cli
