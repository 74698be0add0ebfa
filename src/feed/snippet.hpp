// The pieces of text in a feed: HTML to plain text, plain text to HTML, XHTML back to markup.
#pragma once

#include "feed/xml_reader.hpp"
#include "html/budget.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace forage::detail {

enum class snippet_kind : std::uint8_t { plain, html };

/// What a reader of `html` sees, with a line break between blocks. Takes its memory from `budget` for as long as it
/// runs; empty if there is too little, which the budget then knows. Linear.
[[nodiscard]] std::string visible_text(std::string_view text, snippet_kind kind, read_budget& budget);

/// The same on one line, cut at `most` bytes.
[[nodiscard]] std::string visible_line(std::string_view text, snippet_kind kind, std::size_t most, read_budget& budget);

/// Appends `text` with '&', '<' and '>' as references; in values also '"'.
void append_html(std::string& out, std::string_view text);

/// Appends a tag as HTML writes it. Names with prefixes lose them.
void append_begin_tag(std::string& out, std::string_view local, std::span<const xml_attribute> attributes);
void append_end_tag(std::string& out, std::string_view local);

}  // namespace forage::detail
