// Guessing the encoding of a document that does not say it: a hint, for when all else has failed. Pure and thread-safe.
#pragma once

#include "text/encoding.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace forage::detail {

enum class document_kind : std::uint8_t { html, plain_text };

/// What `bytes`, which are not valid UTF-8, look most like; that may be UTF-8 all the same, with a few faults. Nothing
/// where too little of them is not ASCII to say, where what is guessed is none of the standard's encodings or one that
/// no document may be guessed to be in (UTF-16, UTF-7 and those of "replacement"), or where the bytes are full of
/// errors in it. Linear; of what is not ASCII it looks at a few KiB closely, which
/// takes 2 ms at most.
[[nodiscard]] std::optional<encoding> detect_encoding(std::string_view bytes, document_kind kind);

}  // namespace forage::detail
