// The URL of a proxy, as options and environment variables write it.
#pragma once

#include "net/proxy.hpp"

#include <forage/result.hpp>

#include <string_view>

namespace forage::detail {

/// Parses "[SCHEME://][USER[:PASSWORD]@]HOST:PORT[/]". SCHEME is http (when there is none), socks5 or socks5h; user and
/// password are percent-decoded. The port must be written, as programs differ in what they take without one.
/// Errors: bad_argument, which never repeats the text, as it may hold a password.
[[nodiscard]] result<proxy> parse_proxy_url(std::string_view text);

}  // namespace forage::detail
