// Which addresses are public: those of hosts that anybody on the internet may reach. IPv4 inside IPv6 is seen through.
#pragma once

#include <boost/asio/ip/address.hpp>

namespace forage::detail {

/// The IPv4 address that an IPv6 address carries (mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP);
/// everything else as it is.
[[nodiscard]] boost::asio::ip::address unwrapped(const boost::asio::ip::address& address) noexcept;

/// The IPv4 address that a connection to this one reaches: of a mapped address, and of one under the well-known prefix
/// of NAT64. Everything else as it is.
[[nodiscard]] boost::asio::ip::address reached(const boost::asio::ip::address& address) noexcept;

/// Whether the address may be that of a public server: unicast, globally reachable by IANA's registries, and no cloud's
/// metadata service. Addresses with a zone are not, nor are tunnels (6to4, Teredo), which are of no use to servers.
/// A network that translates under a NAT64 prefix of its own (RFC 6052 §2.2) cannot be told from any other.
/// Source: https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry, as of 2025-10
[[nodiscard]] bool is_public_unicast(const boost::asio::ip::address& address) noexcept;

}  // namespace forage::detail
