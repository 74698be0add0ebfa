#include "net/socks5.hpp"

#include "net/host_text.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>

#include <array>
#include <string_view>

namespace forage::detail {
namespace net = boost::asio;
using tcp     = net::ip::tcp;

namespace {

constexpr auto as_values = net::as_tuple(net::use_awaitable);

// RFC 1928 §3, §4, §5 and RFC 1929 §2
constexpr char version           = 5;
constexpr char login_version     = 1;
constexpr char no_login          = 0;
constexpr char user_and_password = 2;
constexpr char none_acceptable   = static_cast<char>(0xFF);
constexpr char command_connect   = 1;
constexpr char type_ipv4         = 1;
constexpr char type_name         = 3;
constexpr char type_ipv6         = 4;

error failed(std::string what, std::string hint = {}) {
    return error{errc::proxy_failed, std::move(what), std::move(hint)}.at(phase::proxy);
}

error broken(const boost::system::error_code& ec) {
    if (ec == net::error::operation_aborted) throw boost::system::system_error{ec};
    if (ec == net::error::eof) return failed("closed the connection during the SOCKS handshake", "check its port");
    return failed("the connection broke during the SOCKS handshake: " + ec.message());
}

error not_socks5() { return failed("does not speak SOCKS5", "check its scheme and port"); }

// RFC 1928 §6
error refusal(unsigned char reply) {
    constexpr std::string_view host_hint = "check the host, or try again later";
    switch (reply) {
    case 1: return failed("failed, and says no more than that", "try again later");
    case 2: return failed("its rules do not allow this host or port", "ask those who run it");
    case 3: return failed("cannot reach the host's network", std::string{host_hint});
    case 4: return failed("cannot reach the host", std::string{host_hint});
    case 5: return failed("the host refused the connection", "nothing listens there; check the port");
    case 6: return failed("the host did not answer before packets expired", std::string{host_hint});
    case 7: return failed("does not make TCP connections", "use another proxy");
    case 8: return failed("does not take this type of address", "use another proxy");
    default: return failed("refused with the unknown reply " + std::to_string(reply));
    }
}

// NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): awaited in place
awaitable<result<void>> send(tcp::socket& socket, std::string bytes) {
    const auto [ec, n] = co_await net::async_write(socket, net::buffer(bytes), as_values);
    if (ec) co_return broken(ec);
    co_return result<void>::success();
}

awaitable<result<std::string>> receive(tcp::socket& socket, std::size_t size) {
    std::string bytes(size, '\0');
    const auto [ec, n] = co_await net::async_read(socket, net::buffer(bytes), as_values);
    if (ec) co_return broken(ec);
    co_return bytes;
}

// RFC 1929 §2. The lengths were checked when the proxy's URL was read; here they only must not wrap.
awaitable<result<void>> log_in(tcp::socket& socket, const proxy::login& as) {
    const auto& password = as.password.reveal();
    if (as.user.size() > 255 || password.size() > 255) co_return failed("takes no user name or password this long");
    std::string request{login_version};
    request += static_cast<char>(as.user.size());
    request += as.user;
    request += static_cast<char>(password.size());
    request += password;
    if (auto sent = co_await send(socket, std::move(request)); !sent) co_return sent;
    const auto answer = co_await receive(socket, 2);
    if (!answer) co_return answer.error();
    if ((*answer)[0] != login_version) co_return not_socks5();
    if ((*answer)[1] != 0) co_return failed("refuses the user name and password", "check them");
    co_return result<void>::success();
}

// RFC 1928 §3
awaitable<result<void>> agree_on_login(tcp::socket& socket, const proxy& via) {
    std::string offer{version, 1, no_login};
    if (via.as) offer = {version, 2, no_login, user_and_password};
    if (auto sent = co_await send(socket, std::move(offer)); !sent) co_return sent;
    const auto answer = co_await receive(socket, 2);
    if (!answer) co_return answer.error();
    if ((*answer)[0] != version) co_return not_socks5();
    const char chosen = (*answer)[1];
    if (chosen == no_login) co_return result<void>::success();
    if (chosen == user_and_password && via.as) co_return co_await log_in(socket, *via.as);
    if (chosen != none_acceptable) co_return failed("chose a kind of login that was not offered");
    if (via.as) co_return failed("wants a kind of login that is not spoken here", "user name and password are");
    co_return failed("wants a user name and password", "give them: socks5://USER:PASSWORD@HOST:PORT");
}

// RFC 1928 §6: address and port the proxy has bound, of no interest to us.
awaitable<result<void>> skip_bound_address(tcp::socket& socket) {
    const auto type = co_await receive(socket, 2);
    if (!type) co_return type.error();
    std::size_t size = 0;
    switch ((*type)[1]) {
    case type_ipv4: size = 4; break;
    case type_ipv6: size = 16; break;
    case type_name: {
        const auto length = co_await receive(socket, 1);
        if (!length) co_return length.error();
        size = static_cast<unsigned char>(length->front());
        break;
    }
    default: co_return not_socks5();
    }
    const auto address = co_await receive(socket, size + 2);
    if (!address) co_return address.error();
    co_return result<void>::success();
}
// NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)

template <class Bytes>
std::string address_field(char type, const Bytes& bytes) {
    return std::string{type}.append(bytes.begin(), bytes.end());
}

// RFC 1928 §5; empty when the name is too long for it.
std::string destination(std::string_view host) {
    host = without_brackets(host);
    boost::system::error_code ec;
    const auto address = net::ip::make_address(std::string{host}, ec);
    if (!ec && address.is_v4()) return address_field(type_ipv4, address.to_v4().to_bytes());
    if (!ec) return address_field(type_ipv6, address.to_v6().to_bytes());
    host = without_final_dot(host);
    if (host.size() > 255) return {};
    return std::string{type_name, static_cast<char>(host.size())}.append(host);
}

}  // namespace

// NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): awaited in place
awaitable<result<void>> socks5_connect(tcp::socket& socket, const proxy& via, std::string host, std::uint16_t port) {
    // NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)
    const auto to = destination(host);
    if (to.empty()) co_return failed("takes no host name of more than 255 bytes");
    if (auto agreed = co_await agree_on_login(socket, via); !agreed) co_return agreed;

    std::string request{version, command_connect, 0};
    request += to;
    request += static_cast<char>(port >> 8U);
    request += static_cast<char>(port & 0xFFU);
    if (auto sent = co_await send(socket, std::move(request)); !sent) co_return sent;

    // A refusing proxy may close right behind the reply's code, so no more is read before it.
    const auto answer = co_await receive(socket, 2);
    if (!answer) co_return answer.error();
    if ((*answer)[0] != version) co_return not_socks5();
    if ((*answer)[1] != 0) co_return refusal(static_cast<unsigned char>((*answer)[1]));
    co_return co_await skip_bound_address(socket);
}

}  // namespace forage::detail
