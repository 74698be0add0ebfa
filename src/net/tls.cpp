#include "net/tls.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>

#include <array>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string_view>

namespace forage::detail {
namespace net = boost::asio;

namespace {

constexpr auto as_values = net::as_tuple(net::use_awaitable);
using tls_socket         = net::ssl::stream<net::ip::tcp::socket>;

class tls_stream final : public stream {
public:
    tls_stream(std::shared_ptr<void> context, tls_socket socket)
        : context_{std::move(context)}, socket_{std::move(socket)} {}

    awaitable<transferred> read_some(net::mutable_buffer into) override {
        return socket_.async_read_some(into, as_values);
    }
    awaitable<transferred> write_all(net::const_buffer from) override {
        return net::async_write(socket_, from, as_values);
    }
    [[nodiscard]] bool is_quiet() noexcept override {
        return SSL_pending(socket_.native_handle()) == 0 && socket_is_quiet(socket_.next_layer().native_handle());
    }

private:
    std::shared_ptr<void> context_;  // the session refers to it
    tls_socket socket_;
};

std::string asn1_date(const ASN1_TIME* time) {
    std::tm parts{};
    std::array<char, 32> text{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return "an unknown date";
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts)};
}

// The names a certificate is good for, shortened. They come from a stranger, but GENERAL_NAME strings that OpenSSL
// prints are escaped.
std::string names_in(X509* certificate) {
    std::string names;
    auto* list = static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    if (list == nullptr) return "no names";
    for (int i = 0; i < sk_GENERAL_NAME_num(list) && i < 5; ++i) {
        const std::unique_ptr<BIO, decltype(&BIO_free_all)> out{BIO_new(BIO_s_mem()), &BIO_free_all};
        if (!out || GENERAL_NAME_print(out.get(), sk_GENERAL_NAME_value(list, i)) != 1) continue;
        char* data        = nullptr;
        const long length = BIO_get_mem_data(out.get(), &data);
        if (!names.empty()) names += ", ";
        for (long k = 0; k < length && k < 100; ++k) names += data[k] >= ' ' && data[k] < 0x7F ? data[k] : '?';
    }
    GENERAL_NAMES_free(list);
    return names.empty() ? "no names" : names;
}

// What the verification did not like, kept by the session for the error message.
struct verify_note {
    std::string what;
    std::string hint;
};

int note_index() {
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

int on_verify(int ok, X509_STORE_CTX* store) {
    if (ok == 1) return 1;
    const auto* session = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto* note          = static_cast<verify_note*>(SSL_get_ex_data(session, note_index()));
    if (note == nullptr || !note->what.empty()) return 0;
    auto* certificate = X509_STORE_CTX_get_current_cert(store);
    const int reason  = X509_STORE_CTX_get_error(store);
    switch (reason) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        note->what = "the certificate expired on " + asn1_date(X509_get0_notAfter(certificate));
        note->hint = "the site must renew it; check this machine's clock";
        break;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        note->what = "the certificate is valid only from " + asn1_date(X509_get0_notBefore(certificate));
        note->hint = "check this machine's clock";
        break;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        note->what = "the certificate is for another host (" + names_in(certificate) + ")";
        note->hint = "check the URL's host";
        break;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        note->what = "the certificate's issuer is not trusted";
        note->hint = "if it is your own authority, add its certificate (ca_file, --ca-file)";
        break;
    default: note->what = X509_verify_cert_error_string(reason); break;
    }
    return 0;
}

std::string last_openssl_reason(const boost::system::error_code& ec) {
    return ec.category() == net::error::get_ssl_category() ? ec.message() : "connection lost: " + ec.message();
}

// Host name, SNI and the certificate's check, in one place, from the one parsed host.
bool set_peer(SSL* session, const std::string& host) {
    boost::system::error_code ec;
    std::string_view bare{host};
    if (bare.starts_with('[')) bare = bare.substr(1, bare.size() - 2);
    const auto address = net::ip::make_address(std::string{bare}, ec);
    auto* parameters   = SSL_get0_param(session);
    X509_VERIFY_PARAM_set_hostflags(
        parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT
    );
    if (!ec) return X509_VERIFY_PARAM_set1_ip_asc(parameters, address.to_string().c_str()) == 1;
    if (bare.ends_with('.')) bare.remove_suffix(1);
    return X509_VERIFY_PARAM_set1_host(parameters, bare.data(), bare.size()) == 1 &&
           SSL_set_tlsext_host_name(session, std::string{bare}.c_str()) == 1;
}

// The system's certificates, parsed once for the process: the only state shared by all clients besides the worker pool.
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

// Certificates are shared, not parsed again.
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

}  // namespace

struct tls_context::impl {
    std::shared_ptr<net::ssl::context> context;
};

tls_context::tls_context(std::unique_ptr<impl> i) : impl_{std::move(i)} {}
tls_context::~tls_context() = default;

result<std::shared_ptr<tls_context>> tls_context::load(const settings& s) {
    // The worker pool may be joined after OpenSSL has cleaned up at exit; its threads must hold nothing of OpenSSL
    // then.
    struct leave_nothing {
        leave_nothing()                                = default;
        leave_nothing(const leave_nothing&)            = delete;
        leave_nothing& operator=(const leave_nothing&) = delete;
        ~leave_nothing() { OPENSSL_thread_stop(); }
    };
    const leave_nothing on_exit;
    auto context = std::make_shared<net::ssl::context>(net::ssl::context::tls_client);
    auto* native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_verify(native, SSL_VERIFY_PEER, on_verify);
    static constexpr std::array<unsigned char, 9> alpn{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(native, alpn.data(), alpn.size());
    if (s.system_trust && s.ca_file.empty()) {
        if (auto* store = system_store(); store != nullptr) SSL_CTX_set1_cert_store(native, store);
    } else if (s.system_trust) {
        if (auto* store = system_store(); store != nullptr) add_certificates(SSL_CTX_get_cert_store(native), store);
    }
    if (!s.ca_file.empty() && SSL_CTX_load_verify_file(native, s.ca_file.c_str()) != 1) {
        ERR_clear_error();
        return error{errc::tls_failed, "cannot read certificates from " + s.ca_file, "give a PEM file"}.at(phase::tls);
    }
    return std::shared_ptr<tls_context>{new tls_context{std::make_unique<impl>(impl{std::move(context)})}};
}

awaitable<result<std::unique_ptr<stream>>> tls_context::handshake(net::ip::tcp::socket socket, std::string host) {
    auto context = impl_->context;
    tls_socket tls{std::move(socket), *context};
    verify_note note;
    auto* session = tls.native_handle();
    SSL_set_ex_data(session, note_index(), &note);
    if (!set_peer(session, host)) co_return error{errc::tls_failed, "not a host that TLS can check"}.at(phase::tls);

    const auto [ec] = co_await tls.async_handshake(net::ssl::stream_base::client, as_values);
    SSL_set_ex_data(session, note_index(), nullptr);
    if (ec == net::error::operation_aborted) throw boost::system::system_error{ec};
    if (ec) {
        if (note.what.empty()) note.what = last_openssl_reason(ec);
        co_return error{errc::tls_failed, std::move(note.what), std::move(note.hint)}.at(phase::tls);
    }
    std::unique_ptr<stream> connected = std::make_unique<tls_stream>(std::move(context), std::move(tls));
    co_return connected;
}

}  // namespace forage::detail
