// What can go wrong, as values: one closed set of codes, and an error that says what failed, where, and what to do.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace forage {

/// Every kind of failure the library reports. docs/errors.md has one line on each; the set is closed.
enum class errc : std::uint8_t {
    ok,
    not_run,           ///< never started: a default-constructed result, or a fan-out input whose turn did not come
    bad_argument,      ///< the call itself is wrong
    bad_url,           ///< not a URL that can be fetched
    not_configured,    ///< a key or identifier the provider needs is missing
    blocked_address,   ///< the address guard refuses the host, address or port
    robots_denied,     ///< the site's robots.txt does not allow this URL to be fetched
    host_unavailable,  ///< not asked: the host has failed so often lately that it is left alone for a while
    name_not_found,    ///< DNS says there is no such name, or no address for it
    resolve_failed,    ///< DNS did not answer usably
    connect_failed,    ///< no TCP connection: refused, unreachable, out of descriptors
    proxy_failed,      ///< the proxy could not be used: its address, its answer, or it refuses us
    tls_failed,        ///< certificate or handshake refused
    timed_out,         ///< a deadline passed; `error::where` names the phase
    cancelled,         ///< the caller cancelled
    protocol,          ///< the peer broke HTTP, or closed in the middle of a message
    too_large,         ///< a size limit was reached
    bad_coding,        ///< Content-Encoding unknown or its data broken
    bad_redirect,      ///< too many redirects, a loop, or one that must not be followed
    http_status,       ///< a complete answer with an error status; `error::http_status` has it
    unsupported_type,  ///< the body is not HTML or text, or not the feed or sitemap it is read as
    no_content,        ///< what came stands in the place of the page: see page_obstacle
    parse_failed,      ///< the document hit the reader's memory or time limit, or is broken XML or JSON
    invalid_key,       ///< the provider refuses the API key
    quota_exceeded,    ///< the provider's quota is used up
    rate_limited,      ///< too many requests; `error::retry_at` if the server said when
    bad_request,       ///< the provider refuses the request
    server_error,      ///< the provider failed
    challenge,         ///< an anti-automation page instead of results
    bad_response,      ///< an answer that is not what the provider documents
    file_failed,       ///< a local file could not be read or written
    internal,          ///< a bug in this library
};

/// Where in the life of a request something happened.
enum class phase : std::uint8_t {
    none,
    queue,
    robots,
    resolve,
    connect,
    proxy,
    tls,
    send,
    first_byte,
    body,
    decode,
    read
};

[[nodiscard]] std::string_view to_string(errc code) noexcept;
[[nodiscard]] std::string_view to_string(phase where) noexcept;

/// The library's own category, for code that speaks std::error_code.
[[nodiscard]] const std::error_category& category() noexcept;
[[nodiscard]] std::error_code make_error_code(errc code) noexcept;

/// A failure as a value. Printable as it is: URLs in it are redacted and it never holds an API key.
struct error {
    errc code       = errc::not_run;
    phase where     = phase::none;
    int http_status = 0;  ///< 0 when no answer came
    std::string host;     ///< host, or provider name for a search; may be empty
    std::string what;     ///< what failed, one clause
    std::string hint;     ///< what the user can do about it; may be empty

    /// When the server asked us to come back, if it did.
    std::optional<std::chrono::system_clock::time_point> retry_at;

    error() = default;
    explicit error(errc c, std::string text = {}, std::string advice = {})
        : code{c}, what{std::move(text)}, hint{std::move(advice)} {}

    error&& at(phase p) && {
        where = p;
        return std::move(*this);
    }
    error&& on(std::string_view h) && {
        host = h;
        return std::move(*this);
    }
    error&& status(int s) && {
        http_status = s;
        return std::move(*this);
    }

    /// One line: code, host, phase, what, hint.
    [[nodiscard]] std::string message() const;

    [[nodiscard]] bool is_timeout() const noexcept { return code == errc::timed_out; }
    /// Worth another try without changing anything: timeouts, broken connections, 429 and 5xx.
    [[nodiscard]] bool is_transient() const noexcept;
};

/// Thrown by `result::value()` on a failure, and by nothing else in the library.
class exception : public std::runtime_error {
public:
    explicit exception(error e) : std::runtime_error{e.message()}, error_{std::move(e)} {}
    [[nodiscard]] const error& why() const noexcept { return error_; }

private:
    error error_;
};

}  // namespace forage

template <>
struct std::is_error_code_enum<forage::errc> : std::true_type {};
