// The value of one Set-Cookie field, taken apart. Pure: whether the cookie is kept is decided in stored_cookie.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

/// No cookie lives longer (RFC 6265bis §5.5).
constexpr std::chrono::seconds longest_cookie_age = std::chrono::hours{24 * 400};

enum class same_site : std::uint8_t { unset, none, lax, strict };

struct set_cookie {
    std::string name;  ///< may be empty, like `value`, or both
    std::string value;
    std::string domain;                           ///< lower case, without a dot in front; empty: the host's alone
    std::optional<std::string> path;              ///< empty, but there: the attribute asks for the default path
    std::optional<std::chrono::seconds> max_age;  ///< 0 to `longest_cookie_age`
    std::optional<std::chrono::sys_seconds> expires;
    bool secure    = false;
    bool http_only = false;  ///< says that scripts must not see the cookie; nothing here could show it to one
    same_site site = same_site::unset;
};

/// Nothing when the value holds control characters other than tab, or name and value are longer than 4,096 bytes.
/// Attributes that are unknown, malformed or longer than 1,024 bytes are skipped, of repeated ones the last counts.
/// Source: RFC 6265bis §5.6.
[[nodiscard]] std::optional<set_cookie> parse_set_cookie(std::string_view value);

}  // namespace forage::detail
