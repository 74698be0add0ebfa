// Content codings undone: gzip, deflate, br and zstd, at most two layers, with caps on output and on ratio.
#pragma once

#include "http/message.hpp"

#include <forage/result.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace forage::detail {

/// What to do with a body that is larger than allowed.
enum class oversize : std::uint8_t { fail, truncate };

struct decode_limits {
    std::size_t max_bytes         = 0;  ///< of the body as its media type describes it
    oversize beyond               = oversize::fail;
    bool input_truncated          = false;    ///< with `truncate`: the coded body is a beginning only
    const std::atomic<bool>* stop = nullptr;  ///< looked at every 64 KiB of input and every MiB of output
};

struct decoded_body {
    std::string bytes;
    bool truncated = false;  ///< there was, or may have been, more
};

/// The body as its media type describes it. Past 1 MiB it may have 200 times the coded size. With `truncate`, a body
/// that passes either limit, or whose input was truncated, is decoded as far as it goes.
/// Memory: the body given, the result, and for each layer up to its window: deflate 32 KiB, brotli 16 MiB (8 more while
/// it grows), zstd 8 MiB, of each as much as the layer wrote.
/// Errors: bad_coding (unknown, corrupt, ends too early), too_large, cancelled (when `stop` turns true).
/// Threads: CPU-bound (docs/performance.md) and pure, for any thread.
/// Source: RFC 9110 §8.4; RFC 1952, 1950 and 1951; RFC 7932; RFC 8878 and 9659.
[[nodiscard]] result<decoded_body>
decode_body(const std::vector<field>& fields, std::string body, const decode_limits& limits);

}  // namespace forage::detail
