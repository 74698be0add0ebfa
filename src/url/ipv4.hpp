// IPv4 addresses as URLs write them: decimal, octal or hexadecimal, in one to four parts.
// Source: https://url.spec.whatwg.org/#concept-ipv4-parser
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

/// True if a host must be an IPv4 address, because its last label is a number. A final dot does not count.
[[nodiscard]] bool ends_in_a_number(std::string_view host) noexcept;

/// The address, or nothing if `host`, which ends in a number, is not one.
[[nodiscard]] std::optional<std::uint32_t> parse_ipv4(std::string_view host) noexcept;

/// Four decimal parts.
[[nodiscard]] std::string ipv4_text(std::uint32_t address);

}  // namespace forage::detail
