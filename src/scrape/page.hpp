// One page: fetch, decode, read. The last two in one hop to the worker pool.
#pragma once

#include "http/client_impl.hpp"

#include <forage/scrape.hpp>

#include <memory>
#include <string>

namespace forage::detail {

/// On the client's strand. Cancellation unwinds.
awaitable<result<page>> fetch_and_read(std::shared_ptr<client_impl> web, std::string url_text, page_options options);

}  // namespace forage::detail
