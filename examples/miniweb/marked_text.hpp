// Titles and snippets with their hits marked, in the dress each interface gives them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace miniweb {

/// How a text with the marks of index.hpp in it is written out.
struct text_style {
    bool html                = false;   ///< escape for HTML
    std::string_view before  = {};      ///< in place of hit_begin
    std::string_view after   = {};      ///< in place of hit_end
    std::string_view cut     = " ...";  ///< in place of hit_cut; at the front always "... "
    std::size_t line_width   = 0;       ///< break lines at the first space past this many characters; 0: do not
    std::string_view newline = {};      ///< what a break is, written after the space
};

[[nodiscard]] std::string render(std::string_view marked, const text_style& style);
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace miniweb
