// One request and its response, over a kept connection or a new one. No redirects, no retries.
#pragma once

#include "http/message.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>

#include <cstddef>
#include <string_view>

namespace forage::detail {

class client_impl;

/// Sends `request` on the client's strand; the response's body is still coded. A kept connection that turns out closed
/// is replaced by a fresh one, once, if the method is idempotent (RFC 9112 §9.3.1). What was measured, up to a failure
/// as well, is added to `timing`. Cancellation unwinds. References: awaited in place.
awaitable<result<http_response>> send_once(client_impl& web, const http_request& request, fetch_timing& timing);

/// What a request may bring at most: its own limit, or the client's where that is 0.
[[nodiscard]] std::size_t body_limit(const client_impl& web, std::size_t own) noexcept;
[[nodiscard]] bool is_idempotent(std::string_view method) noexcept;

}  // namespace forage::detail
