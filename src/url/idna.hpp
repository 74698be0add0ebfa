// Domain names with characters beyond ASCII, by UTS #46. The only file with ICU in it is idna.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

/// Unicode ToASCII of https://url.spec.whatwg.org/#idna for a domain that is not all ASCII: non-transitional, bidi and
/// joiner checks on; hyphen, STD3 and DNS length checks off. `domain` is UTF-8 and may be broken; then there is no
/// result. Nor is there one for more than 1,024 bytes: DNS ends at 253, and Punycode's cost is the square of a label's
/// length.
[[nodiscard]] std::optional<std::string> domain_to_ascii(std::string_view domain);

}  // namespace forage::detail
