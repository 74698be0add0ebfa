// Character references: what stands after an '&'. HTML standard, §13.2.5.72 to 13.2.5.80.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace forage::detail {

/// A reference and what it stands for.
struct character_reference {
    std::size_t length = 0;  ///< of the source, with the '&'; 0: it is no reference, and the '&' is text
    char utf8[8]       = {};
    std::size_t size   = 0;

    [[nodiscard]] std::string_view text() const noexcept { return {utf8, size}; }
};

/// In attribute values a reference without ';' that goes on with a letter, a digit or '=' is none.
enum class reference_place : std::uint8_t { text, attribute };

/// Reads the reference at the beginning of `source`, which is an '&'. Looks at a bounded number of characters, but for
/// the digits of a number.
[[nodiscard]] character_reference read_reference(std::string_view source, reference_place where) noexcept;

}  // namespace forage::detail
