// A request, with the redirects and retries it leads to, until there is a response.
#pragma once

#include "http/message.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>

#include <memory>

namespace forage::detail {

class client_impl;

/// Sends `request` and follows redirects if it says so. Runs on the client's strand. A complete answer of any status is
/// a success; its body is still coded. Cancellation unwinds as boost::system::system_error(operation_aborted).
awaitable<result<http_response>> fetch(std::shared_ptr<client_impl> web, http_request request);

/// `fetch`, and the body decoded: inline when small, else on the worker pool, by `last_call` of the request's deadline.
awaitable<result<http_response>> fetch_decoded(std::shared_ptr<client_impl> web, http_request request);

}  // namespace forage::detail
