#include "net/connect.hpp"

#include "core/with_deadline.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <optional>
#include <tuple>

namespace forage::detail {
namespace net = boost::asio;
using tcp     = net::ip::tcp;

namespace {

std::string advice(const boost::system::error_code& ec) {
    if (ec == net::error::no_descriptors) return "raise the limit of open files, or lower max_connections";
    if (ec == net::error::connection_refused) return "nothing listens there; check the port";
    return "check the network and the host";
}

using connect_outcome = std::tuple<boost::system::error_code>;

awaitable<connect_outcome> start(tcp::socket& socket, tcp::endpoint to) {
    return socket.async_connect(to, net::as_tuple(net::use_awaitable));
}

}  // namespace

// NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): the guard is the client's, which the caller
// holds
awaitable<result<tcp::socket>>
connect(const address_guard& guard, addresses candidates, std::uint16_t port, deadline until) {
    // NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)
    auto here = co_await net::this_coro::executor;
    error last{errc::connect_failed, "the host has no address"};
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const auto& address = candidates[i];
        if (auto allowed = guard.check(address); !allowed) {
            last = allowed.error();
            continue;
        }
        const auto share =
            until.is_never() ? until : deadline::after(until.left() / static_cast<int>(candidates.size() - i));
        tcp::socket socket{here};
        boost::system::error_code ec;
        socket.open(address.is_v4() ? tcp::v4() : tcp::v6(), ec);
        if (!ec) {
            const auto outcome = co_await with_deadline(start(socket, {address, port}), earlier(until, share));
            if (!outcome) {
                last = error{
                    errc::timed_out, address.to_string() + " does not answer", "check the host, or allow more time"
                };
                if (until.has_passed()) break;
                continue;
            }
            ec = std::get<0>(*outcome);
        }
        if (ec == net::error::operation_aborted) throw boost::system::system_error{ec};
        if (!ec) {
            socket.set_option(tcp::no_delay{true}, ec);
            co_return socket;
        }
        last = error{errc::connect_failed, address.to_string() + ": " + ec.message(), advice(ec)};
    }
    co_return std::move(last).at(phase::connect);
}

}  // namespace forage::detail
