// What others say, without the credentials they may quote.
#pragma once

#include <string>
#include <string_view>

namespace forage::detail {

/// For text that is no URL but may hold some, or a request: messages of services, options that make no sense. Word by
/// word, what `url::redacted` hides is hidden, and what stands before an '@'. Behind the name of a field for
/// credentials
/// ("Authorization:", "X-Api-Key:") nothing is shown, since nobody knows where its value ends. Pure.
[[nodiscard]] std::string redacted_text(std::string_view text);

}  // namespace forage::detail
