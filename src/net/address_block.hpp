// A block of addresses as CIDR writes it, "10.1.0.0/16".
#pragma once

#include <forage/result.hpp>

#include <boost/asio/ip/address.hpp>

#include <string>
#include <string_view>

namespace forage::detail {

/// `address` and the number of its leading bits that count. Bits behind them may be set, and mean nothing.
struct address_block {
    boost::asio::ip::address address;
    int prefix = 0;

    /// Parses "ADDRESS" or "ADDRESS/PREFIX"; zones ("fe80::1%eth0") are refused. Errors: bad_argument.
    [[nodiscard]] static result<address_block> parse(std::string_view text);
    [[nodiscard]] bool contains(const boost::asio::ip::address& other) const noexcept;
    /// "ADDRESS/PREFIX", which parses to the same block.
    [[nodiscard]] std::string text() const;
};

/// Whether the first `bits` bits, at most 128, are the same.
[[nodiscard]] bool same_prefix(
    const boost::asio::ip::address_v6::bytes_type& a, const boost::asio::ip::address_v6::bytes_type& b, int bits
) noexcept;

}  // namespace forage::detail
