// The Content-Encoding fields of a message, read.
#pragma once

#include "http/message.hpp"

#include <forage/result.hpp>

#include <cstdint>
#include <vector>

namespace forage::detail {

enum class coding : std::uint8_t { gzip, deflate, brotli, zstd };

/// The codings in the order they were applied, over all Content-Encoding fields; "identity" and empty names are no
/// layers. Pure, for any thread.
/// Errors: bad_coding (a name that was not asked for, or more than two layers).
/// Source: RFC 9110 §8.4; names: RFC 9110 §8.4.1, RFC 7932 §13, RFC 8878 §7.2.
[[nodiscard]] result<std::vector<coding>> content_codings(const std::vector<field>& fields);

}  // namespace forage::detail
