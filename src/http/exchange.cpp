#include "http/exchange.hpp"

#include "core/with_deadline.hpp"
#include "core/worker_pool.hpp"
#include "http/client_impl.hpp"
#include "http/coding.hpp"
#include "http/open_connection.hpp"
#include "http/redirect.hpp"
#include "http/request_head.hpp"

#include <chrono>
#include <utility>

namespace forage::detail {
namespace {

using clock_type = std::chrono::steady_clock;

// Bodies up to this size are decoded where they are: less work than a hop to the pool and back (docs/performance.md).
constexpr std::size_t decode_inline_bytes = 16 * 1024;

std::chrono::microseconds since(clock_type::time_point from) {
    return std::chrono::duration_cast<std::chrono::microseconds>(clock_type::now() - from);
}

message_limits limits_for(const client_impl& web, const http_request& request) {
    message_limits limits;
    limits.header_bytes = web.options.max_header_bytes;
    limits.body_bytes   = request.max_body_bytes != 0 ? request.max_body_bytes : web.options.max_body_bytes;
    return limits;
}

// One request, no redirects. `fresh` asks for a new connection.
awaitable<result<http_response>>
one_hop(client_impl& web, const http_request& request, fetch_timing& timing, bool fresh) {  // NOLINT: awaited in place
    auto bytes = serialize(request, web.options.user_agent);
    if (!bytes) co_return std::move(bytes).error();

    const auto queued = clock_type::now();
    auto lease        = co_await with_deadline(web.pool.acquire(request.target.origin(), fresh), request.until);
    timing.queue += since(queued);
    if (!lease) {
        co_return error{
            errc::timed_out, "no connection became free in time", "raise the limits of connections, or allow more time"
        }
            .at(phase::queue);
    }
    const bool kept = lease->link != nullptr;
    if (kept) {
        web.count.reused.fetch_add(1, std::memory_order_relaxed);
    } else {
        auto opened = co_await open_connection(web, request.target, request.until, timing);
        if (!opened) co_return std::move(opened).error();
        lease->link = *std::move(opened);
    }
    timing.reused = kept;

    web.count.requests.fetch_add(1, std::memory_order_relaxed);
    auto got = co_await lease->link->exchange(
        *std::move(bytes), limits_for(web, request), deadline::after(web.options.first_byte_timeout), request.until
    );
    web.count.received.fetch_add(lease->link->bytes_received(), std::memory_order_relaxed);
    if (got) {
        if (got->reusable) lease->keep();
        timing.first_byte += got->response.timing.first_byte;
        timing.body += got->response.timing.body;
        timing.bytes_wire += got->response.timing.bytes_wire;
        co_return std::move(got->response);
    }
    // RFC 9112 §9.3.1: a kept connection may have been closed in the moment we used it.
    const bool stale = kept && !lease->link->got_anything() && got.error().code != errc::timed_out;
    if (!stale || fresh || request.method != "GET") co_return std::move(got).error();
    web.count.stale.fetch_add(1, std::memory_order_relaxed);
    lease.reset();
    co_return co_await one_hop(web, request, timing, true);
}

awaitable<result<http_response>> with_redirects(client_impl& web, http_request request) {  // NOLINT: awaited in place
    const auto began = clock_type::now();
    fetch_timing timing;
    for (;; ++timing.redirects) {
        if (auto allowed = web.guard.check(request.target); !allowed) co_return allowed.error();
        auto answer = co_await one_hop(web, request, timing, false);
        if (!answer) {
            auto failed = std::move(answer).error();
            if (failed.host.empty()) failed.host = request.target.host();
            web.log(log_level::info, request.method + " " + request.target.redacted() + " " + failed.message());
            co_return failed;
        }
        if (web.options.log.level <= log_level::debug) {
            web.log(
                log_level::debug,
                request.method + " " + request.target.redacted() + " " + std::to_string(answer->status)
            );
        }
        if (request.follow_redirects) {
            auto next = follow(request, *answer, web.options.allow_https_to_http);
            if (!next) co_return std::move(next).error();
            if (*next) {
                if (timing.redirects >= web.options.max_redirects) {
                    co_return error{
                        errc::bad_redirect, "more than " + std::to_string(web.options.max_redirects) + " redirects"
                    }
                        .on(request.target.host());
                }
                request = **std::move(next);
                continue;
            }
        }
        timing.total      = since(began);
        answer->timing    = timing;
        answer->final_url = std::move(request.target);
        co_return answer;
    }
}

}  // namespace

awaitable<result<http_response>> fetch(std::shared_ptr<client_impl> web, http_request request) {
    co_return co_await with_redirects(*web, std::move(request));
}

awaitable<result<http_response>> fetch_decoded(std::shared_ptr<client_impl> web, http_request request) {
    const auto limit = limits_for(*web, request).body_bytes;
    const auto host  = request.target.host();
    auto answer      = co_await with_redirects(*web, std::move(request));
    if (!answer) co_return answer;

    result<decoded_body> decoded;
    if (answer->body.size() <= decode_inline_bytes) {
        decoded = decode_body(answer->fields, std::move(answer->body), {.max_bytes = limit});
    } else {
        auto work = [fields = answer->fields, body = std::move(answer->body), limit](const std::atomic<bool>& stop
                    ) mutable { return decode_body(fields, std::move(body), {.max_bytes = limit, .stop = &stop}); };
        decoded   = co_await offload<result<decoded_body>>(std::move(work));
    }
    if (!decoded) co_return std::move(decoded).error().on(host);
    answer->body              = std::move(decoded->bytes);
    answer->timing.bytes_body = answer->body.size();
    web->count.decoded.fetch_add(answer->body.size(), std::memory_order_relaxed);
    co_return answer;
}

}  // namespace forage::detail
