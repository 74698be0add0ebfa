#include "net/tls.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <cerrno>
#include <sys/socket.h>

namespace forage::detail {
namespace net = boost::asio;

namespace {

constexpr auto as_values = net::as_tuple(net::use_awaitable);

class tcp_stream final : public stream {
public:
    explicit tcp_stream(net::ip::tcp::socket socket) : socket_{std::move(socket)} {}

    awaitable<transferred> read_some(net::mutable_buffer into) override {
        return socket_.async_read_some(into, as_values);
    }
    awaitable<transferred> write_all(net::const_buffer from) override {
        return net::async_write(socket_, from, as_values);
    }
    [[nodiscard]] bool is_quiet() noexcept override { return socket_is_quiet(socket_.native_handle()); }

private:
    net::ip::tcp::socket socket_;
};

}  // namespace

std::unique_ptr<stream> plain_stream(net::ip::tcp::socket socket) {
    return std::make_unique<tcp_stream>(std::move(socket));
}

bool socket_is_quiet(int descriptor) noexcept {
    char byte = 0;
    return ::recv(descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace forage::detail
