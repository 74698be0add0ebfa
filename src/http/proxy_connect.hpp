// HTTP's CONNECT: makes a proxy relay bytes to and from a host.
// Source: RFC 9110 §9.3.6, RFC 9112 §3.2.3
#pragma once

#include "http/message.hpp"
#include "net/proxy.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// Over `socket`, which is connected to the proxy; on success it leads to the host and port of `target`. The head of
/// the answer may have 16 KiB; the body of a refusal is not waited for. The caller sets the deadline. Errors:
/// proxy_failed, with the status if there is one. Cancellation unwinds; the socket is of no use after a failure.
/// References: awaited in place.
awaitable<result<void>>
http_connect(boost::asio::ip::tcp::socket& socket, const proxy& via, const url& target, std::string user_agent);

/// What a proxy's own answer with that status means: proxy_failed.
[[nodiscard]] error proxy_refusal(int status, const std::vector<field>& fields, const proxy& via);

}  // namespace forage::detail
