// Files through io_uring, where the library was built with it (FORAGE_IO_URING) and the kernel allows it.
#pragma once

#include "core/file_reading.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>

#include <atomic>
#include <memory>
#include <string>

namespace forage::detail {

/// Set once the kernel has refused io_uring (none, forbidden, out of locked memory); files then go through the pool.
[[nodiscard]] std::atomic<bool>& io_uring_refused() noexcept;

/// Opens on the worker pool, for opening has no time limit; reads by io_uring on the caller's executor. Goes on on the
/// pool if the kernel refuses. Cancellation unwinds as operation_aborted.
awaitable<result<std::string>> read_by_io_uring(std::string path, std::unique_ptr<file_reading> reading);

}  // namespace forage::detail
