// What a page says of itself, as lines above its text: "author: Jane Roe". Words of strangers stay words.
#pragma once

#include <forage/html.hpp>

#include <cstdint>
#include <string>

namespace forage::cli {

enum class line_style : std::uint8_t { text, markdown };

/// One "name: value" a line, in Markdown as items of a list; only what the page says, and where it says authors and
/// dates. Then an empty line. Empty if it says nothing.
[[nodiscard]] std::string metadata_lines(const page_content& page, line_style style);

}  // namespace forage::cli
