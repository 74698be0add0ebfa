// A fetch on its way: one request after the other, until there is an answer to give back.
#pragma once

#include "http/host_manners.hpp"
#include "http/message.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>

#include <chrono>
#include <optional>
#include <set>
#include <string>

namespace forage::detail {

class client_impl;

/// What has come of a fetch so far, and the request that is to be sent next. Between two requests it may lie anywhere
/// for any time: a host that is to be left alone costs nobody a coroutine.
struct pending_fetch {
    using time_point = std::chrono::steady_clock::time_point;

    http_request request;
    fetch_timing timing;
    time_point began = std::chrono::steady_clock::now();
    time_point not_before{};    ///< of a retry
    std::optional<error> last;  ///< why the last try failed
    int tries = 0;              ///< of the present request
    std::set<std::string> visited;

    explicit pending_fetch(http_request first) : request{std::move(first)} {}

    /// The host whose manners the next request keeps.
    [[nodiscard]] std::string authority() const { return request.target.authority(); }
};

/// Sends the next request of `pending`. Nothing: there is another to send, a redirect's or a retry's; call again when
/// its host allows. Pages need a `permit` of `pending.authority()`; what came of the request is said to it.
/// Runs on the client's strand. Cancellation unwinds. References: awaited in place.
awaitable<std::optional<result<http_response>>>
advance(client_impl& web, pending_fetch& pending, host_manners::permit& permit);

}  // namespace forage::detail
