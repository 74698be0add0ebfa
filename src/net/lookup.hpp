// One look-up on its way: both families side by side, for all who wait for the name.
#pragma once

#include "core/deadline.hpp"
#include "core/event.hpp"
#include "net/dns_channel.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace forage::detail {

/// Lives on one strand, owned by those who wait: when the last of them lets go, the questions end.
class lookup : public std::enable_shared_from_this<lookup> {
public:
    /// How long an answer with IPv4 addresses waits for IPv6 ones. RFC 8305 §3, Resolution Delay.
    static constexpr std::chrono::milliseconds wait_for_v6{50};
    /// The other way round there is more time: without IPv4 addresses nothing is there to fall back on, and they would
    /// not be tried before the first attempt has had its 250 ms (RFC 8305 §5).
    static constexpr std::chrono::milliseconds wait_for_v4{250};

    /// Asks for `names` in turn until one exists. Errors: resolve_failed.
    static result<std::shared_ptr<lookup>>
    start(boost::asio::any_io_executor strand, std::shared_ptr<dns_setup> setup, std::vector<std::string> names);
    explicit lookup(boost::asio::any_io_executor strand) : decided_{strand}, complete_{strand} {}
    ~lookup();
    lookup(const lookup&)            = delete;
    lookup& operator=(const lookup&) = delete;

    /// Returns when both families have answered, or one has and the other took too long. Cancellation: at once.
    awaitable<void> settled();

    struct outcome {
        addresses found;
        std::chrono::seconds time_to_live{};
        bool is_complete = false;  ///< both families answered
        bool is_denied   = false;  ///< a server said that there is no such name, or that it has no address
        error why{errc::ok};       ///< why nothing was found
    };
    /// Once settled.
    [[nodiscard]] outcome so_far() const;

private:
    void ask_next();
    void take(dns_channel::family of, dns_reply reply);

    std::shared_ptr<dns_channel> channel_;
    std::vector<std::string> names_;
    std::size_t next_ = 0;
    std::optional<dns_reply> v4_;
    std::optional<dns_reply> v6_;
    event decided_;       // there is something to go by
    event complete_;      // nothing more will come
    deadline settle_by_;  // once decided
};

}  // namespace forage::detail
