// What DNS said about names, for as long as it holds.
#pragma once

#include "net/addresses.hpp"

#include <forage/result.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

namespace forage::detail {

/// Bounded; what would end first makes room. Not thread-safe. Does no I/O.
class address_cache {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// Names with no time to live are still asked once for a burst of requests, not once per request.
    static constexpr std::chrono::seconds shortest{1};
    /// A day's time to live does not outlive a change of the network by a day.
    static constexpr std::chrono::seconds longest{300};
    /// Where one family's answer is missing: that family gets another chance soon.
    static constexpr std::chrono::seconds longest_incomplete{10};
    /// RFC 2308 §5 bounds this by the zone's SOA, which c-ares does not show; few zones go below.
    static constexpr std::chrono::seconds denial{5};
    static constexpr std::size_t limit = 1024;

    /// What is known about `name` at `now`: addresses, or the error that there are none.
    [[nodiscard]] std::optional<result<addresses>> find(const std::string& name, time_point now);
    void keep(const std::string& name, addresses found, std::chrono::seconds time_to_live, time_point now);
    /// Only for what a server really denied: NXDOMAIN or NODATA.
    void keep_denial(const std::string& name, error why, time_point now);
    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

private:
    struct entry {
        result<addresses> known;
        time_point until;
    };
    void put(const std::string& name, entry e, time_point now);

    std::map<std::string, entry> entries_;
};

}  // namespace forage::detail
