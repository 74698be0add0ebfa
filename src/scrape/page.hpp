// One page: fetch, decode, read. The last two in one hop to the worker pool.
#pragma once

#include "http/client_impl.hpp"
#include "http/message.hpp"

#include <forage/scrape.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace forage::detail {

/// How long a page may take.
[[nodiscard]] std::chrono::milliseconds time_for_page(const client_impl& web, const page_options& options) noexcept;

/// The request for a page; its time begins now, and ends with that of the batch it belongs to.
[[nodiscard]] http_request
page_request(const client_impl& web, url target, const page_options& options, deadline of_batch = {});

/// Decodes and reads what came of fetching `page_request(…)`, by `last_call` of its deadline `until`. An answer with a
/// status of 400 or more is an error. On the client's strand. Cancellation unwinds.
awaitable<result<page>>
read_page(std::shared_ptr<client_impl> web, result<http_response> answer, page_options options, deadline until);

}  // namespace forage::detail
