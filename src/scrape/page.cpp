#include "scrape/page.hpp"

#include "core/deadline.hpp"
#include "core/with_deadline.hpp"
#include "core/worker_pool.hpp"
#include "html/read_document.hpp"
#include "http/coding.hpp"
#include "http/exchange.hpp"
#include "http/hop.hpp"
#include "http/status_error.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

namespace forage {
namespace detail {
namespace {

// For a page's body as it is read, its tree and what is read out of it: together with what surrounds them less than the
// 64 MB that a page may cost (docs/guarantees.md). Ordinary pages of 4.5 MB and more are read with it.
constexpr std::size_t reader_memory = 56 * 1024 * 1024;

// The media type decides which reader a body gets. A missing type is taken as HTML, which browsers' sniffing comes to
// for pages.
std::optional<document_kind> kind_of(std::string_view content_type) {
    auto type = content_type.substr(0, content_type.find(';'));
    while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
    if (type.empty() || equal_ignoring_case(type, "text/html") || equal_ignoring_case(type, "application/xhtml+xml")) {
        return document_kind::html;
    }
    if (type.size() > 5 && equal_ignoring_case(type.substr(0, 5), "text/")) return document_kind::plain_text;
    return std::nullopt;
}

struct work_outcome {
    result<page_content> content;
    std::size_t decoded_bytes = 0;
    bool truncated            = false;
};

// Owns all it needs: it runs on the worker pool, where nothing of the caller's is.
struct decode_and_read {
    http_response answer;
    std::string base_url;
    page_options options;
    decode_limits limits;
    document_kind kind;
    client_impl::cancel_mark handed_over;
    std::size_t max_memory               = reader_memory;
    std::chrono::milliseconds time_limit = read_options{}.time_limit;

    work_outcome operator()(const std::atomic<bool>& stop) {
        work_outcome outcome;
        // When a client is cancelled, hundreds of pages may wait here: each would be begun before its call is told.
        if (handed_over.is_passed()) {
            outcome.content = error{errc::cancelled, "cancelled by the caller"};
            return outcome;
        }
        limits.stop  = &stop;
        auto decoded = decode_body(answer.fields, std::move(answer.body), limits);
        if (!decoded) {
            outcome.content = std::move(decoded).error();
            return outcome;
        }
        outcome.truncated     = decoded->truncated;
        outcome.decoded_bytes = decoded->bytes.size();
        if (options.fetch_only) {
            outcome.content = page_content{};
            return outcome;
        }
        read_options reading;
        reading.base_url     = base_url;
        reading.content_type = answer.field_value("Content-Type");
        reading.markdown     = options.markdown;
        reading.code         = options.code;
        reading.metadata     = options.metadata;
        reading.mode         = options.mode;
        reading.reader       = options.reader;
        reading.stop         = &stop;
        reading.max_memory   = max_memory;
        reading.time_limit   = time_limit;
        outcome.content      = read_document(std::move(decoded->bytes), kind, reading);
        return outcome;
    }
};

// A page this small is usually read in the time that the hop to a worker and back takes.
constexpr std::size_t small_body = 4 * 1024;

/// Reads a small page where it is. One that was made to be dear ends at a small budget, and is a worker's after all; so
/// is one whose encoding has to be guessed or has a large table.
std::optional<work_outcome> read_in_place(const decode_and_read& work) {
    const auto& answer = work.answer;
    if (answer.body.size() > small_body || !answer.field_value("Content-Encoding").empty()) return std::nullopt;
    if (!is_valid_utf8(answer.body)) return std::nullopt;
    auto attempt       = work;
    attempt.max_memory = 64 * small_body;
    attempt.time_limit = std::chrono::milliseconds{1};
    const std::atomic<bool> never{false};
    auto outcome = attempt(never);
    if (!outcome.content && outcome.content.error().code == errc::parse_failed) return std::nullopt;
    return outcome;
}

}  // namespace

std::chrono::milliseconds time_for_page(const client_impl& web, const page_options& options) noexcept {
    return web.time_for(options.timeout);
}

static_assert(page_options{}.timeout == usual_patience);

http_request page_request(const client_impl& web, url target, const page_options& options, deadline of_batch) {
    http_request request;
    request.target         = std::move(target);
    request.max_body_bytes = options.max_body_bytes;
    request.truncate       = options.truncate;
    const auto time        = time_for_page(web, options);
    const auto own         = deadline::after(time);
    request.until          = earlier(own, of_batch);
    request.of_caller      = earlier(haste_of_caller(time, web.options.total_timeout, own), of_batch);
    request.is_page        = true;
    request.retry          = options.retry;
    request.fields.push_back({"Accept", "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1"});
    return request;
}

awaitable<result<page>>
read_page(std::shared_ptr<client_impl> web, result<http_response> answer, page_options options, deadline until) {
    if (!answer) co_return std::move(answer).error();
    if (answer->status >= 400) co_return status_error(*answer, answer->final_url.host());
    const auto host = answer->final_url.host();
    const auto kind = kind_of(answer->field_value("Content-Type"));
    if (!kind && !options.fetch_only) {
        co_return error{errc::unsupported_type, "the body is neither HTML nor text"}.at(phase::read).on(host);
    }

    page got;
    got.status       = answer->status;
    got.final_url    = answer->final_url.text();
    got.timing       = std::move(answer->timing);
    const auto began = std::chrono::steady_clock::now();
    decode_limits limits;
    limits.max_bytes       = body_limit(*web, options.max_body_bytes);
    limits.beyond          = options.truncate ? oversize::truncate : oversize::fail;
    limits.input_truncated = answer->truncated;
    decode_and_read work{
        *std::move(answer), got.final_url, options, limits, kind.value_or(document_kind::plain_text), web->mark()
    };
    auto in_place = read_in_place(work);
    work_outcome outcome;
    if (in_place) {
        outcome = *std::move(in_place);
    } else {
        auto done = co_await with_deadline(offload<work_outcome>(std::move(work)), last_call(until));
        if (!done) {
            co_return error{errc::timed_out, "the page was not read in time", "allow more time"}
                .at(phase::read)
                .on(host);
        }
        outcome = *std::move(done);
    }
    if (!outcome.content) co_return std::move(outcome.content).error().on(host);

    static_cast<page_content&>(got) = *std::move(outcome.content);
    got.truncated                   = outcome.truncated;
    got.timing.bytes_body           = outcome.decoded_bytes;
    got.timing.read = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
    got.timing.total += got.timing.read;
    web->count.decoded.fetch_add(outcome.decoded_bytes, std::memory_order_relaxed);
    co_return got;
}

namespace {

awaitable<result<page>> fetch_and_read(std::shared_ptr<client_impl> web, http_request request, page_options options) {
    const auto until = request.until;
    auto answer      = co_await fetch(web, std::move(request));
    co_return co_await read_page(std::move(web), std::move(answer), options, until);
}

awaitable<result<page>> one_page(std::shared_ptr<client_impl> web, std::string url_text, page_options options) {
    auto target = url::parse(url_text);
    if (!target) co_return std::move(target).error();
    auto request = page_request(*web, *std::move(target), options);
    auto outcome = co_await fetch_and_read(std::move(web), std::move(request), options);
    if (outcome) outcome->url = std::move(url_text);
    co_return outcome;
}

}  // namespace
}  // namespace detail

awaitable<result<page>> scrape_page(const client& web, std::string_view url, page_options options) {
    return detail::on_strand(web.impl(), detail::one_page(web.impl(), std::string{url}, options));
}

}  // namespace forage
