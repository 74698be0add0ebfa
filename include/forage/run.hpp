// run: a main program's event loop.
#pragma once

#include <forage/detail/awaitable_fwd.hpp>

namespace forage {

/// Runs `program` on an io_context of this thread until it ends, and gives its value, or 0. The first SIGINT or SIGTERM
/// cancels it; operations then end with `errc::cancelled` and the program winds down. An exception that leaves
/// `program` leaves `run`, but for the cancellation itself, which becomes the value 130.
int run(awaitable<int> program);
int run(awaitable<void> program);

}  // namespace forage
