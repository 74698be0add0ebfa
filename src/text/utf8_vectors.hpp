// Scanning UTF-8 sixteen bytes at a time, where the processor can. Pure and thread-safe.
#pragma once

#include <cstddef>
#include <string_view>

namespace forage::detail {

/// How many bytes at the start of `text` are surely ASCII: all of them, but perhaps for what is shorter than a vector
/// at the end of the text. None on processors without SSE2.
[[nodiscard]] std::size_t ascii_vectors(std::string_view text) noexcept;

/// How many bytes at the start of `text` are surely valid UTF-8, cut at a character. Stops at a fault or some bytes
/// before it, some bytes before the end, and at once on processors without SSSE3.
[[nodiscard]] std::size_t valid_utf8_vectors(std::string_view text) noexcept;

}  // namespace forage::detail
