// The encoding that an HTML document declares about itself, read from its first bytes without parsing it.
// Source: https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
#pragma once

#include "text/encoding.hpp"

#include <optional>
#include <string_view>

namespace forage::detail {

/// The encoding declared in `head` by a meta element, else by an XML declaration. Pure, linear, thread-safe.
[[nodiscard]] std::optional<encoding> prescan_meta(std::string_view head);

/// "Get an XML encoding": of <?xml … encoding="x" … ?> at the very start.
[[nodiscard]] std::optional<encoding> encoding_from_xml_declaration(std::string_view head);

/// "Extracting a character encoding from a meta element": the charset in `text/html; charset=x`.
[[nodiscard]] std::optional<encoding> encoding_from_meta_content(std::string_view content) noexcept;

}  // namespace forage::detail
