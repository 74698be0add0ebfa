// JSON Feed 1.0 and 1.1: https://www.jsonfeed.org/version/1.1/
#pragma once

#include "html/budget.hpp"

#include <forage/feed.hpp>

#include <string_view>

namespace forage::detail {

/// Reads `text`, valid UTF-8. Errors: unsupported_type (JSON, but no feed), parse_failed.
[[nodiscard]] result<feed> read_json_feed(std::string_view text, const feed_options& options, read_budget& budget);

}  // namespace forage::detail
