// Kept connections and the right to open new ones, per origin and overall, given out first come, first served.
#pragma once

#include "core/event.hpp"
#include "http/connection.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace forage::detail {

struct pool_limits {
    std::size_t total      = 256;
    std::size_t per_origin = 64;
    std::chrono::milliseconds idle{30'000};
    std::chrono::milliseconds age{300'000};
};

/// Lives on one strand. Idle connections are dropped when they are found too old at the next use of the pool; no timer
/// runs, so that an idle client keeps no event loop alive. Where connections are short, those who came first are served
/// first, whatever their origin; one whose origin has all it may have does not hold up the others.
class connection_pool {
public:
    using time_point = std::chrono::steady_clock::time_point;

    connection_pool(boost::asio::any_io_executor strand, pool_limits limits);
    ~connection_pool();
    connection_pool(const connection_pool&)            = delete;
    connection_pool& operator=(const connection_pool&) = delete;

    /// The right to one connection of an origin. Gives it back when destroyed; its connection is closed then, unless
    /// `keep` was called.
    class lease {
    public:
        lease() = default;
        lease(lease&& other) noexcept;
        lease& operator=(lease&& other) noexcept;
        ~lease();

        std::unique_ptr<connection> link;  ///< null when the holder is to open one
        /// The connection may be used by the next: true to its word only after a complete exchange.
        void keep() noexcept { keep_ = true; }

    private:
        friend class connection_pool;
        connection_pool* pool_ = nullptr;
        std::string origin_;
        time_point opened_{};
        bool keep_ = false;
    };

    /// Without waiting: nothing where others of that origin wait, or where there is neither a connection nor room for
    /// one. `fresh` as below.
    std::optional<lease> try_acquire(const std::string& origin, bool fresh = false);
    /// Waits for its turn without limit; the caller sets the deadline. `fresh`: without a kept connection, as one has
    /// just turned out closed. Cancellation unwinds.
    awaitable<lease> acquire(std::string origin, bool fresh = false);
    /// Closes the connections nobody uses.
    void close_idle();

private:
    struct idle_connection {
        std::unique_ptr<connection> link;
        time_point opened;
        time_point since;
    };
    struct origin_state {
        std::vector<idle_connection> idle;
        std::size_t open    = 0;  // leased and idle
        std::size_t waiting = 0;
    };
    struct waiter {
        waiter(const boost::asio::any_io_executor& strand, std::string o, bool f)
            : granted{strand}, origin{std::move(o)}, fresh{f} {}
        event granted;
        std::string origin;
        bool fresh;
        idle_connection kept;
    };
    struct place_in_line;

    lease make_lease(const std::string& origin, idle_connection kept);
    std::optional<idle_connection> grant(origin_state& at, bool fresh);
    idle_connection take_idle(origin_state& at);
    bool make_room_for(const origin_state& at);
    void close(origin_state& at, std::size_t index);
    void drop_longest_idle(const origin_state& at);
    void drop_old(origin_state& at);
    void give_back(const std::string& origin, idle_connection kept);
    void serve_waiting();
    void forget_if_empty(const std::string& origin);

    boost::asio::any_io_executor strand_;
    pool_limits limits_;
    std::map<std::string, origin_state, std::less<>> origins_;
    std::list<waiter*> waiting_;  // first come first
    std::size_t open_ = 0;
    std::size_t idle_ = 0;
};

}  // namespace forage::detail
