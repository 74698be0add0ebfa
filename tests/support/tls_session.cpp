#include "support/tls_session.hpp"

#include <array>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <stdexcept>

namespace forage::testing {

namespace {

using bio_ptr = std::unique_ptr<BIO, int (*)(BIO*)>;

bio_ptr reader_of(const std::string& text) {
    return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

}  // namespace

std::shared_ptr<SSL_CTX> tls_server_context(const miniweb::tls_identity& identity, bool only_tls_1_1) {
    std::shared_ptr<SSL_CTX> context{SSL_CTX_new(TLS_server_method()), &SSL_CTX_free};
    const std::unique_ptr<X509, void (*)(X509*)> certificate{
        PEM_read_bio_X509(reader_of(identity.certificate).get(), nullptr, nullptr, nullptr), &X509_free
    };
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key{
        PEM_read_bio_PrivateKey(reader_of(identity.private_key).get(), nullptr, nullptr, nullptr), &EVP_PKEY_free
    };
    if (SSL_CTX_use_certificate(context.get(), certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context.get(), key.get()) != 1) {
        throw std::runtime_error{"OpenSSL does not take the certificate"};
    }
    if (only_tls_1_1) {
        // Level 0 allows the SHA-1 that TLS 1.1 stands on.
        SSL_CTX_set_security_level(context.get(), 0);
        SSL_CTX_set_min_proto_version(context.get(), TLS1_1_VERSION);
        SSL_CTX_set_max_proto_version(context.get(), TLS1_1_VERSION);
    }
    return context;
}

tls_session::tls_session(const std::shared_ptr<SSL_CTX>& context, faulty_wire& wire)
    : context_{context}, session_{SSL_new(context.get()), &SSL_free}, wire_{wire} {
    SSL_set_bio(session_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_accept_state(session_.get());
}

tls_session::~tls_session() = default;

// Sends what OpenSSL has written.
awaitable<bool> tls_session::flush() {
    std::array<char, 16 * 1024> piece;
    for (;;) {
        const int n = BIO_read(SSL_get_wbio(session_.get()), piece.data(), static_cast<int>(piece.size()));
        if (n <= 0) co_return true;
        const std::string_view written{piece.data(), static_cast<std::size_t>(n)};
        const bool sent = co_await wire_.send(written);
        if (!sent) co_return false;
    }
}

// Whether to try again, once more bytes have come, what ended with `outcome`.
awaitable<bool> tls_session::after(int outcome) {
    const bool waits = SSL_get_error(session_.get(), outcome) == SSL_ERROR_WANT_READ;
    ERR_clear_error();
    const bool sent = co_await flush();  // alerts too
    if (!sent || !waits) co_return false;
    std::string came;
    const bool received = co_await wire_.receive(came);
    BIO_write(SSL_get_rbio(session_.get()), came.data(), static_cast<int>(came.size()));
    co_return received;
}

awaitable<bool> tls_session::handshake() {
    for (;;) {
        const int outcome = SSL_do_handshake(session_.get());
        if (outcome == 1) co_return co_await flush();
        const bool again = co_await after(outcome);
        if (!again) co_return false;
    }
}

awaitable<bool> tls_session::send(std::string_view plain) {
    // Into memory OpenSSL writes all at once.
    if (!plain.empty() && SSL_write(session_.get(), plain.data(), static_cast<int>(plain.size())) <= 0) co_return false;
    co_return co_await flush();
}

awaitable<bool> tls_session::receive(std::string& into) {
    std::array<char, 16 * 1024> piece;
    for (;;) {
        const int n = SSL_read(session_.get(), piece.data(), static_cast<int>(piece.size()));
        if (n > 0) {
            into.append(piece.data(), static_cast<std::size_t>(n));
            co_return true;
        }
        const bool again = co_await after(n);
        if (!again) co_return false;
    }
}

awaitable<void> tls_session::say_goodbye() {
    SSL_shutdown(session_.get());
    ERR_clear_error();
    co_await flush();
}

}  // namespace forage::testing
