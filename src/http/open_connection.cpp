#include "http/open_connection.hpp"

#include "core/with_deadline.hpp"
#include "http/client_impl.hpp"
#include "http/connect_through.hpp"
#include "net/connect.hpp"

#include <chrono>
#include <utility>

namespace forage::detail {
namespace {

using clock_type = std::chrono::steady_clock;

// NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): awaited in place
awaitable<result<connected>>
connect_directly(client_impl& web, const url& target, deadline until, fetch_timing& timing) {
    auto began          = clock_type::now();
    const auto& options = web.options;
    auto found = co_await web.names.resolve(target.host(), earlier(until, deadline::after(options.resolve_timeout)));
    timing.resolve += since(std::exchange(began, clock_type::now()));
    if (!found) co_return std::move(found).error();

    const auto allowed = [&](const auto& address) { return web.guard.check(address, target.host()); };
    auto reached       = co_await connect(
        allowed, *std::move(found), target.port(), earlier(until, deadline::after(options.connect_timeout))
    );
    timing.connect += since(began);
    co_return reached;
}

awaitable<result<connected>>
reach(client_impl& web, const url& target, const proxy* via, deadline until, fetch_timing& timing) {
    if (via != nullptr) return connect_through(web, *via, target, until, timing);
    return connect_directly(web, target, until, timing);
}

}  // namespace

awaitable<result<std::unique_ptr<connection>>>
open_connection(client_impl& web, const url& target, const proxy* via, deadline until, fetch_timing& timing) {
    // NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)
    auto reached = co_await reach(web, target, via, until, timing);
    if (!reached) co_return std::move(reached).error();
    web.count.opened.fetch_add(1, std::memory_order_relaxed);
    auto peer = std::move(reached->peer);
    if (!target.is_https()) {
        co_return std::make_unique<connection>(plain_stream(std::move(reached->socket)), std::move(peer));
    }

    const auto began = clock_type::now();
    auto trust       = co_await with_deadline(web.trust(), until);
    // What is not read here, or not in time, is not the host's doing.
    if (!trust) {
        co_return error{errc::timed_out, "the trusted certificates were not loaded in time", "allow more time"}.at(
            phase::queue
        );
    }
    if (!*trust) co_return std::move(*trust).error().at(phase::queue);
    web.count.handshakes.fetch_add(1, std::memory_order_relaxed);
    auto secured = co_await with_deadline(
        (**trust)->handshake(std::move(reached->socket), target.host(), target.port()),
        earlier(until, deadline::after(web.options.tls_timeout))
    );
    timing.tls += since(began);
    if (!secured) {
        co_return error{errc::timed_out, "the TLS handshake did not end in time", "try again later"}.at(phase::tls);
    }
    if (!*secured) co_return std::move(*secured).error();
    if ((*secured)->is_resumed) web.count.resumed.fetch_add(1, std::memory_order_relaxed);
    co_return std::make_unique<connection>(std::move((*secured)->connection), std::move(peer));
}

}  // namespace forage::detail
