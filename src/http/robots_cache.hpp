// What the robots.txt files of sites say, fetched when the first page of a site is wanted and kept for a day.
#pragma once

#include "http/host_manners.hpp"
#include "http/robots_verdict.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>
#include <forage/url.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace forage::detail {

class client_impl;
struct http_request;

/// Of the sites that were asked last, within bounds. Lives on the client's strand.
class robots_cache {
public:
    /// Called with a permit as soon as it was taken: holds back the others at that host while `check` has to fetch the
    /// file, so that it is fetched once.
    void reserve(const client_impl& web, const url& target, host_manners::permit& permit) const;

    /// Whether the target of `page` may be fetched, within its time. Fetches the file if need be, and tells `permit` of
    /// a Crawl-delay. Errors: robots_denied; what kept us from getting the file, when the site cannot be reached.
    /// Cancellation unwinds. References: awaited in place.
    awaitable<result<void>> check(client_impl& web, const http_request& page, host_manners::permit& permit);

private:
    using time_point = std::chrono::steady_clock::time_point;

    struct entry {
        std::shared_ptr<const robots_verdict> verdict;
        std::optional<error> failed;  // why there is no file, if it is the connection's fault
        time_point expires{};
    };

    [[nodiscard]] const entry* fresh(const std::string& origin, time_point now) const;
    const entry& keep(const std::string& origin, entry fetched);
    void make_room(time_point now);
    void forget(std::unordered_map<std::string, entry>::iterator site);

    std::unordered_map<std::string, entry> sites_;
    std::size_t bytes_ = 0;  // of all verdicts
};

}  // namespace forage::detail
