#include "http/pending_fetch.hpp"

#include "http/client_impl.hpp"
#include "http/hop.hpp"
#include "http/redirect.hpp"
#include "http/status_error.hpp"

#include <forage/detail/run_bounded.hpp>

#include <exception>
#include <utility>

namespace forage::detail {
namespace {

using clock_type = std::chrono::steady_clock;
using std::chrono::milliseconds;

// The error a status is, for manners and retries; the answer itself is given back all the same.
std::optional<error> trouble_in(const http_response& answer, const std::string& host) {
    if (answer.status != 408 && answer.status != 429 && answer.status < 500) return std::nullopt;
    return status_error(answer, host);
}

std::optional<milliseconds> wait_of(const error& trouble) {
    if (!trouble.retry_at) return std::nullopt;
    const auto left = *trouble.retry_at - std::chrono::system_clock::now();
    return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(left));
}

void tell(host_manners::permit& permit, const error& trouble, deadline of_caller) {
    // Whatever status a proxy gives for itself, the host has not been asked.
    if (trouble.code == errc::proxy_failed) return;
    if (trouble.http_status == 429 || trouble.http_status == 503)
        permit.throttled(wait_of(trouble));
    else if (trouble.http_status != 0 || is_the_hosts_fault(trouble, of_caller))
        permit.failed(trouble);
}

// Plans another try, if one is allowed.
bool plan_retry(client_impl& web, pending_fetch& pending, const error& trouble) {
    auto& request = pending.request;
    ++pending.tries;
    if (!is_idempotent(request.method)) return false;
    // A request that timed out has taken its time already.
    if (!request.retry.retries && trouble.is_timeout()) return false;
    const auto wait = delay_before_retry(request.retry, pending.tries, trouble);
    const auto now  = clock_type::now();
    if (!wait || now + *wait >= request.until.time() || !web.retries.take(now)) return false;
    web.count.retries.fetch_add(1, std::memory_order_relaxed);
    pending.not_before = now + *wait;
    pending.last       = trouble;
    return true;
}

// What was measured of one request, added to what was measured before.
void add(fetch_timing& sum, const fetch_timing& one) {
    sum.queue += one.queue;
    sum.resolve += one.resolve;
    sum.connect += one.connect;
    sum.tls += one.tls;
    sum.first_byte += one.first_byte;
    sum.body += one.body;
    sum.bytes_wire += one.bytes_wire;
    sum.reused  = one.reused;
    sum.address = one.address;
    sum.attempts += one.attempts;
}

void report(
    const client_impl& web, const http_request& request, const result<http_response>& answer, fetch_timing timing
) {
    const auto& options = web.options;
    const auto level    = answer ? log_level::debug : log_level::info;
    const bool is_heard = options.log.write && level >= options.log.level;
    if (!is_heard && !options.on_request) return;
    request_record record;
    record.method = request.method;
    record.url    = request.target.redacted();
    record.timing = std::move(timing);
    if (answer)
        record.status = answer->status;
    else
        record.error = answer.error();
    if (is_heard) {
        web.log(
            level,
            record.method + " " + record.url + " " + (answer ? std::to_string(record.status) : record.error->message())
        );
    }
    if (options.on_request) options.on_request(record);
}

// `send_once`, measured and reported whatever comes of it.
// NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): awaited in place
awaitable<result<http_response>> send_and_report(client_impl& web, pending_fetch& pending) {
    // NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)
    const auto& request = pending.request;
    const auto began    = clock_type::now();
    fetch_timing timing;
    timing.attempts = 1;
    result<http_response> answer;
    std::exception_ptr thrown;
    try {
        answer = co_await send_once(web, request, timing);
    } catch (...) {
        thrown = std::current_exception();
        answer = error_from_exception(thrown);
    }
    timing.total = since(began);
    if (!answer && answer.error().host.empty()) answer.error().host = request.target.host();
    add(pending.timing, timing);
    report(web, request, answer, std::move(timing));
    if (thrown) std::rethrow_exception(thrown);
    co_return answer;
}

// Turns `pending` to where a redirect leads; false if the answer is none. Errors: bad_redirect.
result<bool> redirected(const client_impl& web, pending_fetch& pending, const http_response& answer) {
    const auto& request = pending.request;
    auto next           = follow(request, answer, web.options.allow_https_to_http);
    if (!next) return std::move(next).error();
    if (!*next) return false;
    const int most = request.max_redirects.value_or(web.options.max_redirects);
    if (pending.timing.redirects >= most) {
        return error{errc::bad_redirect, "more than " + std::to_string(most) + " redirects"}.on(request.target.host());
    }
    const auto place = [](const http_request& r) { return r.method + ' ' + r.target.without_fragment().text(); };
    // Sites send a visitor round once to see whether it keeps cookies.
    const bool may_differ = web.cookies && !answer.field_value("Set-Cookie").empty();
    pending.visited.insert(place(request));
    if (pending.visited.contains(place(**next)) && !may_differ) {
        return error{errc::bad_redirect, "the redirects lead in a circle"}.on(request.target.host());
    }
    pending.request    = **std::move(next);
    pending.tries      = 0;
    pending.not_before = {};
    pending.last.reset();
    ++pending.timing.redirects;
    return true;
}

// NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): awaited in place
awaitable<result<void>> ask_robots(client_impl& web, pending_fetch& pending, host_manners::permit& permit) {
    // NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)
    if (!pending.request.is_page || !web.options.respect_robots) co_return result<void>::success();
    const auto began   = clock_type::now();
    const auto allowed = co_await web.robots.check(web, pending.request, permit);
    pending.timing.robots += since(began);
    co_return allowed;
}

}  // namespace

awaitable<std::optional<result<http_response>>>
advance(client_impl& web, pending_fetch& pending, host_manners::permit& permit) {  // NOLINT: awaited in place
    using outcome       = std::optional<result<http_response>>;
    const auto& request = pending.request;
    if (request.until.has_passed()) {
        co_return outcome{error{errc::timed_out, "no time left to ask", "allow more time"}.at(phase::queue)};
    }
    if (const auto allowed = web.guard.check(request.target); !allowed) co_return outcome{allowed.error()};
    const auto welcome = co_await ask_robots(web, pending, permit);
    if (!welcome) co_return outcome{welcome.error()};

    web.retries.count_request(clock_type::now());
    auto answer = co_await send_and_report(web, pending);
    if (answer && request.is_page && web.cookies)
        web.cookies->store(request.target, answer->fields, std::chrono::system_clock::now());

    std::optional<error> trouble;
    if (!answer)
        trouble = answer.error();
    else
        trouble = trouble_in(*answer, request.target.host());
    if (!trouble) {
        permit.answered();
    } else {
        tell(permit, *trouble, request.of_caller);
        if (plan_retry(web, pending, *trouble)) co_return std::nullopt;
    }
    if (!answer) co_return outcome{std::move(answer)};

    if (request.follow_redirects) {
        const auto goes_on = redirected(web, pending, *answer);
        if (!goes_on) co_return outcome{goes_on.error()};
        if (*goes_on) co_return std::nullopt;
    }
    answer->timing       = std::move(pending.timing);
    answer->timing.total = since(pending.began);
    answer->final_url    = std::move(pending.request.target);
    co_return outcome{std::move(answer)};
}

}  // namespace forage::detail
