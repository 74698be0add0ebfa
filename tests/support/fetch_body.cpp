#include "support/fetch_body.hpp"

#include "http/client_impl.hpp"
#include "http/exchange.hpp"

#include <filesystem>
#include <iterator>

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

std::size_t open_descriptors() {
    const std::filesystem::directory_iterator open{"/proc/self/fd"};
    return static_cast<std::size_t>(std::distance(begin(open), end(open)));
}

int slowness() noexcept {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 10;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return 10;
#else
    return 1;
#endif
#else
    return 1;
#endif
}

}  // namespace forage::testing
