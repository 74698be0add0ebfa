// SOCKS version 5: asks a proxy for a TCP connection to a host.
// Source: RFC 1928, and RFC 1929 for user names and passwords.
#pragma once

#include "net/proxy.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <string>

namespace forage::detail {

/// Over `socket`, which is connected to the proxy; on success it leads to `host`, as `url::host()` gives it. A name is
/// sent as it is, for the proxy to look up. Reads what the answer says it holds, 262 bytes at most, and not a byte
/// more. The caller sets the deadline. Errors: proxy_failed, with the proxy's reason in words. Cancellation unwinds;
/// the socket is of no use after a failure. References: awaited in place.
awaitable<result<void>>
socks5_connect(boost::asio::ip::tcp::socket& socket, const proxy& via, std::string host, std::uint16_t port);

}  // namespace forage::detail
