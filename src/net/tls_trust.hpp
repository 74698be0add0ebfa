// Whom TLS trusts: the system's certificates.
#pragma once

struct x509_store_st;  // OpenSSL's X509_STORE

namespace forage::detail {

/// The system's certificates, parsed once for the process: the only state shared by all clients besides the worker
/// pool. Null if OpenSSL has no memory. Reads files: for the worker pool. Threads: any.
x509_store_st* system_store();

/// Certificates are shared, not parsed again.
void add_certificates(x509_store_st* to, x509_store_st* from);

}  // namespace forage::detail
