#include "http/exchange.hpp"

#include "core/with_deadline.hpp"
#include "core/worker_pool.hpp"
#include "http/client_impl.hpp"
#include "http/coding.hpp"
#include "http/hop.hpp"
#include "http/pending_fetch.hpp"

#include <forage/retry.hpp>

#include <chrono>
#include <utility>

namespace forage::detail {
namespace {

// Bodies up to this size are decoded where they are: less work than a hop to the pool and back (docs/performance.md).
constexpr std::size_t decode_inline_bytes = 16 * 1024;

awaitable<void> wait_until(std::chrono::steady_clock::time_point when) {
    const auto left = when - std::chrono::steady_clock::now();
    if (left.count() > 0) co_await pause(std::chrono::ceil<std::chrono::milliseconds>(left));
}

}  // namespace

awaitable<result<http_response>> fetch(std::shared_ptr<client_impl> web, http_request request) {
    if (request.until.is_never()) request.until = deadline::after(web->options.total_timeout);
    pending_fetch pending{std::move(request)};
    for (;;) {
        host_manners::permit permit;
        co_await wait_until(pending.not_before);
        if (pending.request.is_page) {
            auto given = co_await web->hosts.acquire(pending.authority(), pending.request.until);
            // Why a retry is wanted says more than that it does not get its turn.
            if (!given && pending.last) co_return *std::move(pending.last);
            if (!given) co_return std::move(given).error();
            permit = *std::move(given);
            web->robots.reserve(*web, pending.request.target, permit);
        }
        auto done = co_await advance(*web, pending, permit);
        if (done) co_return *std::move(done);
    }
}

awaitable<result<http_response>> fetch_decoded(std::shared_ptr<client_impl> web, http_request request) {
    decode_limits limits;
    limits.max_bytes = body_limit(*web, request.max_body_bytes);
    limits.beyond    = request.truncate ? oversize::truncate : oversize::fail;
    const auto host  = request.target.host();
    const auto until = request.until;
    auto answer      = co_await fetch(web, std::move(request));
    if (!answer) co_return answer;
    limits.input_truncated = answer->truncated;

    result<decoded_body> decoded;
    if (answer->body.size() <= decode_inline_bytes) {
        decoded = decode_body(answer->fields, std::move(answer->body), limits);
    } else {
        auto work = [fields = answer->fields, body = std::move(answer->body), limits](const std::atomic<bool>& stop
                    ) mutable {
            limits.stop = &stop;
            return decode_body(fields, std::move(body), limits);
        };
        auto done = co_await with_deadline(offload<result<decoded_body>>(std::move(work)), last_call(until));
        if (!done) {
            co_return error{errc::timed_out, "the answer was not decoded in time", "allow more time"}
                .at(phase::decode)
                .on(host);
        }
        decoded = *std::move(done);
    }
    if (!decoded) co_return std::move(decoded).error().on(host);
    answer->body              = std::move(decoded->bytes);
    answer->truncated         = decoded->truncated;
    answer->timing.bytes_body = answer->body.size();
    web->count.decoded.fetch_add(answer->body.size(), std::memory_order_relaxed);
    co_return answer;
}

}  // namespace forage::detail
