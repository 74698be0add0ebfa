#include "scrape/page.hpp"

#include "core/deadline.hpp"
#include "core/with_deadline.hpp"
#include "core/worker_pool.hpp"
#include "http/coding.hpp"
#include "http/exchange.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

namespace forage {
namespace detail {
namespace {

enum class reader : std::uint8_t { html, plain_text, none };

// The media type decides which reader a body gets. A missing type is taken as HTML, which browsers' sniffing comes to
// for pages.
reader reader_for(std::string_view content_type) {
    auto type = content_type.substr(0, content_type.find(';'));
    while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
    if (type.empty() || equal_ignoring_case(type, "text/html") || equal_ignoring_case(type, "application/xhtml+xml")) {
        return reader::html;
    }
    if (type.size() > 5 && equal_ignoring_case(type.substr(0, 5), "text/")) return reader::plain_text;
    return reader::none;
}

struct work_outcome {
    result<page_content> content;
    std::size_t decoded_bytes = 0;
};

// Runs on the worker pool and owns all it needs.
struct decode_and_read {
    http_response answer;
    std::string base_url;
    page_options options;
    std::size_t max_bytes;
    reader kind;

    work_outcome operator()(const std::atomic<bool>& stop) {
        auto decoded = decode_body(answer.fields, std::move(answer.body), {.max_bytes = max_bytes, .stop = &stop});
        if (!decoded) return {std::move(decoded).error(), 0};
        const auto& body = decoded->bytes;
        work_outcome outcome;
        outcome.decoded_bytes = body.size();
        if (options.fetch_only) {
            outcome.content = page_content{};
            return outcome;
        }
        read_options reading;
        reading.base_url     = base_url;
        reading.content_type = answer.field_value("Content-Type");
        reading.markdown     = options.markdown;
        reading.code         = options.code;
        reading.stop         = &stop;
        outcome.content      = kind == reader::html ? read_html(body, reading) : read_plain_text(body, reading);
        return outcome;
    }
};

awaitable<result<page>>
fetch_and_read_by(std::shared_ptr<client_impl> web, url target, page_options options, deadline until) {
    http_request request;
    request.target         = std::move(target);
    request.max_body_bytes = options.max_body_bytes;
    request.until          = until;
    request.fields.push_back({"Accept", "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1"});

    auto answer = co_await fetch(web, std::move(request));
    if (!answer) co_return std::move(answer).error();
    const auto host = answer->final_url.host();
    if (answer->status >= 400) {
        co_return error{errc::http_status, "the server answered " + std::to_string(answer->status)}
            .status(answer->status)
            .on(host);
    }
    const auto kind = options.fetch_only ? reader::plain_text : reader_for(answer->field_value("Content-Type"));
    if (kind == reader::none) {
        co_return error{errc::unsupported_type, "the body is neither HTML nor text"}.at(phase::read).on(host);
    }

    page got;
    got.status           = answer->status;
    got.final_url        = answer->final_url.text();
    got.timing           = answer->timing;
    const auto began     = std::chrono::steady_clock::now();
    const auto max_bytes = options.max_body_bytes != 0 ? options.max_body_bytes : web->options.max_body_bytes;
    decode_and_read work{*std::move(answer), got.final_url, options, max_bytes, kind};
    auto outcome = co_await offload<work_outcome>(std::move(work));
    if (!outcome.content) co_return std::move(outcome.content).error().on(host);

    static_cast<page_content&>(got) = *std::move(outcome.content);
    got.timing.bytes_body           = outcome.decoded_bytes;
    got.timing.read = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
    got.timing.total += got.timing.read;
    web->count.decoded.fetch_add(outcome.decoded_bytes, std::memory_order_relaxed);
    co_return got;
}

}  // namespace

awaitable<result<page>> fetch_and_read(std::shared_ptr<client_impl> web, std::string url_text, page_options options) {
    auto target = url::parse(url_text);
    if (!target) co_return std::move(target).error();
    const auto until = deadline::after(options.timeout);
    const auto host  = target->host();
    auto outcome = co_await with_deadline(fetch_and_read_by(std::move(web), *std::move(target), options, until), until);
    if (!outcome) {
        co_return error{errc::timed_out, "the page was not read in time", "allow more time"}.at(phase::read).on(host);
    }
    if (*outcome) (*outcome)->url = std::move(url_text);
    co_return *std::move(outcome);
}

}  // namespace detail

awaitable<result<page>> scrape_page(const client& web, std::string_view url, page_options options) {
    return detail::on_strand(web.impl(), detail::fetch_and_read(web.impl(), std::string{url}, options));
}

}  // namespace forage
