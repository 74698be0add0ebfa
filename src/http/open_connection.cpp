#include "http/open_connection.hpp"

#include "core/with_deadline.hpp"
#include "http/client_impl.hpp"
#include "net/connect.hpp"

#include <chrono>
#include <utility>

namespace forage::detail {
namespace {

using clock_type = std::chrono::steady_clock;

std::chrono::microseconds since(clock_type::time_point from) {
    return std::chrono::duration_cast<std::chrono::microseconds>(clock_type::now() - from);
}

}  // namespace

// NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): awaited in place
awaitable<result<std::unique_ptr<connection>>>
open_connection(client_impl& web, const url& target, deadline until, fetch_timing& timing) {
    // NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)
    auto began          = clock_type::now();
    const auto& options = web.options;
    auto found = co_await web.names.resolve(target.host(), earlier(until, deadline::after(options.resolve_timeout)));
    timing.resolve += since(std::exchange(began, clock_type::now()));
    if (!found) co_return std::move(found).error();

    const auto allowed = [&web](const auto& address) { return web.guard.check(address); };
    auto reached       = co_await connect(
        allowed, *std::move(found), target.port(), earlier(until, deadline::after(options.connect_timeout))
    );
    timing.connect += since(std::exchange(began, clock_type::now()));
    if (!reached) co_return std::move(reached).error();
    web.count.opened.fetch_add(1, std::memory_order_relaxed);
    if (!target.is_https()) co_return std::make_unique<connection>(plain_stream(std::move(reached->socket)));

    auto trust = co_await web.trust();
    if (!trust) co_return std::move(trust).error();
    web.count.handshakes.fetch_add(1, std::memory_order_relaxed);
    auto secured = co_await with_deadline(
        (*trust)->handshake(std::move(reached->socket), target.host(), target.port()),
        earlier(until, deadline::after(options.tls_timeout))
    );
    timing.tls += since(began);
    if (!secured) {
        co_return error{errc::timed_out, "the TLS handshake did not end in time", "try again later"}.at(phase::tls);
    }
    if (!*secured) co_return std::move(*secured).error();
    co_return std::make_unique<connection>(std::move((*secured)->connection));
}

}  // namespace forage::detail
