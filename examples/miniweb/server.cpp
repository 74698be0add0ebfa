// The server's engine; the only source file here that includes Beast. Beast parses requests, answers are written by
// hand, so that a test can have any bytes it likes on the wire.
#include "server.hpp"

#include "connections.hpp"
#include "http_text.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <array>
#include <atomic>

namespace miniweb {

namespace net   = boost::asio;
namespace ssl   = boost::asio::ssl;
namespace beast = boost::beast;
namespace http  = boost::beast::http;
using boost::system::error_code;
using net::ip::tcp;

namespace {

constexpr auto token = net::as_tuple(net::use_awaitable);

beast::tcp_stream& lowest(beast::tcp_stream& stream) { return stream; }
beast::tcp_stream& lowest(ssl::stream<beast::tcp_stream>& stream) { return stream.next_layer(); }

/// The status that answers a request Beast refuses; 0 when there is nobody to answer.
int status_for(const error_code& ec) {
    if (ec == http::error::header_limit) return 431;
    if (ec == http::error::body_limit) return 413;
    if (ec == http::error::end_of_stream || ec == http::error::partial_message) return 0;
    return ec.category() == http::make_error_code(http::error::bad_method).category() ? 400 : 0;
}

request to_request(http::request<http::string_body>&& message) {
    request r;
    r.method = std::string{message.method_string()};
    r.target = std::string{message.target()};
    for (const auto& field : message) r.fields.add(std::string{field.name_string()}, std::string{field.value()});
    r.host = host_name(r.fields.find("Host"));
    r.body = std::move(message.body());
    return r;
}

}  // namespace

class server::impl : public std::enable_shared_from_this<impl> {
public:
    impl(net::io_context& context, async_handler handler, server_options options)
        : strand_{net::make_strand(context)}, acceptor_{strand_}, handler_{std::move(handler)},
          options_{std::move(options)} {
        if (options_.tls) {
            tls_.emplace(ssl::context::tls_server);
            tls_->set_options(ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
            tls_->use_certificate_chain(net::buffer(options_.tls->certificate));
            tls_->use_private_key(net::buffer(options_.tls->private_key), ssl::context::pem);
        }
        const tcp::endpoint here{net::ip::address_v4::loopback(), options_.port};
        acceptor_.open(here.protocol());
        acceptor_.set_option(net::socket_base::reuse_address{true});
        acceptor_.bind(here);
        acceptor_.listen(net::socket_base::max_listen_connections);
        port_ = acceptor_.local_endpoint().port();
    }

    void start() {
        auto self = shared_from_this();
        net::co_spawn(strand_, accept_connections(self), [self](std::exception_ptr e) { self->report(e); });
    }

    void stop() {
        net::post(strand_, [self = shared_from_this()] { self->end_all(); });
    }

    net::awaitable<void> close() {
        auto begin = [](auto handler, std::shared_ptr<impl> self) {
            auto home = net::prefer(net::get_associated_executor(handler), net::execution::outstanding_work.tracked);
            net::post(self->strand_, [self, home, handler = std::move(handler)]() mutable {
                self->end_all();
                self->live_.when_gone([home, handler = std::move(handler)]() mutable {
                    net::post(home, std::move(handler));
                });
            });
        };
        co_await net::async_initiate<const net::use_awaitable_t<>&, void()>(
            begin, net::use_awaitable, shared_from_this()
        );
    }

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] server_counters counters() const noexcept {
        return {live_.accepted, handshakes_, requests_, live_.open, live_.peak_open};
    }

private:
    static net::awaitable<void> accept_connections(std::shared_ptr<impl> self) {
        while (!self->stopping_) {
            auto [ec, socket] = co_await self->acceptor_.async_accept(token);
            if (self->stopping_) break;
            if (ec) {
                // Most likely out of descriptors: a short wait, or this would spin.
                self->log("accept: " + ec.message());
                net::steady_timer breath{self->strand_, std::chrono::milliseconds{20}};
                co_await breath.async_wait(token);
                continue;
            }
            self->adopt(std::move(socket));
        }
    }

    void adopt(tcp::socket socket) {
        error_code ignored;
        socket.set_option(tcp::no_delay{true}, ignored);
        auto self = shared_from_this();
        live_.start(self, serve(self, std::move(socket), live_.accepted + 1), [this](std::exception_ptr e) {
            report(e);
        });
    }

    void end_all() {
        stopping_ = true;
        error_code ignored;
        acceptor_.close(ignored);
        live_.end_all();
    }

    static net::awaitable<void> serve(std::shared_ptr<impl> self, tcp::socket socket, std::uint64_t number) {
        if (!self->tls_) {
            beast::tcp_stream stream{std::move(socket)};
            co_await converse(self, stream, number);
            co_return;
        }
        ssl::stream<beast::tcp_stream> stream{beast::tcp_stream{std::move(socket)}, *self->tls_};
        lowest(stream).expires_after(self->options_.idle_timeout);
        auto [ec] = co_await stream.async_handshake(ssl::stream_base::server, token);
        if (ec) co_return;  // a client that refuses the certificate is everyday business in tests
        ++self->handshakes_;
        const bool tell = co_await converse(self, stream, number);
        if (!tell) co_return;
        lowest(stream).expires_after(std::chrono::seconds{1});
        co_await stream.async_shutdown(token);
    }

    // NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): awaited in place; `serve` owns the stream

