// redacted: URLs of the command line in messages. They may carry passwords and tokens, and need not be right.
#pragma once

#include <string>
#include <string_view>

namespace forage::cli {

/// A URL as `forage::url::redacted` shows it; of what does not parse, all that could be a user name, a password or a
/// query is gone.
[[nodiscard]] std::string redacted_url(std::string_view text);

/// `text` with the words in it that look like URLs redacted.
[[nodiscard]] std::string redacted_words(std::string_view text);

}  // namespace forage::cli
