// Markdown as HTML, by a renderer that is not ours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace forage::testing {

/// What cmark-gfm makes of it, with its extensions for tables and strikethrough and no options: no raw HTML.
[[nodiscard]] std::string rendered_markdown(std::string_view markdown);

/// The text of the HTML that `rendered_markdown` makes, as `read_html` finds it.
[[nodiscard]] std::string text_of_markdown(std::string_view markdown);

/// Runs of anything but white space.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text);

/// The first place where the texts differ, ignoring white space between words, with what is around it; empty if none.
[[nodiscard]] std::string difference_of_words(std::string_view expected, std::string_view actual);

}  // namespace forage::testing
