// A small HTTP/1.1 server for loopback, plain or TLS: a function from request to response, and the faults tests want
// (slow, trickling, broken or abandoned answers). Beast stays in server.cpp; this header is cheap to include.
#pragma once

#include "certificates.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace miniweb {

/// Header fields in order of arrival; names compare without case.
class field_list {
public:
    void add(std::string name, std::string value) { list_.emplace_back(std::move(name), std::move(value)); }
    /// The first value under that name, or empty.
    [[nodiscard]] std::string_view find(std::string_view name) const noexcept;
    [[nodiscard]] bool contains(std::string_view name) const noexcept;
    [[nodiscard]] auto begin() const noexcept { return list_.begin(); }
    [[nodiscard]] auto end() const noexcept { return list_.end(); }

private:
    std::vector<std::pair<std::string, std::string>> list_;
};

struct request {
    std::string method;
    std::string target;  ///< as it was on the wire
    std::string host;    ///< the Host field without its port, in lower case
    field_list fields;
    std::string body;
    std::uint64_t connection = 0;  ///< from 1: tells whether two requests came over the same connection
    bool secure              = false;
};

/// An answer. Content-Length (or chunked framing), Connection and Date are added when it is sent.
struct response {
    response() = default;  // GCC12 G1: not an aggregate, so that it may stand in a co_await expression
    response(int code, std::string_view content_type, std::string text);

    int status = 200;
    field_list fields;
    std::string body;

    std::chrono::milliseconds delay{};  ///< wait before the first byte; blocks nobody else
    std::size_t piece_size = 0;         ///< send the body in pieces of this size; 0: at once
    std::chrono::milliseconds pause{};  ///< wait before each piece
    bool chunked = false;               ///< chunked framing, one chunk a piece
    bool close   = false;               ///< `Connection: close`
    bool abandon = false;               ///< then drop the TCP connection without TLS's close_notify
    std::string raw;                    ///< if set: these bytes instead of an answer, then the connection closes
};

struct server_options {
    std::optional<tls_identity> tls           = {};  ///< HTTPS with this certificate; it may carry many names
    std::uint16_t port                        = 0;   ///< 0: any free one
    std::size_t header_limit                  = 64 * 1024;
    std::size_t body_limit                    = 1024 * 1024;
    std::chrono::milliseconds idle_timeout    = std::chrono::seconds{60};  ///< for a request to come in whole
    std::function<void(std::string_view)> log = {};  ///< gets one line for each thing that should not happen
};

struct server_counters {
    std::uint64_t accepted   = 0;
    std::uint64_t handshakes = 0;  ///< TLS handshakes that succeeded
    std::uint64_t requests   = 0;
    std::uint64_t open       = 0;  ///< connections open now
    std::uint64_t peak_open  = 0;
};

/// Listens on 127.0.0.1 from construction to `stop`, one coroutine a connection, on a strand of the io_context.
/// Several may share an io_context. The destructor stops the server too; its coroutines then end as the context runs
/// on. Handlers are called on the strand and must not block; one that throws is answered with 500 and logged.
/// Threads: any thread may call the member functions.
class server {
public:
    using async_handler = std::function<boost::asio::awaitable<response>(request)>;
    using plain_handler = std::function<response(const request&)>;

    /// Throws boost::system::system_error if it cannot listen or the certificate is unusable.
    server(boost::asio::io_context& context, async_handler handler, server_options options = {});
    server(boost::asio::io_context& context, plain_handler handler, server_options options = {});
    ~server();
    server(const server&)            = delete;
    server& operator=(const server&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;
    [[nodiscard]] server_counters counters() const noexcept;

    /// Stops listening and ends every connection; returns at once.
    void stop();
    /// `stop`, and waits until the last connection has ended. Await it from any executor of the same io_context.
    [[nodiscard]] boost::asio::awaitable<void> close();

private:
    class impl;
    std::shared_ptr<impl> impl_;
};

}  // namespace miniweb
