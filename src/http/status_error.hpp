// A status that is an error, as one.
#pragma once

#include "http/message.hpp"

#include <forage/error.hpp>

#include <string_view>

namespace forage::detail {

/// rate_limited for 429, else http_status; `retry_at` as the answer of `host` has it.
[[nodiscard]] error status_error(const http_response& answer, std::string_view host);

}  // namespace forage::detail
