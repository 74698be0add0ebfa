#include "http/connect_through.hpp"

#include "core/with_deadline.hpp"
#include "http/client_impl.hpp"
#include "http/message.hpp"
#include "http/proxy_connect.hpp"
#include "net/connect.hpp"
#include "net/socks5.hpp"

#include <chrono>
#include <utility>

namespace forage::detail {
namespace net = boost::asio;
using tcp     = net::ip::tcp;

namespace {

using clock_type = std::chrono::steady_clock;

// An error on the way to the proxy or by it, told as the proxy's. `host` stays for the target.
error by_proxy(const proxy& via, error e) {
    if (e.code != errc::timed_out) e.code = errc::proxy_failed;
    e.what.insert(0, "the proxy " + via.authority() + ": ");
    e.host.clear();
    // What is missing here is not the proxy's doing.
    return e.where == phase::queue ? std::move(e) : std::move(e).at(phase::proxy);
}

// NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): awaited in place
awaitable<result<connected>> connect_to(client_impl& web, const proxy& via, deadline until, fetch_timing& timing) {
    auto began          = clock_type::now();
    const auto& options = web.options;
    auto found = co_await web.names.resolve(via.host, earlier(until, deadline::after(options.resolve_timeout)));
    timing.resolve += since(std::exchange(began, clock_type::now()));
    if (!found) co_return std::move(found).error();
    const auto any_address = [](const auto&) { return result<void>::success(); };
    auto reached           = co_await connect(
        any_address, *std::move(found), via.port, earlier(until, deadline::after(options.connect_timeout))
    );
    timing.connect += since(began);
    co_return reached;
}

awaitable<result<void>> ask_for_host(client_impl& web, tcp::socket& socket, const proxy& via, const url& target) {
    if (via.speaks == proxy::protocol::socks5) return socks5_connect(socket, via, target.host(), target.port());
    return http_connect(socket, via, target, web.options.user_agent);
}

}  // namespace

awaitable<result<void>> check_target(client_impl& web, const url& target, deadline until) {
    if (web.guard.allows_any_address(target.host())) co_return result<void>::success();
    const auto found =
        co_await web.names.resolve(target.host(), earlier(until, deadline::after(web.options.resolve_timeout)));
    if (!found) {
        auto unknown = found.error();
        unknown.hint = "names are looked up here before a proxy gets them, to refuse private addresses; name the host "
                       "in allow_hosts to leave it to the proxy";
        co_return unknown;
    }
    auto allowed = web.guard.check_all(*found, target.host());
    if (!allowed) co_return std::move(allowed.error()).at(phase::connect);
    co_return allowed;
}

awaitable<result<connected>>
connect_through(client_impl& web, const proxy& via, const url& target, deadline until, fetch_timing& timing) {
    // NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)
    auto began          = clock_type::now();
    const auto& options = web.options;
    if (!via.forwards(target)) {
        const auto allowed = co_await check_target(web, target, until);
        timing.resolve += since(began);
        if (!allowed) co_return allowed.error();
    }

    auto reached = co_await connect_to(web, via, until, timing);
    if (!reached) co_return by_proxy(via, std::move(reached).error());
    if (via.forwards(target)) co_return reached;

    // The proxy connects to the host meanwhile, so it has as long as we would have for that.
    began        = clock_type::now();
    auto relayed = co_await with_deadline(
        ask_for_host(web, reached->socket, via, target), earlier(until, deadline::after(options.connect_timeout))
    );
    timing.connect += since(began);
    if (!relayed) {
        co_return by_proxy(via, error{errc::timed_out, "no answer in time", "check the proxy, or allow more time"});
    }
    if (!*relayed) co_return by_proxy(via, std::move(relayed->error()));
    co_return reached;
}

result<void> check_forwarded(const proxy& via, const http_response& answer) {
    if (answer.status != 407) return result<void>::success();
    return by_proxy(via, proxy_refusal(answer.status, answer.fields, via));
}

}  // namespace forage::detail
