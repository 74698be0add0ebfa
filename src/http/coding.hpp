// Content codings undone: gzip and deflate, at most two layers, with caps on output and on ratio.
#pragma once

#include "http/message.hpp"

#include <forage/result.hpp>

#include <atomic>
#include <cstddef>
#include <string>

namespace forage::detail {

/// The body as its media type describes it. CPU-bound (about 600 MB/s out); pure, for any thread.
/// Errors: bad_coding (unknown, corrupt, truncated), too_large, cancelled (when `stop` turns true).
/// Source: RFC 9110 §8.4, RFC 1952, RFC 1950; raw deflate is taken too, as browsers do.
[[nodiscard]] result<std::string> decode_body(
    const std::vector<field>& fields, std::string body, std::size_t max_bytes, const std::atomic<bool>* stop = nullptr
);

}  // namespace forage::detail
