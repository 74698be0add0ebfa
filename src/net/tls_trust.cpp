#include "net/tls_trust.hpp"

#include <array>
#include <cstdlib>
#include <mutex>
#include <openssl/err.h>
#include <openssl/x509.h>

namespace forage::detail {

// A bundle file is read whole; OpenSSL's default would look files up during handshakes, on the event loop's thread.
X509_STORE* system_store() {
    static std::once_flag once;
    static X509_STORE* store = nullptr;
    std::call_once(once, [] {
        store = X509_STORE_new();
        if (store == nullptr) return;
        const char* from_environment = std::getenv(X509_get_default_cert_file_env());
        const std::array<const char*, 5> bundles{
            from_environment,
            X509_get_default_cert_file(),
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/cert.pem"
        };
        for (const char* bundle : bundles) {
            if (bundle != nullptr && X509_STORE_load_file(store, bundle) == 1) return ERR_clear_error();
        }
        X509_STORE_set_default_paths(store);
        ERR_clear_error();
    });
    return store;
}

void add_certificates(X509_STORE* to, X509_STORE* from) {
    X509_STORE_lock(from);
    const auto* objects = X509_STORE_get0_objects(from);
    for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
        if (auto* certificate = X509_OBJECT_get0_X509(sk_X509_OBJECT_value(objects, i)); certificate != nullptr) {
            X509_STORE_add_cert(to, certificate);
        }
    }
    X509_STORE_unlock(from);
}

}  // namespace forage::detail
