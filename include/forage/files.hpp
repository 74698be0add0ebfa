// Reading local files (logs, lists of URLs) from a coroutine without blocking its executor.
#pragma once

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/detail/safe_in_co_await.hpp>
#include <forage/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace forage {

/// What to do with bytes that are not valid UTF-8.
enum class invalid_utf8 : std::uint8_t { keep, replace, drop };

struct file_options {
    std::size_t max_bytes = 64 * 1024 * 1024;  ///< a larger file is an error for read_text_file
    invalid_utf8 invalid =
        invalid_utf8::replace;  ///< replace: U+FFFD per maximal invalid part, as the WHATWG decoder does
};
static_assert(detail::safe_in_co_await<file_options>);

/// The whole file as text, without a byte order mark. Reads through io_uring when the library was built with it and the
/// kernel allows it, else on the worker pool.
/// Errors: file_failed (with the system's reason), too_large, cancelled.
/// Cancellation: at once. Threads: resumes on the caller's executor.
[[nodiscard]] awaitable<result<std::string>> read_text_file(std::string_view path, file_options options = {});

/// The last `lines` lines of a file, reading backwards from its end, at most `options.max_bytes` of it (the first line
/// is then cut). Else as `read_text_file`.
[[nodiscard]] awaitable<result<std::string>>
read_file_tail(std::string_view path, std::size_t lines, file_options options = {});

}  // namespace forage
