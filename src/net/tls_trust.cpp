#include "net/tls_trust.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <openssl/err.h>
#include <openssl/x509.h>

namespace forage::detail {

namespace {

bool was_out_of_descriptors() {
    bool found = false;
    while (const auto code = ERR_get_error()) {
        const auto reason = ERR_GET_REASON(code);
        found             = found || (ERR_SYSTEM_ERROR(code) && (reason == EMFILE || reason == ENFILE));
    }
    return found;
}

error no_descriptor(const std::string& file) {
    return error{
        errc::connect_failed,
        "cannot read " + file + ": too many open files",
        "raise the limit of open files, or lower max_connections"
    }
        .at(phase::tls);
}

}  // namespace

error unreadable_certificates(const std::string& file) {
    if (was_out_of_descriptors()) return no_descriptor(file);
    return error{errc::tls_failed, "cannot read certificates from " + file, "give a PEM file"}.at(phase::tls);
}

// A bundle file is read whole; OpenSSL's default would look files up during handshakes, on the event loop's thread.
result<X509_STORE*> system_store() {
    static std::mutex loading;
    static X509_STORE* kept = nullptr;
    const std::lock_guard lock{loading};
    if (kept != nullptr) return kept;

    std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> fresh{X509_STORE_new(), &X509_STORE_free};
    if (!fresh) return error{errc::tls_failed, "OpenSSL has no memory", "try again later"}.at(phase::tls);
    const char* from_environment = std::getenv(X509_get_default_cert_file_env());
    const std::array<const char*, 5> bundles{
        from_environment,
        X509_get_default_cert_file(),
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/cert.pem"
    };
    bool has_some = false;
    for (const char* bundle : bundles) {
        if (bundle == nullptr) continue;
        has_some = X509_STORE_load_file(fresh.get(), bundle) == 1;
        if (has_some) break;
        if (was_out_of_descriptors()) return no_descriptor(bundle);
    }
    if (!has_some) X509_STORE_set_default_paths(fresh.get());
    ERR_clear_error();
    kept = fresh.release();
    return kept;
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
