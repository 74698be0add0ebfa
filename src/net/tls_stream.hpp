// TLS over a socket, with nothing in between: OpenSSL reads from and writes to the socket itself. An idle connection
// holds no buffers; with Asio's ssl::stream it would hold four of 17 kB.
#pragma once

#include "net/stream.hpp"

#include <forage/function_ref.hpp>

#include <boost/asio/ip/tcp.hpp>

#include <memory>

struct ssl_st;  // OpenSSL's SSL and SSL_CTX
struct ssl_ctx_st;

namespace forage::detail {

class tls_stream final : public stream {
public:
    /// `ssl()` is null if OpenSSL has no memory.
    tls_stream(ssl_ctx_st* context, boost::asio::ip::tcp::socket socket);
    ~tls_stream() override;
    tls_stream(const tls_stream&)            = delete;
    tls_stream& operator=(const tls_stream&) = delete;

    /// For what must be set before the handshake, and read after it.
    [[nodiscard]] ssl_st* ssl() const noexcept { return ssl_; }
    /// As the client. Cancellation: operation_aborted; the stream is of no use then.
    awaitable<boost::system::error_code> handshake();

    /// An end that the peer did not announce is `stream_truncated`, not `eof`.
    awaitable<transferred> read_some(boost::asio::mutable_buffer into) override;
    awaitable<transferred> write_all(boost::asio::const_buffer from) override;
    /// Takes in what belongs to TLS alone, as session tickets do, which may come at any time.
    [[nodiscard]] bool is_quiet() noexcept override;

private:
    struct transport;

    // Makes one call to OpenSSL until it is through, and waits for the socket in between.
    awaitable<boost::system::error_code> complete(function_ref<int()> call);
    [[nodiscard]] boost::system::error_code failure(int reason) const;

    boost::asio::ip::tcp::socket socket_;
    std::unique_ptr<transport> transport_;
    ssl_st* ssl_ = nullptr;
    int at_once_ = 0;  // calls in a row that did not have to wait
};

}  // namespace forage::detail
