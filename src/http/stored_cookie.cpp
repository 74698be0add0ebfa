#include "http/stored_cookie.hpp"

#include "http/message.hpp"
#include "http/public_suffix.hpp"
#include "net/host_text.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace forage::detail {
namespace {

using time_point = std::chrono::system_clock::time_point;

// RFC 6265bis §5.6 sets it for the attribute. A default path may come from a longer URL, and the jar must stay bounded.
constexpr std::size_t longest_path = 1024;

// §5.1.3. That cookies of an address never get a domain is seen to in `place`.
bool domain_matches(std::string_view host, std::string_view domain) noexcept { return is_or_is_under(host, domain); }

// §5.1.4
bool path_matches(std::string_view requested, std::string_view path) noexcept {
    if (!requested.starts_with(path)) return false;
    return requested.size() == path.size() || path.ends_with('/') || requested[path.size()] == '/';
}

// §5.1.4
std::string default_path(std::string_view requested) {
    const auto last = requested.rfind('/');
    return last == 0 ? "/" : std::string{requested.substr(0, last)};
}

time_point expiry(const set_cookie& received, time_point now) {
    if (received.max_age) return received.max_age->count() == 0 ? time_point{} : now + *received.max_age;
    if (!received.expires) return time_point::max();
    // In seconds, as the years of a cookie's date do not fit into the clock's nanoseconds.
    const auto latest = std::chrono::floor<std::chrono::seconds>(now) + longest_cookie_age;
    return std::min(std::max(*received.expires, std::chrono::sys_seconds{}), latest);
}

bool begins_with(std::string_view text, std::string_view prefix) noexcept {
    return equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

// §5.7, steps 8 to 10: sets domain and host_only.
bool place(stored_cookie& cookie, std::string_view domain, const url& from) {
    const auto& host = from.host();
    const auto ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (!std::all_of(domain.begin(), domain.end(), ascii)) return false;
    cookie.domain    = host;
    cookie.host_only = true;
    if (domain.empty()) return true;
    if (from.kind() != url::host_kind::domain || is_public_suffix(domain)) return domain == host;
    if (!domain_matches(host, domain)) return false;
    cookie.domain    = domain;
    cookie.host_only = false;
    return true;
}

// §5.4, and §5.7, steps 20 to 22
bool keeps_promise_of_prefix(const stored_cookie& cookie, bool has_path) noexcept {
    constexpr std::string_view secure = "__Secure-";
    constexpr std::string_view host   = "__Host-";
    // A cookie without a name is sent as its value alone, which would look like a name.
    if (cookie.name.empty()) return !begins_with(cookie.value, secure) && !begins_with(cookie.value, host);
    if (begins_with(cookie.name, secure)) return cookie.secure;
    if (begins_with(cookie.name, host)) return cookie.secure && cookie.host_only && has_path && cookie.path == "/";
    return true;
}

}  // namespace

std::optional<stored_cookie> accept_cookie(set_cookie received, const url& from, time_point now) {
    if (received.name.empty() && received.value.empty()) return std::nullopt;
    stored_cookie cookie;
    cookie.expires = expiry(received, now);
    if (!place(cookie, received.domain, from)) return std::nullopt;

    const bool has_path = received.path.has_value();
    cookie.path         = has_path && !received.path->empty() ? *std::move(received.path) : default_path(from.path());
    if (cookie.path.size() > longest_path) return std::nullopt;

    cookie.secure = received.secure;
    if (cookie.secure && !from.is_https()) return std::nullopt;
    if (received.site == same_site::none && !cookie.secure) return std::nullopt;  // step 19

    cookie.name  = std::move(received.name);
    cookie.value = std::move(received.value);
    if (!keeps_promise_of_prefix(cookie, has_path)) return std::nullopt;
    return cookie;
}

bool is_for(const stored_cookie& cookie, const url& target) noexcept {
    if (cookie.secure && !target.is_https()) return false;
    const bool of_host =
        cookie.host_only ? target.host() == cookie.domain : domain_matches(target.host(), cookie.domain);
    return of_host && path_matches(target.path(), cookie.path);
}

bool overlays(const stored_cookie& fresh, const stored_cookie& kept) noexcept {
    return fresh.name == kept.name &&
           (domain_matches(fresh.domain, kept.domain) || domain_matches(kept.domain, fresh.domain)) &&
           path_matches(fresh.path, kept.path);
}

}  // namespace forage::detail
