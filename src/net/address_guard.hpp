// The address guard: which addresses, names and ports may be connected to. Public unicast addresses only, unless
// allowed.
#pragma once

#include <forage/result.hpp>
#include <forage/url.hpp>

#include <boost/asio/ip/address.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// A block of addresses: `address` and the number of leading bits that count.
struct address_block {
    boost::asio::ip::address address;
    int prefix = 0;

    /// Parses "ADDRESS" or "ADDRESS/PREFIX". Errors: bad_argument.
    [[nodiscard]] static result<address_block> parse(std::string_view text);
    [[nodiscard]] bool contains(const boost::asio::ip::address& other) const noexcept;
};

/// IPv4 addresses that travel inside IPv6 (mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP) taken out;
/// everything else as it is.
[[nodiscard]] boost::asio::ip::address unwrapped(const boost::asio::ip::address& address) noexcept;

/// By the IANA special-purpose address registries and the metadata addresses of clouds.
/// Source: https://www.iana.org/assignments/iana-ipv4-special-registry, .../iana-ipv6-special-registry
[[nodiscard]] bool is_public_unicast(const boost::asio::ip::address& address) noexcept;

class address_guard {
public:
    address_guard(bool allow_all, std::vector<address_block> allowed)
        : allow_all_{allow_all}, allowed_{std::move(allowed)} {}

    /// Before any look-up: scheme, port, credentials and names that can only mean this machine or network.
    [[nodiscard]] result<void> check(const url& target) const;
    /// On the address that is about to be connected to.
    [[nodiscard]] result<void> check(const boost::asio::ip::address& address) const;

private:
    bool allow_all_;
    std::vector<address_block> allowed_;
};

}  // namespace forage::detail
