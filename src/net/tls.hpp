// TLS for clients: one context per client, verification always on, sessions resumed, and failures in words.
#pragma once

#include "net/stream.hpp"

#include <forage/result.hpp>

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace forage::detail {

/// What a client trusts and offers, and the sessions it may resume. Loaded on any thread; then lives on one strand,
/// with the connections it makes.
class tls_context {
public:
    struct settings {
        std::string ca_file;
        bool system_trust = true;
    };
    /// Reads certificate files, which takes about 15 ms for the system's store: for the worker pool.
    /// Errors: tls_failed, when the CA file cannot be read.
    static result<std::shared_ptr<tls_context>> load(const settings& s);

    struct secured {
        std::unique_ptr<stream> connection;
        bool is_resumed = false;  ///< by a session of an earlier connection to the same host and port
    };
    /// Shakes hands on a connected socket. `host` as `url::host()` gives it: verified against the certificate, and sent
    /// as SNI when it is a name. `port` is the origin's; a session is only resumed for the host and port that it was
    /// made with. Errors: tls_failed. Cancellation unwinds.
    awaitable<result<secured>> handshake(boost::asio::ip::tcp::socket socket, std::string host, std::uint16_t port);

    ~tls_context();
    tls_context(const tls_context&)            = delete;
    tls_context& operator=(const tls_context&) = delete;

private:
    struct impl;
    class connection;
    explicit tls_context(std::shared_ptr<impl> i);
    std::shared_ptr<impl> impl_;
};

/// The plain counterpart.
[[nodiscard]] std::unique_ptr<stream> plain_stream(boost::asio::ip::tcp::socket socket);

/// Shared by both: see stream::is_quiet.
[[nodiscard]] bool socket_is_quiet(int descriptor) noexcept;

}  // namespace forage::detail
