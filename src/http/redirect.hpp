// Redirects: whether an answer is one, where it leads, and what of the request goes along.
#pragma once

#include "http/message.hpp"

#include <forage/result.hpp>

#include <optional>

namespace forage::detail {

/// The request that follows `answer`, or nothing when it is not a redirect. Fields that may be credentials stay behind
/// when the origin changes, for good. Errors: bad_redirect. Source: RFC 9110 §15.4.
[[nodiscard]] result<std::optional<http_request>>
follow(const http_request& request, const http_response& answer, bool allow_https_to_http);

}  // namespace forage::detail
