// Time zones as dates name them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

/// `+0200`, `+02:00`, `+02` as `+02:00`, up to 14 hours; the names of RFC 822 §5 as the offset they stand for, UTC as
/// `Z`. Nothing for anything else.
[[nodiscard]] std::optional<std::string> time_zone(std::string_view text);

}  // namespace forage::detail
