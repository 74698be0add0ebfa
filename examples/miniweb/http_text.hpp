// The text of an HTTP/1.1 answer, and the small pieces of HTTP syntax the server and its sites read.
#pragma once

#include "server.hpp"

#include <string>
#include <string_view>

namespace miniweb {

/// Status line and fields, with Date and framing added (RFC 9112 §6), up to and with the empty line.
[[nodiscard]] std::string header_text(const response& answer);
/// One chunk of RFC 9112 §7.1.
[[nodiscard]] std::string chunk_text(std::string_view data);

/// A Host field's name without port, in lower case.
[[nodiscard]] std::string host_name(std::string_view host_field);
[[nodiscard]] bool equal_without_case(std::string_view a, std::string_view b) noexcept;
/// Whether Accept-Encoding has gzip (RFC 9110 §12.5.3), that is: named, and not with a weight of zero.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);
/// IMF-fixdate, RFC 9110 §5.6.7.
[[nodiscard]] std::string http_date(std::int64_t unix_seconds);

}  // namespace miniweb
