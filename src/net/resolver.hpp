// Names to addresses: literals, overrides, the hosts file, a cache that honours time to live, then DNS by c-ares.
#pragma once

#include "core/deadline.hpp"
#include "net/addresses.hpp"
#include "net/hosts_file.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace forage::detail {

/// `client_options::hosts`, names as a URL has them, without the dot at their end. Errors: bad_argument, for what is no
/// host name or no address.
[[nodiscard]] result<host_table> given_hosts(const std::vector<std::pair<std::string, std::string>>& entries);

/// Lives on one strand. Equal look-ups that run at the same time are one.
class resolver {
public:
    /// `overrides` as `given_hosts` gives them. `server` is "ADDRESS:PORT", or empty for the system's. Does no I/O.
    resolver(boost::asio::any_io_executor strand, host_table overrides, std::string server);
    ~resolver();
    resolver(const resolver&)            = delete;
    resolver& operator=(const resolver&) = delete;

    /// Never empty on success. `host` is as `url::host()` gives it. Errors: name_not_found, resolve_failed, timed_out.
    /// Cancellation: at once; the questions end when nobody waits for their answer any more.
    awaitable<result<addresses>> resolve(std::string host, deadline until);

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

}  // namespace forage::detail
