#include "http/status_error.hpp"

#include "http/retry_after.hpp"

#include <chrono>
#include <string>

namespace forage::detail {

error status_error(const http_response& answer, std::string_view host) {
    const auto code = answer.status == 429 ? errc::rate_limited : errc::http_status;
    error e{code, "the server answered " + std::to_string(answer.status)};
    e.retry_at = parse_retry_after(answer.field_value("Retry-After"), std::chrono::system_clock::now());
    return std::move(e).status(answer.status).on(host);
}

}  // namespace forage::detail
