// Fetch and read pages: one, or many side by side.
#pragma once

#include <forage/client.hpp>
#include <forage/detail/awaitable_fwd.hpp>
#include <forage/detail/safe_in_co_await.hpp>
#include <forage/function_ref.hpp>
#include <forage/html.hpp>
#include <forage/request_record.hpp>
#include <forage/result.hpp>
#include <forage/retry_policy.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forage {

struct page : page_content {
    std::string url;        ///< as it was asked for
    std::string final_url;  ///< after redirects
    int status     = 0;
    bool truncated = false;  ///< the body was larger than allowed, and this is its beginning
    fetch_timing timing;
};

/// Per-page options. All of it is copied before the call returns.
struct page_options {
    std::chrono::milliseconds timeout =
        std::chrono::seconds{10};        ///< for the whole page, redirects and reading included; 0: the client's
    std::size_t max_body_bytes = 0;      ///< 0: the client's
    bool truncate              = false;  ///< a larger body is cut there and read, `page::truncated`; else `too_large`
    bool markdown              = true;   ///< produce `markdown`; off saves CPU
    bool code                  = true;   ///< produce `code`
    bool metadata              = true;   ///< produce `metadata`
    extraction_mode mode       = extraction_mode::balanced;  ///< as `read_options::mode`
    bool fetch_only            = false;                      ///< fetch and decode; all of page_content stays empty
    html_reader reader         = html_reader::forage;        ///< as `read_options::reader`

    /// Broken connections, 408, 429 and 5xx are tried again by this, time-outs are not; within `timeout`, and within
    /// the client's retry budget. With `retries`, that decides which errors are.
    retry_policy retry = {};
};
static_assert(detail::safe_in_co_await<page_options>);

struct scrape_options {
    int concurrency                    = 8;   ///< pages in flight at once
    std::chrono::milliseconds deadline = {};  ///< for the whole batch; zero: none but each page's own
    page_options page                  = {};

    /// When false, `values` keep URL, status and timing only: for callers that take the content in `on_result`, so that
    /// memory follows the pages in flight and not the length of the list.
    bool keep_content = true;

    /// Called once for each outcome as it comes, in completion order, with the index of its URL, on the client's
    /// strand while the caller is suspended. Must not block and must outlive the operation. Should not throw: if it
    /// does, it is not called again and no further page is begun; when those in flight have ended, `scrape_pages`
    /// throws a `forage::exception` with what it said (the blocking one returns that error).
    function_ref<void(std::size_t index, const result<forage::page>& outcome)> on_result = {};
};
static_assert(detail::safe_in_co_await<scrape_options>);

struct scrape_failure {
    std::size_t index = 0;  ///< position of the URL in the input
    std::string url;
    forage::error error;
};

/// Every input URL is accounted for exactly once: in `values`, in `failures`, or in `duplicates`.
struct scrape_batch {
    struct duplicate {
        std::size_t index = 0;  ///< position of the repeated URL
        std::size_t of    = 0;  ///< position of its first occurrence, which carries the outcome
    };
    std::vector<page> values;              ///< in input order
    std::vector<scrape_failure> failures;  ///< in input order
    std::vector<duplicate> duplicates;
};

/// Fetches and reads one page.
/// Errors: any of docs/errors.md but those of searches; an answer with a status of 400 or more is `http_status`.
/// Cancellation: at once, `errc::cancelled`. Threads: await it from any executor.
[[nodiscard]] awaitable<result<page>> scrape_page(const client& web, std::string_view url, page_options options = {});

/// Fetches and reads many pages, at most `options.concurrency` at once, each distinct URL once (fragments do not
/// count). A page that fails does not disturb the others. Each has `options.page.timeout` from when its turn comes, so
/// that a batch without a deadline of its own ends as well, if late when the list is long or a host is slow. When the
/// deadline passes, pages in flight become `timed_out`, those not begun `not_run`, and what is done is kept; when the
/// caller is cancelled likewise, with `cancelled`.
[[nodiscard]] awaitable<scrape_batch>
scrape_pages(const client& web, std::span<const std::string> urls, scrape_options options = {});

}  // namespace forage
