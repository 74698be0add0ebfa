// Content-Encoding: gzip (RFC 1952), by zlib.
#pragma once

#include <string>
#include <string_view>

namespace miniweb {

/// Throws std::bad_alloc when memory is out; nothing else can go wrong.
[[nodiscard]] std::string gzip(std::string_view plain);

}  // namespace miniweb
