// A provider's answer, and what is the same in reading those of all of them. Pure.
#pragma once

#include "core/json.hpp"
#include "http/message.hpp"

#include <forage/search.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {

/// Views into a response, and the wall clock at its arrival (Retry-After counts from there).
struct provider_answer {
    int status = 0;
    std::string_view url;  ///< that was asked
    std::string_view body;
    const std::vector<field>* fields = nullptr;
    std::chrono::system_clock::time_point now{};

    [[nodiscard]] std::string_view field_value(std::string_view name) const noexcept {
        return fields == nullptr ? std::string_view{} : find_field(*fields, name);
    }
};

/// An error of provider `p` with the answer's status, its Retry-After if it is one to come back from, and the
/// hint that goes with `code`.
[[nodiscard]] error answer_error(provider p, const provider_answer& answer, errc code, std::string what);

/// Whether what failed so may do later, at a time that an answer tells.
[[nodiscard]] bool may_come_back(errc code) noexcept;

/// What a status alone says: 401 and 403 invalid_key, 429 rate_limited, other 4xx bad_request, 5xx server_error, the
/// rest (redirects: searches follow none) bad_response.
[[nodiscard]] errc code_of_status(int status) noexcept;

/// The same where the service's own error document is missing: then a 403 is somebody else's, a proxy's say, and
/// bad_response.
[[nodiscard]] errc code_without_reason(int status) noexcept;

/// The body as JSON. Errors: bad_response, saying what came instead; too_large.
[[nodiscard]] result<json_document> json_body(provider p, const provider_answer& answer);

/// Adds a hit at `position` (from 1) of its page, unless `link` is no http or https URL.
void add_hit(
    std::vector<search_hit>& hits,
    provider p,
    int position,
    std::string_view link,
    std::string title,
    std::string snippet
);

}  // namespace forage::detail
