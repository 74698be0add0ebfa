// TLS failures in words: what the certificate lacks, or why there was no handshake, and what to do about it.
#pragma once

#include <boost/system/error_code.hpp>

#include <string>

struct x509_store_ctx_st;  // OpenSSL's X509_STORE_CTX

namespace forage::detail {

/// What failed and what can be done, as in `error`.
struct tls_complaint {
    std::string what;
    std::string hint;
};

/// From a verification that failed just now. Names in certificates come from strangers: unprintable bytes are replaced,
/// and their number and length are bounded.
[[nodiscard]] tls_complaint certificate_complaint(x509_store_ctx_st* verification);

/// From a handshake that failed for another reason. `ec` as tls_stream::handshake gives it.
[[nodiscard]] tls_complaint handshake_complaint(const boost::system::error_code& ec);

}  // namespace forage::detail
