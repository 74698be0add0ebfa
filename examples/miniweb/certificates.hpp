// A certificate authority that lives as long as the program, and the server certificates it issues. EC P-256, made with
// OpenSSL at start: no key is ever stored in the repository. For tests it also issues certificates that are wrong.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace miniweb {

/// What a TLS server shows and proves, both in PEM.
struct tls_identity {
    std::string certificate;
    std::string private_key;
};

/// Whom a certificate names, and when it is valid (relative to now: a negative `not_after` makes an expired one).
struct leaf_options {
    std::vector<std::string> names;      ///< DNS names, `*.` at the front allowed
    std::vector<std::string> addresses;  ///< IP addresses as text
    std::chrono::seconds not_before = std::chrono::hours{-1};
    std::chrono::seconds not_after  = std::chrono::hours{24 * 30};
};

/// A CA with a fresh key. Throws std::runtime_error if OpenSSL fails. Threads: one object, one thread at a time.
class certificate_authority {
public:
    explicit certificate_authority(const std::string& common_name = "miniweb test CA");
    ~certificate_authority();
    certificate_authority(certificate_authority&&) noexcept;
    certificate_authority& operator=(certificate_authority&&) noexcept;

    /// The CA's own certificate in PEM, for a client's trust store.
    [[nodiscard]] const std::string& certificate() const noexcept { return pem_; }
    [[nodiscard]] tls_identity issue(const leaf_options& options) const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
    std::string pem_;
};

/// A certificate that vouches for itself only.
[[nodiscard]] tls_identity self_signed(const leaf_options& options);

}  // namespace miniweb
