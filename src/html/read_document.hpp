// Reading a document whose bytes are the reader's own, so that they take no memory for longer than they are needed.
#pragma once

#include "text/charset.hpp"

#include <forage/html.hpp>

#include <string>

namespace forage::detail {

/// As `read_html` or `read_plain_text`; but `bytes` count in `options.max_memory`, until they are text in UTF-8.
[[nodiscard]] result<page_content> read_document(std::string bytes, document_kind kind, const read_options& options);

}  // namespace forage::detail
