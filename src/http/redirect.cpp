#include "http/redirect.hpp"

namespace forage::detail {

result<std::optional<http_request>>
follow(const http_request& request, const http_response& answer, bool allow_https_to_http) {
    const int status = answer.status;
    if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
        return std::optional<http_request>{};
    }
    const auto location = answer.field_value("Location");
    if (location.empty()) return std::optional<http_request>{};  // a plain answer then, with an odd status

    auto target = url::parse(location, &request.target);
    if (!target) {
        return error{errc::bad_redirect, "redirected to something that cannot be fetched: " + target.error().what}.on(
            request.target.host()
        );
    }
    if (request.target.is_https() && !target->is_https() && !allow_https_to_http) {
        return error{errc::bad_redirect, "redirected from https to http", "allow_https_to_http, if it is meant"}.on(
            target->host()
        );
    }
    http_request next = request;
    next.target       = *std::move(target);
    // 303 always becomes GET; 301 and 302 do for POST, by old custom (RFC 9110 §15.4.2).
    if (status == 303 || (status <= 302 && request.method == "POST")) {
        next.method = "GET";
        next.body.clear();
        std::erase_if(next.fields, [](const field& f) { return equal_ignoring_case(f.name, "Content-Type"); });
    }
    if (next.target.origin() != request.target.origin()) {
        // Any field may be a provider's key; only the one known to be harmless goes along.
        std::erase_if(next.fields, [](const field& f) {
            return !equal_ignoring_case(f.name, "Accept") && !equal_ignoring_case(f.name, "Accept-Language");
        });
    }
    return std::optional<http_request>{std::move(next)};
}

}  // namespace forage::detail
