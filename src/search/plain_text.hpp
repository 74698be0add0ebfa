// Titles and snippets as plain text: marks out, white space folded, length bounded. Pure.
#pragma once

#include <string>
#include <string_view>

namespace forage::detail {

/// `text` as valid UTF-8 with every run of Unicode white space folded to one space, none at the ends, what nobody sees
/// removed, and at most about 4,000 bytes of it.
[[nodiscard]] std::string fold_text(std::string_view text);

/// The same for Bing, whose texts may carry hit marks: <b> and </b>, or U+E000 to U+E019 (text decorations).
[[nodiscard]] std::string fold_marked_text(std::string_view text);

/// What a provider says about a failure, as one short line; empty if it says nothing.
[[nodiscard]] std::string quote_message(std::string_view text);

}  // namespace forage::detail
