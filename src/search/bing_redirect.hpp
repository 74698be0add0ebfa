// Bing's click-counting links. Pure.
#pragma once

#include <string>
#include <string_view>

namespace forage::detail {

/// The target of `bing.com/ck/…?u=a1<base64url>` and of the older `bing.com/cr?…&r=<URL>`; any other link as it is, and
/// also one of these whose target cannot be read.
[[nodiscard]] std::string unwrap_bing_redirect(std::string_view link);

}  // namespace forage::detail
