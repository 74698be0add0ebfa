#include "net/tls_words.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace forage::detail {
namespace net = boost::asio;

namespace {

std::string date_of(const ASN1_TIME* time) {
    std::tm parts{};
    std::array<char, 32> text{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return "an unknown date";
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts)};
}

// The first of the names a certificate is good for.
std::string names_in(X509* certificate) {
    constexpr int most_names   = 5;
    constexpr long most_length = 100;
    if (certificate == nullptr) return "no names";
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> list{
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
        &GENERAL_NAMES_free
    };
    if (!list) return "no names";
    std::string names;
    const int count = sk_GENERAL_NAME_num(list.get());
    for (int i = 0; i < std::min(count, most_names); ++i) {
        const std::unique_ptr<BIO, decltype(&BIO_free_all)> out{BIO_new(BIO_s_mem()), &BIO_free_all};
        if (!out || GENERAL_NAME_print(out.get(), sk_GENERAL_NAME_value(list.get(), i)) != 1) continue;
        char* data        = nullptr;
        const long length = BIO_get_mem_data(out.get(), &data);
        if (!names.empty()) names += ", ";
        for (long k = 0; k < std::min(length, most_length); ++k) {
            names += data[k] >= ' ' && data[k] < 0x7F ? data[k] : '?';
        }
    }
    if (count > most_names) names += " and " + std::to_string(count - most_names) + " more";
    return names.empty() ? "no names" : names;
}

const char* const closed_hint = "check that the port speaks TLS; or the server refuses this client";

tls_complaint no_connection(const boost::system::error_code& ec) {
    if (ec == net::ssl::error::stream_truncated || ec == net::error::eof) {
        return {"the server closed the connection during the handshake", closed_hint};
    }
    if (ec == net::error::connection_reset || ec == net::error::broken_pipe) {
        return {"the server cut the connection during the handshake", closed_hint};
    }
    return {"the connection broke during the handshake: " + ec.message(), "try again later"};
}

}  // namespace

tls_complaint certificate_complaint(X509_STORE_CTX* verification) {
    auto* certificate    = X509_STORE_CTX_get_current_cert(verification);
    const int reason     = X509_STORE_CTX_get_error(verification);
    const bool is_issuer = X509_STORE_CTX_get_error_depth(verification) > 0;
    const std::string of = is_issuer ? "the certificate of the issuer" : "the certificate";
    switch (reason) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return {
            of + " expired on " + date_of(X509_get0_notAfter(certificate)),
            "the site must renew it; check this machine's clock"
        };
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return {of + " is valid only from " + date_of(X509_get0_notBefore(certificate)), "check this machine's clock"};
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return {"the certificate is for another host (" + names_in(certificate) + ")", "check the URL's host"};
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return {
            "the certificate's issuer is not trusted",
            "if it is your own authority, add its certificate (ca_file, --ca-file)"
        };
    case X509_V_ERR_INVALID_PURPOSE: return {of + " is not meant for servers", "the site must get another"};
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK: return {of + " is too weak to be trusted", "the site must get a stronger one"};
    default: return {X509_verify_cert_error_string(reason), "the site's certificate is at fault"};
    }
}

tls_complaint handshake_complaint(const boost::system::error_code& ec) {
    if (ec.category() != net::error::get_ssl_category()) return no_connection(ec);
    const auto code = static_cast<unsigned long>(static_cast<unsigned>(ec.value()));
    if (ERR_GET_LIB(code) != ERR_LIB_SSL) return {ec.message(), ""};
    switch (ERR_GET_REASON(code)) {
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_UNEXPECTED_MESSAGE:
    case SSL_R_UNEXPECTED_RECORD:
        return {"what answers on that port does not speak TLS", "try http:// instead of https://, or check the port"};
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
        return {"the server speaks no version of TLS from 1.2 on", "the site must be brought up to date"};
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
    case SSL_R_TLSV1_ALERT_INSUFFICIENT_SECURITY:
    case SSL_R_WRONG_CIPHER_RETURNED:
    case SSL_R_NO_CIPHERS_AVAILABLE:
        return {"the server and this client have no cipher in common", "the site's TLS is out of date or very special"};
    case SSL_R_DH_KEY_TOO_SMALL:
    case SSL_R_EE_KEY_TOO_SMALL:
        return {"the server's key is too weak to be trusted", "the site must get a stronger one"};
    case SSL_R_TLSV1_UNRECOGNIZED_NAME: return {"the server knows no site of that name", "check the URL's host"};
    case SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL:
        return {"the server does not offer HTTP/1.1", "there is no other protocol to try"};
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
        return {"the server wants a certificate from its clients", "client certificates cannot be given"};
    case SSL_R_TLSV1_ALERT_INTERNAL_ERROR:
        return {"the server reports an error of its own during the handshake", "try again later"};
    default: return {"no TLS handshake: " + ec.message(), "the server's TLS is at fault"};
    }
}

}  // namespace forage::detail
