#include "support/free_port.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace forage::testing {
namespace net = boost::asio;

std::uint16_t free_port() {
    net::io_context io;
    const net::ip::tcp::acceptor probe{io, {net::ip::address_v4::loopback(), 0}};
    return probe.local_endpoint().port();
}

bool accepts(std::uint16_t port) {
    net::io_context io;
    net::ip::tcp::socket socket{io};
    boost::system::error_code ec;
    socket.connect({net::ip::address_v4::loopback(), port}, ec);
    return !ec;
}

}  // namespace forage::testing
