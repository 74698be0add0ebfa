// XML as it is found, made into XML that a parser takes: feeds are written by templates, and half of what is wrong with
// them is the same few things. Pure; linear; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace forage::detail {

/// The most that repairing may make of `text`, in bytes.
[[nodiscard]] std::size_t most_repaired(std::string_view text) noexcept;

/// `text`, which is valid UTF-8, without what comes before the first tag, comments, processing instructions and
/// document type declarations, of which the line feeds stay. Character references are HTML's, in the place of which
/// their characters stand; an '&' that begins none, a '<' that begins no tag, and "]]>" in text are escaped. Characters
/// that XML does not have are dropped or U+FFFD. All else is as it was, however broken.
[[nodiscard]] std::string repaired_xml(std::string_view text);

}  // namespace forage::detail
