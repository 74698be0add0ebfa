// The path of a URL: percent-encoded, `\` as `/`, and without "." and ".." segments.
#pragma once

#include <string>
#include <string_view>

namespace forage::detail {

/// Appends the segments of `text` to `path`, which is empty or begins with '/'. One leading slash of `text` is the
/// separator before its first segment; without one it is added. https://url.spec.whatwg.org/#path-state
void append_path(std::string& path, std::string_view text);

/// Removes the last segment and its slash. https://url.spec.whatwg.org/#shorten-a-urls-path
void shorten_path(std::string& path) noexcept;

}  // namespace forage::detail
