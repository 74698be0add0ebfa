// fetch_body: one GET below the public functions, with the decoded body and every field to look at.
#pragma once

#include "http/message.hpp"

#include <forage/client.hpp>
#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <string>

namespace forage::testing {

/// Fetches `url`, all of it within `limit`. `max_bytes` 0: the client's.
awaitable<result<detail::http_response>>
fetch_body(client web, std::string url, std::chrono::milliseconds limit, std::size_t max_bytes = 0);

}  // namespace forage::testing
