// How often search services may be asked, and for how much money, over all processes of a user.
#pragma once

#include <forage/provider.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace forage {

/// Of one service. What is left out is as `quota_options` says for all.
struct service_quota {
    std::optional<int> per_day            = {};  ///< requests; 0: no limit
    std::optional<int> per_month          = {};  ///< requests; 0: no limit
    std::optional<std::int64_t> micro_usd = {};  ///< price of a request in millionths of a dollar
};

/// Every request to a service is counted before it is made, in a SQLite file that processes share: together they never
/// make one more than is allowed. A request that could not be sent is given back. Days and months are those of UTC.
/// What a service itself says to be spent is kept there as well, and then no process asks it before that is over.
/// Where the file cannot be used, nothing is asked (`errc::file_failed`).
struct quota_options {
    std::string file;     ///< made if missing, with its folders; empty: nothing is counted, nothing limited
    int per_day   = 100;  ///< requests to each service that has a key; 0: no limit
    int per_month = 0;    ///< the same
    /// For all services together in a month, by their prices; 0: no limit. Known prices (2026-11): Google and Brave
    /// 5,000, Exa 7,000; those of others are 0 unless `services` has them.
    std::int64_t micro_usd_per_month = 0;
    std::map<provider, service_quota> services;
};

/// forage/quota.sqlite in $XDG_STATE_HOME, or in ~/.local/state. Empty where there is neither. Touches no file.
/// Thread-safe as long as nobody sets environment variables. Source: the XDG Base Directory Specification.
[[nodiscard]] std::string default_quota_file();

}  // namespace forage
