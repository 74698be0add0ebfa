// WHATWG URLs, for http and https: what browsers make of the links in pages.
#pragma once

#include <forage/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace forage {

/// A parsed http or https URL: host normalised, everything percent-encoded, no tab, line break or space left in it.
/// Source: https://url.spec.whatwg.org/
class url {
public:
    enum class host_kind : std::uint8_t { domain, ipv4, ipv6 };

    /// Parses `text`, against `base` if it is relative. Errors: bad_url, also for other schemes.
    [[nodiscard]] static result<url> parse(std::string_view text, const url* base = nullptr);

    [[nodiscard]] const std::string& scheme() const noexcept { return scheme_; }
    [[nodiscard]] const std::string& username() const noexcept { return username_; }
    [[nodiscard]] const std::string& password() const noexcept { return password_; }
    [[nodiscard]] const std::string& host() const noexcept { return host_; }  ///< IPv6 in brackets
    [[nodiscard]] host_kind kind() const noexcept { return kind_; }
    [[nodiscard]] std::uint16_t port() const noexcept;  ///< the scheme's default when none is written
    [[nodiscard]] const std::string& path() const noexcept { return path_; }          ///< begins with '/'
    [[nodiscard]] const std::string& query() const noexcept { return query_; }        ///< with its '?', or empty
    [[nodiscard]] const std::string& fragment() const noexcept { return fragment_; }  ///< with its '#', or empty

    [[nodiscard]] bool is_https() const noexcept { return scheme_ == "https"; }
    /// scheme://host[:port], the default port left out.
    [[nodiscard]] std::string origin() const;
    /// host[:port] as the Host field wants it.
    [[nodiscard]] std::string authority() const;
    /// path and query: the request target of RFC 9112 §3.2.1.
    [[nodiscard]] std::string target() const { return path_ + query_; }
    /// The serialisation ("href").
    [[nodiscard]] std::string text() const;
    /// The serialisation without user name, password and fragment, and with the values of query parameters that look
    /// like keys or tokens replaced: what may be logged.
    [[nodiscard]] std::string redacted() const;
    [[nodiscard]] url without_fragment() const;

private:
    friend struct url_parser;
    std::string scheme_, username_, password_, host_, path_, query_, fragment_;
    int port_       = -1;
    host_kind kind_ = host_kind::domain;
};

/// `text` percent-encoded as application/x-www-form-urlencoded wants it (space becomes '+').
[[nodiscard]] std::string form_encode(std::string_view text);

}  // namespace forage
