// A new connection for a request: name, address, socket or proxy, TLS.
#pragma once

#include "core/deadline.hpp"
#include "http/connection.hpp"

#include <forage/request_record.hpp>
#include <forage/url.hpp>

#include <memory>

namespace forage::detail {

class client_impl;
struct proxy;

/// Connects to the origin of `target`, through `via` unless that is null, on the client's strand and adds what each
/// phase took to `timing`. Errors: those of docs/errors.md from blocked_address to timed_out. Cancellation unwinds.
/// References: awaited in place.
awaitable<result<std::unique_ptr<connection>>>
open_connection(client_impl& web, const url& target, const proxy* via, deadline until, fetch_timing& timing);

}  // namespace forage::detail
