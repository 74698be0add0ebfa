// The bytes of a request, with everything that could break out of a line refused.
#pragma once

#include "http/message.hpp"

#include <forage/result.hpp>

#include <string>
#include <string_view>

namespace forage::detail {

/// Request line, fields and body. Errors: bad_argument, when a method, field name or value holds what RFC 9110 §5 does
/// not allow there (CR, LF and NUL above all).
[[nodiscard]] result<std::string> serialize(const http_request& request, std::string_view user_agent);

}  // namespace forage::detail
