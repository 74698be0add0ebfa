// What a Proxy-Authorization field says.
#pragma once

#include "net/proxy.hpp"

#include <string>

namespace forage::detail {

/// "Basic …" of RFC 7617, or empty without a login. A secret: for the proxy alone.
[[nodiscard]] std::string proxy_authorization(const proxy& via);

}  // namespace forage::detail
