// A proxy: where it is, what it speaks and who we are to it.
#pragma once

#include <forage/secret.hpp>
#include <forage/url.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace forage::detail {

struct proxy {
    enum class protocol : std::uint8_t {
        http,    ///< RFC 9110 §9.3.6 for https, RFC 9112 §3.2.2 for http
        socks5,  ///< RFC 1928; names are left to the proxy
    };
    struct login {
        std::string user;
        secret password;
    };

    protocol speaks = protocol::http;
    std::string host;  ///< as `url::host()` gives it: lower case, IPv6 in brackets
    std::uint16_t port = 0;
    std::optional<login> as;

    /// Whether it passes requests for `target` on, instead of relaying a connection.
    [[nodiscard]] bool forwards(const url& target) const { return speaks == protocol::http && !target.is_https(); }
    /// HOST:PORT, for messages.
    [[nodiscard]] std::string authority() const { return host + ':' + std::to_string(port); }
};

}  // namespace forage::detail
