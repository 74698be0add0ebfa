#include "net/tls_stream.hpp"

#include "net/tls.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

namespace forage::detail {
namespace net = boost::asio;
using boost::system::error_code;

namespace {

constexpr auto as_values = net::as_tuple(net::use_awaitable);
// A peer that sends faster than we decrypt must not keep the loop to itself: four records are about 50 us of work.
constexpr int most_at_once = 4;

int length_of(std::size_t size) {
    return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

}  // namespace

// OpenSSL's own socket BIO would write() and so raise SIGPIPE, which is not ours to switch off.
struct tls_stream::transport {
    int descriptor = -1;
    int failed     = 0;  // errno of the last call that failed for good
    bool at_end    = false;

    static transport& of(BIO* bio) { return *static_cast<transport*>(BIO_get_data(bio)); }

    int report(BIO* bio, ssize_t done, int retry) {
        if (done >= 0) return static_cast<int>(done);
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
            BIO_set_flags(bio, retry | BIO_FLAGS_SHOULD_RETRY);
        else
            failed = errno;
        return -1;
    }

    static int read(BIO* bio, char* into, int size) {
        BIO_clear_retry_flags(bio);
        auto& self      = of(bio);
        const auto done = ::recv(self.descriptor, into, static_cast<std::size_t>(size), MSG_DONTWAIT);
        if (done == 0) self.at_end = true;
        return self.report(bio, done, BIO_FLAGS_READ);
    }
    static int write(BIO* bio, const char* from, int size) {
        BIO_clear_retry_flags(bio);
        auto& self      = of(bio);
        const auto done = ::send(self.descriptor, from, static_cast<std::size_t>(size), MSG_DONTWAIT | MSG_NOSIGNAL);
        return self.report(bio, done, BIO_FLAGS_WRITE);
    }
    static long control(BIO* bio, int command, long, void*) {
        if (command == BIO_CTRL_EOF) return of(bio).at_end ? 1 : 0;
        return command == BIO_CTRL_FLUSH ? 1 : 0;
    }

    static BIO_METHOD* method() {
        static BIO_METHOD* const ours = [] {
            auto* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without signals");
            if (made == nullptr) return made;
            BIO_meth_set_read(made, read);
            BIO_meth_set_write(made, write);
            BIO_meth_set_ctrl(made, control);
            return made;
        }();
        return ours;
    }
};

tls_stream::tls_stream(ssl_ctx_st* context, net::ip::tcp::socket socket)
    : socket_{std::move(socket)}, transport_{std::make_unique<transport>()}, ssl_{SSL_new(context)} {
    transport_->descriptor = socket_.native_handle();
    auto* bio              = transport::method() == nullptr ? nullptr : BIO_new(transport::method());
    if (bio == nullptr || ssl_ == nullptr) {
        BIO_free(bio);
        SSL_free(std::exchange(ssl_, nullptr));
        return;
    }
    BIO_set_data(bio, transport_.get());
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_, bio, bio);
    SSL_set_connect_state(ssl_);
}

tls_stream::~tls_stream() { SSL_free(ssl_); }

awaitable<error_code> tls_stream::handshake() {
    co_return co_await complete([&] { return SSL_do_handshake(ssl_); });
}

awaitable<stream::transferred> tls_stream::read_some(net::mutable_buffer into) {
    int got       = 0;
    const auto ec = co_await complete([&] { return got = SSL_read(ssl_, into.data(), length_of(into.size())); });
    // For what the peer says between answers OpenSSL takes a buffer to write to, and would keep it.
    SSL_free_buffers(ssl_);
    co_return transferred{ec, ec ? 0 : static_cast<std::size_t>(got)};
}

awaitable<stream::transferred> tls_stream::write_all(net::const_buffer from) {
    const std::size_t whole = from.size();
    error_code ec;
    while (!ec && from.size() > 0) {
        int put = 0;
        ec      = co_await complete([&] { return put = SSL_write(ssl_, from.data(), length_of(from.size())); });
        if (!ec) from += static_cast<std::size_t>(put);
    }
    co_return transferred{ec, whole - from.size()};
}

awaitable<error_code> tls_stream::complete(function_ref<int()> call) {
    if (++at_once_ > most_at_once) {
        at_once_ = 0;
        co_await net::post(socket_.get_executor(), net::use_awaitable);
    }
    for (;;) {
        ERR_clear_error();
        const int done = call();
        if (done > 0) co_return error_code{};
        const int reason = SSL_get_error(ssl_, done);
        auto wait_for    = net::ip::tcp::socket::wait_read;
        if (reason == SSL_ERROR_WANT_WRITE)
            wait_for = net::ip::tcp::socket::wait_write;
        else if (reason != SSL_ERROR_WANT_READ)
            co_return failure(reason);
        at_once_        = 0;
        const auto [ec] = co_await socket_.async_wait(wait_for, as_values);
        if (ec) co_return ec;
        // What arrived in the moment of a cancellation is not worth a millisecond of cryptography.
        const auto state = co_await net::this_coro::cancellation_state;
        if (state.cancelled() != net::cancellation_type::none) co_return net::error::operation_aborted;
    }
}

error_code tls_stream::failure(int reason) const {
    if (reason == SSL_ERROR_ZERO_RETURN) return net::error::eof;
    const auto code = ERR_get_error();
    if (reason == SSL_ERROR_SSL && code != 0 && ERR_GET_REASON(code) != SSL_R_UNEXPECTED_EOF_WHILE_READING) {
        return {static_cast<int>(code), net::error::get_ssl_category()};
    }
    if (transport_->at_end) return net::ssl::error::stream_truncated;
    // OpenSSL gives no reason to a call after a fatal one.
    if (transport_->failed == 0) return net::error::connection_aborted;
    return {transport_->failed, boost::system::system_category()};
}

bool tls_stream::is_quiet() noexcept {
    if (SSL_has_pending(ssl_) == 0 && socket_is_quiet(transport_->descriptor)) return true;
    char byte = 0;
    ERR_clear_error();
    const int got = SSL_peek(ssl_, &byte, 1);
    return got <= 0 && SSL_get_error(ssl_, got) == SSL_ERROR_WANT_READ;
}

}  // namespace forage::detail
