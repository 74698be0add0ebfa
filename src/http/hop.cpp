#include "http/hop.hpp"

#include "core/with_deadline.hpp"
#include "http/client_impl.hpp"
#include "http/connect_through.hpp"
#include "http/open_connection.hpp"
#include "http/request_head.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace forage::detail {
namespace {

using clock_type = std::chrono::steady_clock;

message_limits limits_for(const client_impl& web, const http_request& request) {
    message_limits limits;
    limits.header_bytes = web.options.max_header_bytes;
    limits.body_bytes   = body_limit(web, request.max_body_bytes);
    limits.read_timeout = web.options.read_timeout;
    limits.truncate     = request.truncate;
    return limits;
}

error no_connection_free() {
    return error{
        errc::timed_out, "no connection became free in time", "raise the limits of connections, or allow more time"
    }
        .at(phase::queue);
}

// How a request goes out: its bytes, and the proxies in between.
struct plan {
    std::string bytes;
    const proxy* via       = nullptr;  // null: directly
    const proxy* forwarder = nullptr;  // the same, if it reads the request itself
};

result<plan> plan_for(client_impl& web, const http_request& request) {
    const auto via = web.proxies.for_target(request.target);
    if (!via) return via.error();
    plan made;
    made.via = *via;
    if (made.via != nullptr && made.via->forwards(request.target)) made.forwarder = made.via;

    // Cookies are chosen anew for every request, so that none follows a redirect to another site.
    std::string cookies;
    if (request.is_page && web.cookies)
        cookies = web.cookies->field_for(request.target, std::chrono::system_clock::now());
    result<std::string> bytes;
    if (cookies.empty()) {
        bytes = serialize(request, web.options.user_agent, made.forwarder);
    } else {
        auto with_cookies = request;
        with_cookies.fields.push_back({"Cookie", std::move(cookies)});
        bytes = serialize(with_cookies, web.options.user_agent, made.forwarder);
    }
    if (!bytes) return std::move(bytes).error();
    made.bytes = *std::move(bytes);
    return made;
}

struct attempt {
    result<http_response> answer;
    bool was_stale = false;  // a kept connection that was closed before it brought anything
};

// NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): awaited in place
awaitable<attempt>
try_once(client_impl& web, const http_request& request, const plan& how, fetch_timing& timing, bool fresh) {
    // NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)
    attempt made;
    if (how.forwarder != nullptr) {
        // It looks the name up for each request, so that over a kept connection, too, it may lead elsewhere by now.
        const auto began   = clock_type::now();
        const auto allowed = co_await check_target(web, request.target, request.until);
        timing.resolve += since(began);
        if (!allowed) {
            made.answer = allowed.error();
            co_return made;
        }
    }
    const auto queued = clock_type::now();
    const auto origin = request.target.origin();
    // Most need not wait, and then a deadline would cost more than what it bounds.
    auto lease = web.pool.try_acquire(origin, fresh);
    if (!lease) lease = co_await with_deadline(web.pool.acquire(origin, fresh), request.until);
    timing.queue += since(queued);
    if (!lease) {
        made.answer = no_connection_free();
        co_return made;
    }
    timing.reused = lease->link != nullptr;
    if (timing.reused) {
        web.count.reused.fetch_add(1, std::memory_order_relaxed);
    } else {
        auto opened = co_await open_connection(web, request.target, how.via, request.until, timing);
        if (!opened) {
            made.answer = std::move(opened).error();
            co_return made;
        }
        lease->link = *std::move(opened);
    }

    timing.address = lease->link->peer();
    web.count.requests.fetch_add(1, std::memory_order_relaxed);
    auto got = co_await lease->link->exchange(
        how.bytes, limits_for(web, request), deadline::after(web.options.first_byte_timeout), request.until
    );
    web.count.received.fetch_add(lease->link->bytes_received(), std::memory_order_relaxed);
    timing.first_byte += lease->link->took().first_byte;
    timing.body += lease->link->took().body;
    timing.bytes_wire += lease->link->bytes_received();
    if (!got) {
        made.was_stale = timing.reused && !lease->link->got_anything() && got.error().code != errc::timed_out;
        made.answer    = std::move(got).error();
        co_return made;
    }
    if (got->reusable) lease->keep();
    made.answer = std::move(got->response);
    if (how.forwarder != nullptr) {
        if (auto allowed = check_forwarded(*how.forwarder, *made.answer); !allowed) made.answer = allowed.error();
    }
    co_return made;
}

}  // namespace

std::size_t body_limit(const client_impl& web, std::size_t own) noexcept {
    return own != 0 ? own : web.options.max_body_bytes;
}

// RFC 9110 §9.2.2
bool is_idempotent(std::string_view method) noexcept {
    constexpr std::array<std::string_view, 6> methods{"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"};
    return std::find(methods.begin(), methods.end(), method) != methods.end();
}

awaitable<result<http_response>>
send_once(client_impl& web, const http_request& request, fetch_timing& timing) {  // NOLINT: awaited in place
    const auto how = plan_for(web, request);
    if (!how) co_return how.error();
    auto made = co_await try_once(web, request, *how, timing, false);
    if (made.was_stale && is_idempotent(request.method) && !request.is_counted) {
        web.count.stale.fetch_add(1, std::memory_order_relaxed);
        made = co_await try_once(web, request, *how, timing, true);
    }
    co_return std::move(made.answer);
}

}  // namespace forage::detail
