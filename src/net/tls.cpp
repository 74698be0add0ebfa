#include "net/tls.hpp"

#include "net/host_text.hpp"
#include "net/session_cache.hpp"
#include "net/tls_stream.hpp"
#include "net/tls_trust.hpp"
#include "net/tls_words.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/system/system_error.hpp>

#include <array>
#include <ctime>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <optional>
#include <string_view>

namespace forage::detail {
namespace net = boost::asio;

namespace {

using context_ptr = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using session_ptr = std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)>;

// What a connection's callbacks need. Reached through the SSL object, which does not outlive it.
struct handshake_notes {
    session_cache& sessions;
    std::string origin;  // "host:port"
    tls_complaint complaint;
};

int notes_index() {
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

handshake_notes* notes_of(const SSL* ssl) { return static_cast<handshake_notes*>(SSL_get_ex_data(ssl, notes_index())); }

int on_verify(int ok, X509_STORE_CTX* store) {
    if (ok == 1) return 1;
    const auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    if (auto* notes = notes_of(ssl); notes != nullptr && notes->complaint.what.empty()) {
        notes->complaint = certificate_complaint(store);
    }
    return 0;
}

std::optional<session_cache::time_point> end_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
    return std::chrono::system_clock::from_time_t(::timegm(&parts));
}

// Sessions are kept in writing: as an object one would hold the server's whole chain of certificates, and OpenSSL takes
// objects for spoilt when their connection is closed without TLS's closing handshake, for which no client waits.
int on_new_session(SSL* ssl, SSL_SESSION* session) {
    auto* notes = notes_of(ssl);
    if (notes == nullptr || SSL_SESSION_is_resumable(session) != 1) return 0;
    const auto* certificate = SSL_SESSION_get0_peer(session);
    const auto valid_until  = certificate == nullptr ? std::nullopt : end_of(X509_get0_notAfter(certificate));
    const int length        = i2d_SSL_SESSION(session, nullptr);
    constexpr int longest   = 16 * 1024;  // some 2 kB; most of it the certificate
    if (!valid_until || length <= 0 || length > longest) return 0;

    session_cache::session kept;
    kept.bytes.resize(static_cast<std::size_t>(length));
    auto* out = reinterpret_cast<unsigned char*>(kept.bytes.data());
    i2d_SSL_SESSION(session, &out);
    const auto made    = std::chrono::system_clock::from_time_t(SSL_SESSION_get_time(session));
    kept.until         = std::min(*valid_until, made + std::chrono::seconds{SSL_SESSION_get_timeout(session)});
    kept.is_single_use = SSL_SESSION_get_protocol_version(session) >= TLS1_3_VERSION;
    notes->sessions.put(notes->origin, std::move(kept), std::chrono::system_clock::now());
    return 0;  // OpenSSL may free its own
}

void offer_session(SSL* ssl, handshake_notes& notes) {
    const auto bytes = notes.sessions.take(notes.origin, std::chrono::system_clock::now());
    if (!bytes) return;
    const auto* in = reinterpret_cast<const unsigned char*>(bytes->data());
    const session_ptr session{d2i_SSL_SESSION(nullptr, &in, static_cast<long>(bytes->size())), &SSL_SESSION_free};
    if (session) SSL_set_session(ssl, session.get());
    ERR_clear_error();
}

// Host name, SNI and the certificate's check, in one place, from the one parsed host.
bool set_peer(SSL* ssl, const std::string& host) {
    boost::system::error_code ec;
    const auto address = net::ip::make_address(std::string{without_brackets(host)}, ec);
    auto* parameters   = SSL_get0_param(ssl);
    X509_VERIFY_PARAM_set_hostflags(
        parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT
    );
    if (!ec) return X509_VERIFY_PARAM_set1_ip_asc(parameters, address.to_string().c_str()) == 1;
    const std::string name{without_final_dot(host)};
    return X509_VERIFY_PARAM_set1_host(parameters, name.data(), name.size()) == 1 &&
           SSL_set_tlsext_host_name(ssl, name.c_str()) == 1;
}

}  // namespace

struct tls_context::impl {
    context_ptr context{SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
    session_cache sessions;
};

// A stream that keeps what its callbacks refer to.
class tls_context::connection final : public stream {
public:
    connection(std::shared_ptr<impl> context, net::ip::tcp::socket socket, std::string origin)
        : context_{std::move(context)}, notes_{context_->sessions, std::move(origin), {}},
          tls_{context_->context.get(), std::move(socket)} {
        if (tls_.ssl() != nullptr) SSL_set_ex_data(tls_.ssl(), notes_index(), &notes_);
    }
    [[nodiscard]] tls_stream& tls() noexcept { return tls_; }
    [[nodiscard]] handshake_notes& notes() noexcept { return notes_; }

    awaitable<transferred> read_some(net::mutable_buffer into) override { return tls_.read_some(into); }
    awaitable<transferred> write_all(net::const_buffer from) override { return tls_.write_all(from); }
    [[nodiscard]] bool is_quiet() noexcept override { return tls_.is_quiet(); }

private:
    std::shared_ptr<impl> context_;
    handshake_notes notes_;
    tls_stream tls_;
};

tls_context::tls_context(std::shared_ptr<impl> i) : impl_{std::move(i)} {}
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
    auto made    = std::make_shared<impl>();
    auto* native = made->context.get();
    if (native == nullptr) {
        ERR_clear_error();
        return error{errc::tls_failed, "cannot set up TLS", "check OpenSSL's configuration"}.at(phase::tls);
    }
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(native, 1);  // else each record takes two reads of the socket
    SSL_CTX_set_verify(native, SSL_VERIFY_PEER, on_verify);
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(native, on_new_session);
    static constexpr std::array<unsigned char, 9> alpn{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(native, alpn.data(), alpn.size());
    if (s.system_trust) {
        const auto store = system_store();
        if (!store) return store.error();
        if (s.ca_file.empty())
            SSL_CTX_set1_cert_store(native, *store);
        else
            add_certificates(SSL_CTX_get_cert_store(native), *store);
    }
    if (!s.ca_file.empty() && SSL_CTX_load_verify_file(native, s.ca_file.c_str()) != 1) {
        return unreadable_certificates(s.ca_file);
    }
    return std::shared_ptr<tls_context>{new tls_context{std::move(made)}};
}

awaitable<result<tls_context::secured>>
tls_context::handshake(net::ip::tcp::socket socket, std::string host, std::uint16_t port) {
    auto made = std::make_unique<connection>(impl_, std::move(socket), host + ':' + std::to_string(port));
    auto* ssl = made->tls().ssl();
    auto fail = [](tls_complaint why) {
        return error{errc::tls_failed, std::move(why.what), std::move(why.hint)}.at(phase::tls);
    };
    if (ssl == nullptr || !set_peer(ssl, host)) {
        ERR_clear_error();
        tls_complaint why{"not a host that TLS can check", "check the URL's host"};
        co_return fail(std::move(why));
    }
    offer_session(ssl, made->notes());
    const auto ec = co_await made->tls().handshake();
    if (ec == net::error::operation_aborted) throw boost::system::system_error{ec};
    if (ec) {
        made->notes().sessions.forget(made->notes().origin);
        if (made->notes().complaint.what.empty()) co_return fail(handshake_complaint(ec));
        co_return fail(std::move(made->notes().complaint));
    }
    secured done;
    done.is_resumed = SSL_session_reused(ssl) == 1;
    done.connection = std::move(made);
    co_return std::move(done);
}

}  // namespace forage::detail
