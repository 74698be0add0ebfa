// Requests and responses as the layers above HTTP see them.
#pragma once

#include "core/deadline.hpp"

#include <forage/request_record.hpp>
#include <forage/retry_policy.hpp>
#include <forage/url.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

struct field {
    std::string name;
    std::string value;
};

/// ASCII only, as field names are compared (RFC 9110 §5.1).
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// The value of the first field of that name, compared without case; empty if there is none.
[[nodiscard]] std::string_view find_field(const std::vector<field>& fields, std::string_view name) noexcept;

struct http_request {
    std::string method = "GET";
    url target;
    std::vector<field> fields;  ///< beyond Host, User-Agent, Accept-Encoding, Content-Length and a default Accept
    std::string body;
    bool follow_redirects = true;
    std::optional<int> max_redirects;    ///< else the client's
    std::size_t max_body_bytes = 0;      ///< 0: the client's
    bool truncate              = false;  ///< cut a larger body instead of failing
    deadline until;                      ///< never: after the client's total_timeout
    deadline of_caller;                  ///< of its batch or its haste; when it has passed, the host is not to blame

    /// A page of a site rather than an answer of a service: robots.txt, manners, cookies and retries apply.
    bool is_page       = false;
    retry_policy retry = no_retry;
    /// Each time it goes out is paid for: where a kept connection turns out closed, it is not repeated unasked.
    bool is_counted = false;
    http_request()  = default;  // not an aggregate: see safe_in_co_await.hpp
};

struct http_response {
    int status = 0;
    std::vector<field> fields;
    std::string body;        ///< still under the codings of Content-Encoding until `decode_body`
    bool truncated = false;  ///< `body` is the beginning of one that was larger than allowed
    url final_url;
    fetch_timing timing;
    http_response() = default;

    [[nodiscard]] std::string_view field_value(std::string_view name) const noexcept {
        return find_field(fields, name);
    }
};

}  // namespace forage::detail
