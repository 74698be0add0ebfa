// Real proxies on free ports: squid for HTTP, microsocks for SOCKS5.
#pragma once

#include "support/child_process.hpp"
#include "support/miniweb_fixture.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace forage::testing {

class proxy_server {
public:
    enum class kind { squid, microsocks };
    static constexpr const char* user     = "scout";
    static constexpr const char* password = "p@ss/w:rd";
    /// A name that squid knows as 127.0.0.1, and nobody else. microsocks asks the system for names.
    static constexpr const char* known_to_squid = "far.test";

    /// Throws std::runtime_error with the program's words if it does not start.
    proxy_server(kind which, bool wants_login);

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    /// Its URL, with the login before the host if one is given; "USER:PASSWORD@", percent-encoded.
    [[nodiscard]] std::string url(const std::string& login = {}) const;
    /// The right login for `url`.
    static constexpr const char* right_login = "scout:p%40ss%2Fw:rd@";

    /// Whether this machine has the program.
    [[nodiscard]] static bool installed(kind which);

private:
    void start_squid(bool wants_login);
    void start_microsocks(bool wants_login);

    kind which_;
    temporary_folder folder_;
    std::uint16_t port_ = 0;
    std::unique_ptr<child_process> process_;
};

}  // namespace forage::testing
