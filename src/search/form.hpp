// application/x-www-form-urlencoded, both ways: query strings and the forms of result pages. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forage::detail {

using form_fields = std::vector<std::pair<std::string, std::string>>;

/// Percent-decodes once, '+' as space. Broken escapes stay as written.
[[nodiscard]] std::string form_decode(std::string_view text);

/// The fields of `text`, a leading '?' ignored; at most 100 of them.
[[nodiscard]] form_fields parse_form(std::string_view text);

/// The first field of that name, decoded.
[[nodiscard]] std::optional<std::string> form_value(std::string_view text, std::string_view name);

/// Appends `name=value`, encoded, with an '&' before it if `out` is not empty.
void append_field(std::string& out, std::string_view name, std::string_view value);

}  // namespace forage::detail
