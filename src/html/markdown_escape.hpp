// Text and URLs as Markdown that means nothing but the text and the URL (CommonMark 0.31, GFM tables and
// strikethrough).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace forage::detail {

/// Where on its line the next character stands: some characters make structure only at the beginning.
enum class line_place : std::uint8_t { start, after_digits, inside };

struct escape_context {
    line_place place = line_place::start;
    bool in_cell     = false;  ///< of a pipe table
    bool in_heading  = false;
};

/// Appends `text`, which has no line break, and moves `context.place` on.
void append_escaped(std::string& out, std::string_view text, escape_context& context);

/// How many characters of a line come before the one that would make it a list, a heading or another block; npos if
/// none does. What follows `line` is unknown.
[[nodiscard]] std::size_t block_marker(std::string_view line) noexcept;

/// Appends an absolute URL as a link destination: what could end it or begin something else is percent-encoded.
void append_destination(std::string& out, std::string_view url);

/// The number of backticks in the longest run of them.
[[nodiscard]] std::size_t longest_backtick_run(std::string_view text) noexcept;

}  // namespace forage::detail
