// Names and messages of errors. The tables are in the order of the enums.
#include <forage/error.hpp>

#include <array>
#include <ctime>

namespace forage {
namespace {

constexpr std::array code_names{
    "ok",
    "not_run",
    "bad_argument",
    "bad_url",
    "not_configured",
    "blocked_address",
    "robots_denied",
    "host_unavailable",
    "name_not_found",
    "resolve_failed",
    "connect_failed",
    "proxy_failed",
    "tls_failed",
    "timed_out",
    "cancelled",
    "protocol",
    "too_large",
    "bad_coding",
    "bad_redirect",
    "http_status",
    "unsupported_type",
    "no_content",
    "parse_failed",
    "invalid_key",
    "quota_exceeded",
    "rate_limited",
    "bad_request",
    "server_error",
    "challenge",
    "bad_response",
    "file_failed",
    "internal",
};
static_assert(code_names.size() == static_cast<std::size_t>(errc::internal) + 1);

constexpr std::array phase_names{
    "none", "queue", "robots", "resolve", "connect", "proxy", "tls", "send", "first_byte", "body", "decode", "read"
};
static_assert(phase_names.size() == static_cast<std::size_t>(phase::read) + 1);

class forage_category final : public std::error_category {
public:
    [[nodiscard]] const char* name() const noexcept override { return "forage"; }
    [[nodiscard]] std::string message(int code) const override {
        return code >= 0 && static_cast<std::size_t>(code) < code_names.size()
                   ? code_names[static_cast<std::size_t>(code)]
                   : "unknown";
    }
};

}  // namespace

std::string_view to_string(errc code) noexcept { return code_names[static_cast<std::size_t>(code)]; }
std::string_view to_string(phase where) noexcept { return phase_names[static_cast<std::size_t>(where)]; }

const std::error_category& category() noexcept {
    static const forage_category instance;
    return instance;
}

std::error_code make_error_code(errc code) noexcept { return {static_cast<int>(code), category()}; }

std::string error::message() const {
    std::string text;
    if (!host.empty()) text.append(host).append(": ");
    text.append(to_string(code));
    if (http_status != 0) text.append(" ").append(std::to_string(http_status));
    if (where != phase::none) text.append(" (").append(to_string(where)).append(")");
    if (!what.empty()) text.append(": ").append(what);
    if (retry_at) {
        const auto when = std::chrono::system_clock::to_time_t(*retry_at);
        std::tm utc{};
        std::array<char, 32> buffer{};
        if (gmtime_r(&when, &utc) != nullptr &&
            std::strftime(buffer.data(), buffer.size(), "%Y-%m-%dT%H:%M:%SZ", &utc) != 0) {
            text.append("; retry at ").append(buffer.data());
        }
    }
    if (!hint.empty()) text.append("; ").append(hint);
    return text;
}

bool error::is_transient() const noexcept {
    switch (code) {
    case errc::timed_out:
    case errc::connect_failed:
    case errc::resolve_failed:
    case errc::protocol:
    case errc::rate_limited:
    case errc::server_error: return true;
    case errc::proxy_failed: return http_status == 0 || http_status == 429 || http_status >= 500;
    case errc::http_status: return http_status == 408 || http_status == 429 || http_status >= 500;
    default: return false;
    }
}

}  // namespace forage
