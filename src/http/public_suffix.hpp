// Domains under which anyone may register a name, from the public suffix list that libpsl carries. Pure.
// Source: https://publicsuffix.org/list/
#pragma once

#include <string>
#include <string_view>

namespace forage::detail {

/// Whether nobody may speak for all of `domain` (lower case, IDNA in its ASCII form): "com", "co.uk", "github.io",
/// every single label, and the empty name. A dot at the end does not count.
[[nodiscard]] bool is_public_suffix(std::string_view domain);

/// The part of a host name that its owner registered: "example.co.uk" of "a.b.example.co.uk". Of a public suffix it is
/// the name itself. A dot at the end does not count.
[[nodiscard]] std::string registrable_domain(std::string_view host);

}  // namespace forage::detail
