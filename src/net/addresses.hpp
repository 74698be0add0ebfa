// A host's addresses, and the order in which they are tried.
#pragma once

#include <boost/asio/ip/address.hpp>

#include <vector>

namespace forage::detail {

using addresses = std::vector<boost::asio::ip::address>;

/// The families in turn, IPv6 first, each in the order given; so a family that does not work costs one attempt, not
/// all of its own. RFC 8305 §4, with a First Address Family Count of 1. Pure.
[[nodiscard]] addresses in_connect_order(const addresses& found);

}  // namespace forage::detail
