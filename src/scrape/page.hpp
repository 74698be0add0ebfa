// One page: fetch, decode, read. The last two in one hop to the worker pool.
#pragma once

#include "http/client_impl.hpp"
#include "http/message.hpp"

#include <forage/scrape.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace forage::detail {

/// How long a page may take; zero: without limit.
[[nodiscard]] std::chrono::milliseconds time_for_page(const client_impl& web, const page_options& options) noexcept;

/// The request for a page; its time begins now.
[[nodiscard]] http_request page_request(const client_impl& web, url target, const page_options& options);

/// Decodes and reads what came of fetching `page_request(…)`. An answer with a status of 400 or more is an error.
/// On the client's strand. Cancellation unwinds.
awaitable<result<page>> read_page(std::shared_ptr<client_impl> web, result<http_response> answer, page_options options);

/// When a page is given up from outside. Everything inside goes by the request's own deadline and says in which phase
/// it passed; this is for what has no deadline of its own.
[[nodiscard]] deadline last_call(const http_request& request);

/// The error of a page that has used up its time.
[[nodiscard]] error page_out_of_time(const std::string& host);

}  // namespace forage::detail
