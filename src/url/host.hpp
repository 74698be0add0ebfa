// The host of a URL: a domain, an IPv4 or an IPv6 address, in the one form in which it is compared and connected to.
// Source: https://url.spec.whatwg.org/#host-parsing
#pragma once

#include <forage/url.hpp>

#include <string>
#include <string_view>

namespace forage::detail {

struct parsed_host {
    std::string text;  ///< IPv6 in brackets
    url::host_kind kind = url::host_kind::domain;
    const char* problem = nullptr;  ///< why there is no host; null if there is one
};

/// `text` is not empty and valid UTF-8.
[[nodiscard]] parsed_host parse_host(std::string_view text);

}  // namespace forage::detail
