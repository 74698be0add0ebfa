// A TLS server that shakes hands as it is told and then echoes, for tests of the handshake alone.
#pragma once

#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <miniweb/certificates.hpp>

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace forage::testing {

/// Listens on 127.0.0.1 until stopped or destroyed.
class tls_peer {
public:
    /// `tune` sets what OpenSSL offers; may be empty. A peer made anew knows no sessions of an earlier one.
    tls_peer(
        boost::asio::io_context& io, const miniweb::tls_identity& identity, std::function<void(ssl_ctx_st*)> tune = {}
    );
    ~tls_peer();
    tls_peer(const tls_peer&)            = delete;
    tls_peer& operator=(const tls_peer&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// Handshakes that succeeded.
    [[nodiscard]] std::size_t handshakes() const;
    /// Takes on another's secrets, as after a restart with keys of its own.
    void renew();
    void stop();

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

}  // namespace forage::testing
