#include "support/fetch_body.hpp"

#include "http/client_impl.hpp"
#include "http/exchange.hpp"

namespace forage::testing {

awaitable<result<detail::http_response>>
fetch_body(client web, std::string url, std::chrono::milliseconds limit, std::size_t max_bytes) {
    detail::http_request request;
    request.target         = forage::url::parse(url).value();
    request.max_body_bytes = max_bytes;
    request.until          = detail::deadline::after(limit);
    auto fetching          = detail::fetch_decoded(web.impl(), std::move(request));
    co_return co_await detail::on_strand(web.impl(), std::move(fetching));
}

}  // namespace forage::testing
