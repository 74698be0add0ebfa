// What one request did and where its time went: for statistics, metrics and curiosity.
#pragma once

#include <forage/error.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace forage {

/// Where the time of a fetch went. Phases that did not happen are zero; with redirects and retries, sums over all
/// requests.
struct fetch_timing {
    std::chrono::microseconds queue{}, robots{}, resolve{}, connect{}, tls{}, first_byte{}, body{}, read{}, total{};
    bool reused   = false;  ///< the last request went over a kept connection
    int redirects = 0;
    int attempts  = 0;             ///< requests sent in all, robots.txt not counted
    std::string address;           ///< that answered last: "192.0.2.1:443", "[2001:db8::1]:443", or the proxy's
    std::uint64_t bytes_wire = 0;  ///< header and body, before decoding
    std::uint64_t bytes_body = 0;  ///< after decoding
};

/// One request and what came of it. Redirects, retries and robots.txt are requests of their own.
struct request_record {
    std::string method;
    std::string url;                     ///< redacted: may be logged
    int status = 0;                      ///< 0 when no answer came
    std::optional<forage::error> error;  ///< why not
    fetch_timing timing;                 ///< of this request alone
};

}  // namespace forage
