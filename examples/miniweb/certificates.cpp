// Certificates by OpenSSL's own API: key, name, validity, extensions (RFC 5280), signature.
#include "certificates.hpp"

#include <cstdint>
#include <ctime>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdexcept>

namespace miniweb {

namespace {

template <auto Free>
struct release {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};
using key_ptr       = std::unique_ptr<EVP_PKEY, release<EVP_PKEY_free>>;
using cert_ptr      = std::unique_ptr<X509, release<X509_free>>;
using bio_ptr       = std::unique_ptr<BIO, release<BIO_free_all>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, release<X509_EXTENSION_free>>;

void require(bool done, const char* what) {
    if (done) return;
    char reason[160];
    ERR_error_string_n(ERR_get_error(), reason, sizeof reason);
    throw std::runtime_error{std::string{"certificate: "} + what + ": " + reason};
}

key_ptr make_key() {
    key_ptr key{EVP_EC_gen("P-256")};
    require(key != nullptr, "making a key");
    return key;
}

template <class Write>
std::string to_pem(Write write) {
    const bio_ptr out{BIO_new(BIO_s_mem())};
    require(out != nullptr && write(out.get()) == 1, "writing PEM");
    char* text        = nullptr;
    const auto length = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(length)};
}

std::string pem_of(X509* certificate) {
    return to_pem([&](BIO* out) { return PEM_write_bio_X509(out, certificate); });
}

std::string pem_of(EVP_PKEY* key) {
    return to_pem([&](BIO* out) { return PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

void add_extension(X509* certificate, X509* issuer, int id, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const extension_ptr extension{X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str())};
    require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, "adding an extension");
}

/// A version 3 certificate with everything but its extensions and signature; `issuer` null means itself.
cert_ptr make_certificate(
    EVP_PKEY* key, const std::string& common_name, X509* issuer, std::chrono::seconds from, std::chrono::seconds to
) {
    cert_ptr certificate{X509_new()};
    require(certificate != nullptr, "allocation");
    X509* const made = certificate.get();
    require(X509_set_version(made, X509_VERSION_3) == 1, "setting the version");

    // RFC 5280 §4.1.2.2: positive and unpredictable. Half of 64 bits stays positive.
    std::uint64_t serial = 0;
    require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1, "making a serial number");
    require(ASN1_INTEGER_set_uint64(X509_get_serialNumber(made), (serial >> 1) | 1) == 1, "setting the serial number");

    const std::time_t now = std::time(nullptr);
    std::time_t start     = now + static_cast<std::time_t>(from.count());
    std::time_t end       = now + static_cast<std::time_t>(to.count());
    require(X509_time_adj_ex(X509_getm_notBefore(made), 0, 0, &start) != nullptr, "setting notBefore");
    require(X509_time_adj_ex(X509_getm_notAfter(made), 0, 0, &end) != nullptr, "setting notAfter");

    // RFC 5280 upper bound of a common name: 64 characters. The SAN carries the real names.
    const std::string shortened = common_name.substr(0, 64);
    X509_NAME* const subject    = X509_get_subject_name(made);
    const auto* const bytes     = reinterpret_cast<const unsigned char*>(shortened.data());
    require(
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, bytes, static_cast<int>(shortened.size()), -1, 0) == 1,
        "setting the subject"
    );
    require(
        X509_set_issuer_name(made, issuer != nullptr ? X509_get_subject_name(issuer) : subject) == 1,
        "setting the issuer"
    );
    require(X509_set_pubkey(made, key) == 1, "setting the key");
    return certificate;
}

std::string alternative_names(const leaf_options& options) {
    std::string list;
    for (const auto& name : options.names) list += (list.empty() ? "DNS:" : ",DNS:") + name;
    for (const auto& address : options.addresses) list += (list.empty() ? "IP:" : ",IP:") + address;
    return list;
}

tls_identity make_leaf(const leaf_options& options, X509* issuer, EVP_PKEY* issuer_key) {
    const key_ptr key = make_key();
    std::string common_name{"unnamed"};
    if (!options.names.empty()) common_name = options.names.front();
    const cert_ptr leaf = make_certificate(key.get(), common_name, issuer, options.not_before, options.not_after);
    X509* const by      = issuer != nullptr ? issuer : leaf.get();
    add_extension(leaf.get(), by, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(leaf.get(), by, NID_key_usage, "critical,digitalSignature");
    add_extension(leaf.get(), by, NID_ext_key_usage, "serverAuth");
    add_extension(leaf.get(), by, NID_subject_key_identifier, "hash");
    if (issuer != nullptr) add_extension(leaf.get(), by, NID_authority_key_identifier, "keyid:always");
    if (const auto names = alternative_names(options); !names.empty())
        add_extension(leaf.get(), by, NID_subject_alt_name, names);
    require(X509_sign(leaf.get(), issuer_key != nullptr ? issuer_key : key.get(), EVP_sha256()) != 0, "signing");
    return {pem_of(leaf.get()), pem_of(key.get())};
}

}  // namespace

struct certificate_authority::impl {
    key_ptr key;
    cert_ptr certificate;
};

certificate_authority::certificate_authority(const std::string& common_name) : impl_{std::make_unique<impl>()} {
    using std::chrono::hours;
    impl_->key         = make_key();
    impl_->certificate = make_certificate(impl_->key.get(), common_name, nullptr, hours{-24}, hours{24 * 365});
    X509* const root   = impl_->certificate.get();
    add_extension(root, root, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(root, root, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(root, root, NID_subject_key_identifier, "hash");
    require(X509_sign(root, impl_->key.get(), EVP_sha256()) != 0, "signing");
    pem_ = pem_of(root);
}

certificate_authority::~certificate_authority()                                           = default;
certificate_authority::certificate_authority(certificate_authority&&) noexcept            = default;
certificate_authority& certificate_authority::operator=(certificate_authority&&) noexcept = default;

tls_identity certificate_authority::issue(const leaf_options& options) const {
    return make_leaf(options, impl_->certificate.get(), impl_->key.get());
}

tls_identity self_signed(const leaf_options& options) { return make_leaf(options, nullptr, nullptr); }

}  // namespace miniweb
