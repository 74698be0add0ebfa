// Manners towards hosts: a request needs a permit of its host, and gets it when the host may be asked.
#pragma once

#include "core/deadline.hpp"
#include "core/event.hpp"
#include "http/host_state.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/result.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>

namespace forage::detail {

/// Whether the failure says something about the host, rather than about the URL, the options, this machine or the
/// caller. What timed out when `of_caller` had passed says nothing.
[[nodiscard]] bool is_the_hosts_fault(const error& e, deadline of_caller = {}) noexcept;

/// The time that pages and searches have by default.
constexpr std::chrono::milliseconds usual_patience{10'000};

/// `until`, the deadline of a call that took `given` for itself, if that is so little that a host cannot be blamed for
/// it: less than `usual_patience`, and less than `total`, the client's. Else never.
[[nodiscard]] deadline
haste_of_caller(std::chrono::milliseconds given, std::chrono::milliseconds total, deadline until) noexcept;

/// The hosts a client talks to, each by its authority (name and port). Lives on one strand.
class host_manners {
public:
    using time_point = host_state::time_point;

    host_manners(boost::asio::any_io_executor strand, host_limits limits);
    host_manners(const host_manners&)            = delete;
    host_manners& operator=(const host_manners&) = delete;

    /// The right to one request. Given back when destroyed; what came of the request is said before, or it was
    /// cancelled.
    class permit {
    public:
        permit() = default;
        permit(permit&& other) noexcept;
        permit& operator=(permit&& other) noexcept;
        ~permit();

        /// Lets nobody else begin at this host while robots.txt is on its way.
        void hold_others() noexcept;
        void let_others();
        void set_crawl_delay(std::chrono::milliseconds delay) noexcept;

        void answered() noexcept;
        void throttled(std::optional<std::chrono::milliseconds> retry_after);
        void failed(const error& why);

    private:
        friend class host_manners;
        host_manners* owner_ = nullptr;
        std::string authority_;
        time_point began_{};
        bool holds_ = false;
    };

    struct verdict {
        enum class kind : std::uint8_t {
            go,
            pace,     ///< at `at`, if nobody comes first
            backoff,  ///< the host asked to be left alone until `at`
            busy,     ///< when a permit comes back
            refused,  ///< not at all for now: `why`
        };
        kind say = kind::go;
        time_point at{};
        error why;
    };
    [[nodiscard]] verdict ask(const std::string& authority, time_point now) const;
    /// Only after `ask` said go.
    [[nodiscard]] permit take(const std::string& authority, time_point now);
    /// Waits for a permit, behind those who came before. Errors: host_unavailable; rate_limited, when the host asked to
    /// be left alone for longer than `until`; timed_out in phase queue. Cancellation unwinds.
    awaitable<result<permit>> acquire(std::string authority, deadline until);

    /// The error of a request that would have to wait too long for a host that asked to be left alone.
    [[nodiscard]] static error left_alone(const std::string& authority, time_point until);
    /// The error of a request whose turn does not come in time.
    [[nodiscard]] static error out_of_time(const std::string& authority);

    /// Is told of every host at which a request may begin that could not before, times aside, and of every host that
    /// is to be left alone from now on.
    class watcher {
    public:
        virtual void host_is_free(const std::string& authority) = 0;

    protected:
        ~watcher() = default;
    };
    void add(watcher& each) { watchers_.push_back(&each); }
    void remove(watcher& each) { watchers_.remove(&each); }

private:
    struct place_in_line;
    struct entry {
        explicit entry(const host_limits& limits) : state{limits} {}
        host_state state;
        bool is_held = false;
        error last_failure;
        std::list<place_in_line*> line;  // of `acquire`, first come first
    };

    entry& entry_of(const std::string& authority);
    void forget_some(time_point now);
    void tell_next(const std::string& authority);
    void tell_all(const std::string& authority);

    boost::asio::any_io_executor strand_;
    host_limits limits_;
    std::unordered_map<std::string, entry> hosts_;
    std::list<watcher*> watchers_;
};

}  // namespace forage::detail
