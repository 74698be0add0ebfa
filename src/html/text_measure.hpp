// What is measured of text to tell prose from the rest, by its bytes alone. Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace forage::detail {

struct text_measure {
    std::uint32_t size  = 0;  ///< bytes that are no white space or control characters
    std::uint32_t stops = 0;  ///< ends of sentences and of their parts, in whatever script

    friend bool operator==(const text_measure&, const text_measure&) = default;
};

/// Sixteen bytes at a time where the processor can.
[[nodiscard]] text_measure measure_text(std::string_view text) noexcept;

/// The same, byte by byte.
[[nodiscard]] text_measure measure_bytes(std::string_view text) noexcept;

}  // namespace forage::detail
