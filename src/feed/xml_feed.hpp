// RSS and Atom: XML to feed.
#pragma once

#include "html/budget.hpp"

#include <forage/feed.hpp>

#include <string_view>

namespace forage::detail {

/// Reads `text`, valid UTF-8. Errors: as of `read_feed`, but for gzip's.
[[nodiscard]] result<feed> read_xml_feed(std::string_view text, const feed_options& options, read_budget& budget);

}  // namespace forage::detail