    /// Requests and answers over one connection. True: end TLS in an orderly way.
    template <class Stream>
    static net::awaitable<bool> converse(std::shared_ptr<impl> self, Stream& stream, std::uint64_t number) {
        // Bounded: Beast 1.81 limits neither chunk extensions nor trailers by itself.
        beast::flat_buffer buffer{self->options_.header_limit + 64 * 1024};
        while (true) {
            http::request_parser<http::string_body> parser;
            parser.header_limit(static_cast<std::uint32_t>(self->options_.header_limit));
            parser.body_limit(self->options_.body_limit);
            lowest(stream).expires_after(self->options_.idle_timeout);
            auto [ec, count] = co_await http::async_read(stream, buffer, parser, token);
            if (ec) {
                const int status = status_for(ec);
                if (status == 0) co_return ec == http::error::end_of_stream;
                response refusal{status, "text/plain", ec.message() + "\n"};
                refusal.close = true;
                co_return co_await send(self, stream, refusal, false);
            }
            ++self->requests_;
            const bool keep    = parser.get().keep_alive();
            request asked      = to_request(parser.release());
            asked.connection   = number;
            asked.secure       = self->tls_.has_value();
            const bool no_body = asked.method == "HEAD";
            response answer    = co_await call(self, std::move(asked));
            answer.close       = answer.close || !keep;
            const bool whole   = co_await send(self, stream, answer, no_body);
            if (!whole || answer.close || answer.abandon || !answer.raw.empty()) co_return whole && !answer.abandon;
        }
    }

    static net::awaitable<response> call(std::shared_ptr<impl> self, request asked) {
        std::string failure;
        try {
            co_return co_await self->handler_(std::move(asked));
        } catch (const boost::system::system_error& e) {
            if (e.code() == net::error::operation_aborted) throw;
            failure = e.what();
        } catch (const std::exception& e) {
            failure = e.what();
        }
        self->log("handler: " + failure);
        co_return response{500, "text/plain", "internal error\n"};
    }

    template <class Stream>
    static net::awaitable<bool> send(std::shared_ptr<impl> self, Stream& stream, response& answer, bool no_body) {
        co_await wait(self, answer.delay);
        std::string head = answer.raw;
        std::string_view body;
        if (head.empty()) {
            head = header_text(answer);
            if (!no_body) body = answer.body;
        }
        const bool pieces  = answer.piece_size != 0 && !body.empty();
        const bool chunked = answer.chunked && !no_body && answer.raw.empty();
        if (!pieces && !chunked) co_return co_await write(self, stream, head, body);

        bool sent                   = co_await write(self, stream, head, {});
        const std::size_t step_size = pieces ? answer.piece_size : std::max<std::size_t>(body.size(), 1);
        while (sent && !body.empty()) {
            co_await wait(self, answer.pause);
            const std::string_view piece = body.substr(0, step_size);
            body.remove_prefix(piece.size());
            head = chunked ? chunk_text(piece) : std::string{piece};
            sent = co_await write(self, stream, head, {});
        }
        if (sent && chunked) sent = co_await write(self, stream, "0\r\n\r\n", {});
        co_return sent;
    }

    template <class Stream>
    static net::awaitable<bool>
    write(std::shared_ptr<impl> self, Stream& stream, std::string_view first, std::string_view second) {
        const std::array<net::const_buffer, 2> buffers{net::buffer(first), net::buffer(second)};
        lowest(stream).expires_after(self->options_.idle_timeout);
        auto [ec, count] = co_await net::async_write(stream, buffers, token);
        co_return !ec;
    }

    // NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)

    static net::awaitable<void> wait(std::shared_ptr<impl> self, std::chrono::milliseconds span) {
        if (span.count() <= 0) co_return;
        net::steady_timer timer{self->strand_, span};
        co_await timer.async_wait(token);
    }

    void report(std::exception_ptr thrown) const {
        if (!thrown) return;
        try {
            std::rethrow_exception(thrown);
        } catch (const boost::system::system_error& e) {
            if (e.code() != net::error::operation_aborted) log(e.what());
        } catch (const std::exception& e) {
            log(e.what());
        }
    }

    void log(std::string_view line) const {
        if (options_.log) options_.log(line);
    }

    net::strand<net::io_context::executor_type> strand_;
    tcp::acceptor acceptor_;
    async_handler handler_;
    server_options options_;
    std::optional<ssl::context> tls_;
    std::uint16_t port_ = 0;

    bool stopping_ = false;  // on the strand only
    connections live_{strand_};
    std::atomic<std::uint64_t> handshakes_{0}, requests_{0};
};

namespace {

net::awaitable<response> call_plain(std::shared_ptr<const server::plain_handler> handler, request asked) {
    co_return (*handler)(asked);
}

}  // namespace

server::server(net::io_context& context, async_handler handler, server_options options)
    : impl_{std::make_shared<impl>(context, std::move(handler), std::move(options))} {
    impl_->start();
}

server::server(net::io_context& context, plain_handler handler, server_options options)
    : server{
          context,
          async_handler{[shared = std::make_shared<const plain_handler>(std::move(handler))](request asked) {
              return call_plain(shared, std::move(asked));
          }},
          std::move(options)
      } {}

server::~server() { impl_->stop(); }

std::uint16_t server::port() const noexcept { return impl_->port(); }
server_counters server::counters() const noexcept { return impl_->counters(); }
void server::stop() { impl_->stop(); }
net::awaitable<void> server::close() { return impl_->close(); }

}  // namespace miniweb
