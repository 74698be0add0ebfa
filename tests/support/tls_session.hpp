// tls_session: the server's side of TLS over a faulty_wire, so that faults meet the handshake's bytes as well.
#pragma once

#include "support/faulty_wire.hpp"

#include <memory>
#include <miniweb/certificates.hpp>
#include <string>
#include <string_view>

struct ssl_ctx_st;  // OpenSSL
struct ssl_st;

namespace forage::testing {

/// What sessions share. Throws std::runtime_error if OpenSSL does not take the certificate.
[[nodiscard]] std::shared_ptr<ssl_ctx_st> tls_server_context(const miniweb::tls_identity& identity, bool only_tls_1_1);

class tls_session {
public:
    /// `wire` must outlive the session.
    tls_session(const std::shared_ptr<ssl_ctx_st>& context, faulty_wire& wire);
    ~tls_session();
    tls_session(const tls_session&)            = delete;
    tls_session& operator=(const tls_session&) = delete;

    /// Each is false when the connection is over.
    awaitable<bool> handshake();
    awaitable<bool> send(std::string_view plain);
    awaitable<bool> receive(std::string& into);
    /// Sends the closing alert (RFC 8446 §6.1).
    awaitable<void> say_goodbye();

private:
    awaitable<bool> flush();
    awaitable<bool> after(int outcome);

    std::shared_ptr<ssl_ctx_st> context_;
    std::unique_ptr<ssl_st, void (*)(ssl_st*)> session_;
    faulty_wire& wire_;
};

}  // namespace forage::testing
