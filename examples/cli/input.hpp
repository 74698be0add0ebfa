// Bytes from standard input or a file, all at once and bounded, before an event loop runs.
#pragma once

#include <forage/result.hpp>

#include <cstddef>
#include <string>

namespace forage::cli {

inline constexpr std::size_t max_input_bytes = 64 * 1024 * 1024;

/// All of the file at `path` ("-": standard input). Blocks; Ctrl-C ends the process as usual.
/// Errors: file_failed with the system's reason, too_large beyond `limit` bytes.
[[nodiscard]] result<std::string> read_input(const std::string& path, std::size_t limit = max_input_bytes);

}  // namespace forage::cli
