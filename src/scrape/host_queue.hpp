// Which page is fetched next: the first in line whose host may be asked.
#pragma once

#include "http/host_manners.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

namespace forage::detail {

/// Jobs, each at a host. A host that must wait keeps its jobs here and costs no lane. Lives on the strand of `hosts`,
/// which must outlive it; every operation is logarithmic in the number of hosts and jobs.
class host_queue final : host_manners::watcher {
public:
    using time_point = host_manners::time_point;
    using job        = std::uint64_t;  ///< its place in line: lower ones are first

    /// A host that asked to be left alone for longer than `patience` (zero: no limit) fails its jobs.
    host_queue(host_manners& hosts, std::chrono::milliseconds patience) : hosts_{hosts}, patience_{patience} {
        hosts_.add(*this);
    }
    ~host_queue() { hosts_.remove(*this); }
    host_queue(const host_queue&)            = delete;
    host_queue& operator=(const host_queue&) = delete;

    /// No two jobs have one place. Rings a bell.
    void push(job id, const std::string& authority);
    /// Gives a job that is here another place in line.
    void move(job from, job to, const std::string& authority);
    void remove(job id, const std::string& authority);
    /// Not before `when`.
    void push_again(job id, const std::string& authority, time_point when);

    struct pick {
        enum class kind : std::uint8_t {
            start,  ///< `id`, with `permit`
            fail,   ///< `id`, which cannot be started in time: `why`
            wait,   ///< until `at`, or until a bell is rung
            empty,  ///< no job is here
        };
        kind say = kind::empty;
        job id   = 0;
        host_manners::permit permit;
        error why;
        time_point at = time_point::max();
    };
    /// `latest(id)` is when job `id` must have been started; for most, time_point::max(). A job for which `may(id)` is
    /// false is left where it is, and so are those behind it.
    template <class Latest, class May>
    pick next(time_point now, Latest latest, May may);
    template <class Latest>
    pick next(time_point now, Latest latest) {
        return next(now, latest, [](job) { return true; });
    }

    /// `bell` is rung when there may be something to start that `next` did not see. Of those who wait, one is enough to
    /// look at the clock: gives the time until which the bell's owner is to wait, which is never for the others.
    [[nodiscard]] time_point wait_at(event& bell, time_point until);
    void leave(event& bell);
    /// Rings every bell: there is nothing to wait for any more.
    void wake_all();

private:
    enum class place : std::uint8_t { ready, timed, parked };
    struct host {
        std::set<job> jobs;
        place where = place::parked;
    };
    using host_entry = std::pair<const std::string, host>;

    void host_is_free(const std::string& authority) override;
    host_entry& host_of(const std::string& authority);
    void put(job id, host_entry& each);
    void make_ready(host_entry& each);
    void leave_place(host_entry& each);
    void take_front(host_entry& each);
    void come_due(time_point now);
    pick consider(host_entry& each, time_point now, time_point latest);
    [[nodiscard]] time_point next_time() const;
    void ring_one();

    host_manners& hosts_;
    std::chrono::milliseconds patience_;
    std::unordered_map<std::string, host> by_authority_;
    std::set<std::pair<job, host_entry*>> ready_;  // by the host's first job
    std::multimap<time_point, host_entry*> timed_;
    std::multimap<time_point, std::pair<job, host_entry*>> delayed_;
    std::size_t parked_ = 0;
    std::deque<event*> bells_;
    event* watcher_     = nullptr;            // whose owner looks at the clock
    time_point watched_ = time_point::max();  // until when it waits
};

template <class Latest, class May>
host_queue::pick host_queue::next(time_point now, Latest latest, May may) {
    come_due(now);
    while (!ready_.empty() && may(ready_.begin()->first)) {
        const auto at = ready_.begin();
        auto choice   = consider(*at->second, now, latest(at->first));
        if (choice.say == pick::kind::wait) continue;  // this host: another may be ready
        // Whoever was called has something to do now: others see to the rest, and to the clock.
        if (!ready_.empty() || next_time() < watched_) ring_one();
        return choice;
    }
    pick none;
    none.at = next_time();
    if (!timed_.empty() || !delayed_.empty() || parked_ > 0) none.say = pick::kind::wait;
    return none;
}

}  // namespace forage::detail
