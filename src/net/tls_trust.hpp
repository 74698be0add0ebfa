// Whom TLS trusts: the system's certificates.
#pragma once

#include <forage/error.hpp>
#include <forage/result.hpp>

#include <string>

struct x509_store_st;  // OpenSSL's X509_STORE

namespace forage::detail {

/// The system's certificates, parsed once for the process: the only state shared by all clients besides the worker
/// pool. Reads files: for the worker pool. Threads: any. Errors: tls_failed; connect_failed, when there is no
/// descriptor left to read them with, which the next call may find otherwise.
result<x509_store_st*> system_store();

/// Why certificates in `file` could not be read, by OpenSSL's list of errors, which is empty afterwards.
error unreadable_certificates(const std::string& file);

/// Certificates are shared, not parsed again.
void add_certificates(x509_store_st* to, x509_store_st* from);

}  // namespace forage::detail
