// The bytes of a request, with everything that could break out of a line refused.
#pragma once

#include "http/message.hpp"
#include "net/proxy.hpp"

#include <forage/result.hpp>

#include <string>
#include <string_view>

namespace forage::detail {

/// Request line, fields and body. Errors: bad_argument, when a method, field name or value holds what RFC 9110 §5 does
/// not allow there (CR, LF and NUL above all).
/// `forwarder` is an HTTP proxy that is to pass the request on: it gets the whole URL (RFC 9112 §3.2.2) and our login,
/// which it does not pass on (RFC 9110 §11.7.2). Null when the bytes go to the origin itself, tunnels included.
[[nodiscard]] result<std::string>
serialize(const http_request& request, std::string_view user_agent, const proxy* forwarder = nullptr);

/// The head that asks `via` for a tunnel to the origin of `target` (RFC 9112 §3.2.3). Errors: bad_argument, as above.
[[nodiscard]] result<std::string> serialize_connect(const url& target, std::string_view user_agent, const proxy& via);

}  // namespace forage::detail
