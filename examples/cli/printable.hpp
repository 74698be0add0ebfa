// printable: the one way text from elsewhere reaches a terminal. Pages, servers and arguments may hold escape
// sequences, backspaces and characters that reverse what is read; none of them goes out as it is.
#pragma once

#include <forage/function_ref.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace forage::cli {

enum class line_breaks : std::uint8_t {
    fold,  ///< one line: line breaks and tabs become spaces
    keep,  ///< text of several lines: \n and \t stay
};

/// `text` as valid UTF-8 that a terminal only shows. Controls (C0, DEL, C1) and invalid bytes become U+FFFD; characters
/// that are not seen but change what is (bidirectional embeddings, overrides and isolates, tags, byte order marks)
/// are dropped. Linear, pure.
[[nodiscard]] std::string printable(std::string_view text, line_breaks breaks = line_breaks::fold);

/// The same in parts of about 64 KiB, for text that is too large to be held twice.
void printable(std::string_view text, line_breaks breaks, function_ref<void(std::string_view)> write);

/// JSON text with the same characters written as \u escapes, so that it says the same and shows as ASCII what a
/// terminal would act on. Line breaks between tokens stay. `json` must be JSON: such characters occur in strings only.
[[nodiscard]] std::string printable_json(std::string_view json);

}  // namespace forage::cli
