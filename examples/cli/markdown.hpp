// Words of strangers inside Markdown of ours.
#pragma once

#include <string>
#include <string_view>

namespace forage::cli {

/// `text` on one line, printable, with everything escaped that Markdown would act on.
[[nodiscard]] std::string markdown_line(std::string_view text);

/// `text` as a block quotation, line by line, escaped.
[[nodiscard]] std::string markdown_quote(std::string_view text);

/// `text` as a fenced code block that nothing in it ends; of `language` the letters, digits, '+', '#', '-', '_' and
/// '.'.
[[nodiscard]] std::string markdown_code(std::string_view text, std::string_view language);

/// "[text](<url>)". Source: https://spec.commonmark.org/0.31.2/#link-destination
[[nodiscard]] std::string markdown_link(std::string_view text, std::string_view url);

}  // namespace forage::cli
