#include "research/url_fate.hpp"

namespace forage {

std::string_view to_string(url_fate fate) noexcept {
    switch (fate) {
    case url_fate::read: return "read";
    case url_fate::waiting: return "waiting";
    case url_fate::duplicate: return "duplicate";
    case url_fate::robots: return "robots";
    case url_fate::blocked: return "blocked";
    case url_fate::rate_limited: return "rate_limited";
    case url_fate::obstacle: return "obstacle";
    case url_fate::timed_out: return "timed_out";
    case url_fate::too_large: return "too_large";
    case url_fate::not_text: return "not_text";
    case url_fate::empty: return "empty";
    case url_fate::http_status: return "http_status";
    case url_fate::unreachable: return "unreachable";
    case url_fate::host_limit: return "host_limit";
    case url_fate::failed: return "failed";
    case url_fate::cancelled: return "cancelled";
    }
    return "unknown";
}

std::string_view to_string(research_ending ending) noexcept {
    switch (ending) {
    case research_ending::enough: return "enough";
    case research_ending::no_more: return "no_more";
    case research_ending::deadline: return "deadline";
    case research_ending::requests: return "requests";
    case research_ending::bytes: return "bytes";
    }
    return "unknown";
}

}  // namespace forage

namespace forage::detail {

url_fate fate_of(const error& why) noexcept {
    switch (why.code) {
    case errc::robots_denied: return url_fate::robots;
    case errc::blocked_address: return url_fate::blocked;
    case errc::rate_limited: return url_fate::rate_limited;
    case errc::no_content:
    case errc::challenge: return url_fate::obstacle;
    case errc::timed_out: return url_fate::timed_out;
    case errc::too_large: return url_fate::too_large;
    case errc::unsupported_type: return url_fate::not_text;
    case errc::http_status: return url_fate::http_status;
    case errc::name_not_found:
    case errc::resolve_failed:
    case errc::connect_failed:
    case errc::host_unavailable:
    case errc::proxy_failed:
    case errc::tls_failed:
    case errc::protocol: return url_fate::unreachable;
    case errc::not_run: return url_fate::waiting;
    case errc::cancelled: return url_fate::cancelled;
    default: return url_fate::failed;
    }
}

}  // namespace forage::detail
