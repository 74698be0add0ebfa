// Hosts as text, as `url::host()` gives them: names in lower case, IPv6 addresses in brackets.
#pragma once

#include <string_view>

namespace forage::detail {

/// A dot at the end makes no other name (RFC 1034 §3.1).
[[nodiscard]] constexpr std::string_view without_final_dot(std::string_view host) noexcept {
    if (host.ends_with('.')) host.remove_suffix(1);
    return host;
}

[[nodiscard]] constexpr std::string_view without_brackets(std::string_view host) noexcept {
    return host.starts_with('[') && host.ends_with(']') ? host.substr(1, host.size() - 2) : host;
}

/// Whether `host` is `domain` or a name below it. An address has none below it, which the caller knows.
[[nodiscard]] constexpr bool is_or_is_under(std::string_view host, std::string_view domain) noexcept {
    if (!host.ends_with(domain)) return false;
    return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

}  // namespace forage::detail
