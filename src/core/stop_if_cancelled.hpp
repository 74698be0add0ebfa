// What comes back as a value when it is cancelled goes on as a cancellation here.
#pragma once

#include <forage/detail/awaitable_fwd.hpp>

#include <boost/asio/awaitable.hpp>

namespace forage::detail {

/// Throws operation_aborted if the calling coroutine has been cancelled.
awaitable<void> stop_if_cancelled();

}  // namespace forage::detail
