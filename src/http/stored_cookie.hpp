// A cookie as the jar keeps it: whether one that was received may be kept at all, and to which requests it goes. Pure.
#pragma once

#include "http/set_cookie.hpp"

#include <forage/url.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

struct stored_cookie {
    std::string name, value;
    std::string domain;
    std::string path;  ///< begins with '/'
    std::chrono::system_clock::time_point expires = std::chrono::system_clock::time_point::max();
    bool host_only                                = true;
    bool secure                                   = false;
    std::uint64_t created = 0;  ///< the jar's counts, which order cookies even when the clock is set back
    std::uint64_t used    = 0;
};

/// What is kept of a cookie that a response to `from` set; nothing when it must be ignored. SameSite only counts where
/// it makes a cookie invalid: each request here is what a browser calls a navigation that its user began, and those get
/// the cookies of all modes. Source: RFC 6265bis §5.7, the steps that need no store; paths beyond 1,024 bytes are ours.
[[nodiscard]] std::optional<stored_cookie>
accept_cookie(set_cookie received, const url& from, std::chrono::system_clock::time_point now);

/// Whether the cookie goes to `target`, not asking whether it has expired. Source: RFC 6265bis §5.8.3.
[[nodiscard]] bool is_for(const stored_cookie& cookie, const url& target) noexcept;

/// Whether a server could take `fresh` for `kept`: same name, one's domain within the other's, and `fresh`'s path
/// within `kept`'s. Source: RFC 6265bis §5.7, step 16.
[[nodiscard]] bool overlays(const stored_cookie& fresh, const stored_cookie& kept) noexcept;

}  // namespace forage::detail
