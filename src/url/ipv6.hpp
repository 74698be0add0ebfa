// IPv6 addresses in URLs, without their brackets.
// Source: https://url.spec.whatwg.org/#concept-ipv6-parser and #concept-ipv6-serializer
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

using ipv6_pieces = std::array<std::uint16_t, 8>;

/// The eight 16-bit pieces, or nothing if `text` is not an address. Zone identifiers are refused.
[[nodiscard]] std::optional<ipv6_pieces> parse_ipv6(std::string_view text) noexcept;

/// Lower-case hex, the first of the longest runs of zero pieces as "::".
[[nodiscard]] std::string ipv6_text(const ipv6_pieces& pieces);

}  // namespace forage::detail
