// A TCP connection to one of a host's addresses, each checked by the guard right before it is connected to.
#pragma once

#include "core/deadline.hpp"
#include "net/address_guard.hpp"
#include "net/resolver.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>

namespace forage::detail {

/// Tries the addresses in turn, giving each a fair part of the time that is left, so that one that never answers does
/// not use it all up. Errors: blocked_address, connect_failed, timed_out. Cancellation unwinds.
awaitable<result<boost::asio::ip::tcp::socket>>
connect(const address_guard& guard, addresses candidates, std::uint16_t port, deadline until);

}  // namespace forage::detail
