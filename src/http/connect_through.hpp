// A TCP connection by way of a proxy.
#pragma once

#include "core/deadline.hpp"
#include "http/message.hpp"
#include "net/connect.hpp"
#include "net/proxy.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/request_record.hpp>
#include <forage/result.hpp>
#include <forage/url.hpp>

namespace forage::detail {

class client_impl;

/// A socket over which `target` is spoken to: for http by an HTTP proxy the proxy itself, which forwards; else a tunnel
/// to the target's host and port. Its `peer` is the proxy. Adds to `timing` what the phases took.
///
/// The guard does not look at the proxy's own address, which the user chose. The target of a tunnel it refuses when any
/// of the addresses that this client finds for its name is not allowed, or when it finds none. The proxy looks names up
/// again, so an answer that differs there is not seen here. Only for hosts that may have any address (allow_private,
/// allow_hosts) nothing is looked up.
///
/// Errors: those of `resolver::resolve` and blocked_address for the target, proxy_failed, timed_out (phase proxy).
/// Cancellation unwinds. References: awaited in place.
awaitable<result<connected>>
connect_through(client_impl& web, const proxy& via, const url& target, deadline until, fetch_timing& timing);

/// Whether the guard lets a proxy be asked for `target` now: for each request that a proxy forwards, over a new
/// connection or a kept one, by whoever sends it; for tunnels by `connect_through`. Errors: those of
/// `resolver::resolve` and blocked_address. Cancellation unwinds. References: awaited in place.
awaitable<result<void>> check_target(client_impl& web, const url& target, deadline until);

/// The answer of an HTTP proxy to a request it was to forward, as proxy_failed if it is the proxy's for sure: 407,
/// which no origin sends (RFC 9110 §15.5.8). Other answers may be either's, and are the origin's for us.
[[nodiscard]] result<void> check_forwarded(const proxy& via, const http_response& answer);

}  // namespace forage::detail
