// A page's text as a list of blocks, each under its heading. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

struct text_block {
    std::string heading;  ///< nearest one above, plain text; empty if there is none; a line all in bold counts as one
    std::string text;     ///< plain text; lines stay apart in code and tables
    std::size_t links  = 0;  ///< in it, if it is little else
    bool is_code       = false;
    bool is_navigation = false;      ///< one of several such: contents, menus, lists of pages
    std::size_t begin = 0, end = 0;  ///< the lines it is from, in bytes of what was read
};

/// Paragraphs, list items, tables and code of Markdown as this library writes it; of other Markdown a fair reading. At
/// most 20,000 blocks; headings are cut at 300 bytes.
[[nodiscard]] std::vector<text_block> blocks_of_markdown(std::string_view markdown);

/// The lines of a plain text, as many at most.
[[nodiscard]] std::vector<text_block> blocks_of_text(std::string_view text);

}  // namespace forage::detail
