// TLS for clients: one context per client, verification always on, and handshake failures in words.
#pragma once

#include "net/stream.hpp"

#include <forage/result.hpp>

#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <string>

namespace forage::detail {

/// What a client trusts and offers. Immutable once made; shared by its connections.
class tls_context {
public:
    struct settings {
        std::string ca_file;
        bool system_trust = true;
    };
    /// Reads certificate files, which takes about 15 ms for the system's store: for the worker pool.
    /// Errors: tls_failed, when the CA file cannot be read.
    static result<std::shared_ptr<tls_context>> load(const settings& s);

    /// Shakes hands on a connected socket. `host` as `url::host()` gives it: verified against the certificate, and sent
    /// as SNI when it is a name. Errors: tls_failed. Cancellation unwinds.
    awaitable<result<std::unique_ptr<stream>>> handshake(boost::asio::ip::tcp::socket socket, std::string host);

    ~tls_context();
    tls_context(const tls_context&)            = delete;
    tls_context& operator=(const tls_context&) = delete;

private:
    struct impl;
    explicit tls_context(std::unique_ptr<impl> i);
    std::unique_ptr<impl> impl_;
};

/// The plain counterpart.
[[nodiscard]] std::unique_ptr<stream> plain_stream(boost::asio::ip::tcp::socket socket);

/// Shared by both: see stream::is_quiet.
[[nodiscard]] bool socket_is_quiet(int descriptor) noexcept;

}  // namespace forage::detail
