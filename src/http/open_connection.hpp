// A new connection for a request: name, address, socket, TLS.
#pragma once

#include "core/deadline.hpp"
#include "http/connection.hpp"

#include <forage/request_record.hpp>
#include <forage/url.hpp>

#include <memory>

namespace forage::detail {

class client_impl;

/// Connects to the origin of `target` on the client's strand and adds what each phase took to `timing`. Errors: those
/// of docs/errors.md from blocked_address to timed_out. Cancellation unwinds.
/// References: awaited in place.
awaitable<result<std::unique_ptr<connection>>>
open_connection(client_impl& web, const url& target, deadline until, fetch_timing& timing);

}  // namespace forage::detail
