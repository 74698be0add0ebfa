// A TCP connection to one of a host's addresses, by Happy Eyeballs (RFC 8305): attempts start one after another and
// run side by side, and the first to succeed is taken.
#pragma once

#include "core/deadline.hpp"
#include "net/addresses.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/function_ref.hpp>
#include <forage/result.hpp>

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace forage::detail {

/// How long an attempt is alone before the next one starts beside it. RFC 8305 §5, Connection Attempt Delay.
inline constexpr std::chrono::milliseconds connection_attempt_delay{250};

struct connected {
    boost::asio::ip::tcp::socket socket;
    std::string peer;  ///< "192.0.2.1:443", "[2001:db8::1]:443"
};

/// Whether an address may be connected to, and if not, why.
using address_check = function_ref<result<void>(const boost::asio::ip::address&)>;

/// Connects to one of `candidates`, in the order of `in_connect_order`. `allowed` is asked about each address right
/// before its attempt. All other attempts are closed when this returns, however it does.
///
/// Errors: blocked_address when no address is allowed; connect_failed with the address that got furthest; timed_out.
/// Cancellation unwinds. Runs on the caller's executor, which must run one thing at a time; to be awaited in place, as
/// it refers to `allowed`.
awaitable<result<connected>> connect(address_check allowed, addresses candidates, std::uint16_t port, deadline until);

/// As in `connected::peer`.
[[nodiscard]] std::string to_text(const boost::asio::ip::tcp::endpoint& endpoint);

}  // namespace forage::detail
