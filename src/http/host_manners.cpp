#include "http/host_manners.hpp"

#include "core/with_deadline.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {
namespace {

using clock_type = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t most_hosts = 10'000;  // some 2 MB

std::chrono::system_clock::time_point wall_time(clock_type::time_point at) {
    return std::chrono::system_clock::now() +
           std::chrono::duration_cast<std::chrono::system_clock::duration>(at - clock_type::now());
}

error out_of_time(const std::string& authority) {
    return error{
        errc::timed_out, "the host's turn did not come in time", "allow more time, or fewer requests to one host"
    }
        .at(phase::queue)
        .on(authority);
}

}  // namespace

host_manners::host_manners(boost::asio::any_io_executor strand, host_limits limits)
    : strand_{std::move(strand)}, limits_{limits} {
    limits_.concurrency = std::max<std::size_t>(limits_.concurrency, 1);
}

error host_manners::left_alone(const std::string& authority, time_point until) {
    error e{errc::rate_limited, "the host asked to be left alone for longer than this call may take", "try again then"};
    e.where    = phase::queue;
    e.host     = authority;
    e.retry_at = wall_time(until);
    return e;
}

host_manners::verdict host_manners::ask(const std::string& authority, time_point now) const {
    using kind       = verdict::kind;
    const auto found = hosts_.find(authority);
    if (found == hosts_.end()) return {};
    const auto& [state, is_held, last_failure, waiting] = found->second;
    verdict answer;
    if (state.open_until() > now) {
        answer.say = kind::refused;
        answer.why = error{
            errc::host_unavailable,
            "not asked, after failures in a row; the last was: " + last_failure.what,
            "try again later"
        };
        answer.why.host     = authority;
        answer.why.where    = phase::queue;
        answer.why.retry_at = wall_time(state.open_until());
    } else if (is_held || state.is_busy()) {
        answer.say = kind::busy;
    } else if (state.backoff_clock() > now) {
        answer.say = kind::backoff;
        answer.at  = std::max(state.backoff_clock(), state.pace_clock());
    } else if (state.pace_clock() > now) {
        answer.say = kind::pace;
        answer.at  = state.pace_clock();
    }
    return answer;
}

host_manners::permit host_manners::take(const std::string& authority, time_point now) {
    entry_of(authority).state.started(now);
    permit given;
    given.owner_     = this;
    given.authority_ = authority;
    given.began_     = now;
    return given;
}

// A place that is left at whatever end of the wait, also by cancellation.
struct host_manners::place_in_line {
    host_manners& owner;
    const std::string& authority;
    event bell;
    std::list<event*>::iterator place;

    place_in_line(host_manners& m, const std::string& a) : owner{m}, authority{a}, bell{m.strand_} {
        auto& line = owner.entry_of(authority).waiting;
        place      = line.insert(line.end(), &bell);
    }
    place_in_line(const place_in_line&)            = delete;
    place_in_line& operator=(const place_in_line&) = delete;
    ~place_in_line() { owner.entry_of(authority).waiting.erase(place); }
};

awaitable<result<host_manners::permit>> host_manners::acquire(std::string authority, deadline until) {
    for (;;) {
        const auto now = clock_type::now();
        auto answer    = ask(authority, now);
        switch (answer.say) {
        case verdict::kind::go: {
            auto given = take(authority, now);
            // One bell rings for one who waits; where there is room for more, the next is told as well.
            if (ask(authority, now).say == verdict::kind::go) tell(authority);
            co_return given;
        }
        case verdict::kind::refused: co_return std::move(answer.why);
        case verdict::kind::backoff:
            if (answer.at >= until.time()) co_return left_alone(authority, answer.at);
            break;
        case verdict::kind::pace:
            if (answer.at >= until.time()) co_return out_of_time(authority);
            break;
        case verdict::kind::busy: break;
        }
        auto wake = until;
        if (answer.say != verdict::kind::busy) wake = earlier(until, deadline::at(answer.at));
        place_in_line here{*this, authority};
        co_await ended_by(here.bell.wait(), wake);
        if (until.has_passed()) {
            // Whoever rang for us rings for the next instead.
            const bool was_told = here.bell.is_set();
            if (was_told) tell(authority);
            co_return out_of_time(authority);
        }
    }
}

host_manners::entry& host_manners::entry_of(const std::string& authority) {
    if (const auto found = hosts_.find(authority); found != hosts_.end()) return found->second;
    if (hosts_.size() >= most_hosts) forget_some(clock_type::now());
    return hosts_.try_emplace(authority, limits_).first->second;
}

// First those of which nothing is known; if all hosts are in trouble, whatever nobody uses.
void host_manners::forget_some(time_point now) {
    std::erase_if(hosts_, [now](const auto& each) {
        return each.second.waiting.empty() && each.second.state.is_forgettable(now);
    });
    if (hosts_.size() < most_hosts) return;
    std::erase_if(hosts_, [](const auto& each) {
        return each.second.waiting.empty() && each.second.state.in_flight() == 0;
    });
}

void host_manners::tell(const std::string& authority) {
    const auto found = hosts_.find(authority);
    if (found != hosts_.end()) {
        for (auto* bell : found->second.waiting) {
            if (bell->is_set()) continue;
            bell->set();
            return;
        }
    }
    for (auto* each : watchers_) each->host_is_free(authority);
}

host_manners::permit::permit(permit&& other) noexcept
    : owner_{std::exchange(other.owner_, nullptr)}, authority_{std::move(other.authority_)}, began_{other.began_},
      holds_{std::exchange(other.holds_, false)} {}

host_manners::permit& host_manners::permit::operator=(permit&& other) noexcept {
    std::swap(owner_, other.owner_);
    std::swap(authority_, other.authority_);
    std::swap(began_, other.began_);
    std::swap(holds_, other.holds_);
    return *this;
}

host_manners::permit::~permit() {
    if (owner_ == nullptr) return;
    auto& host = owner_->entry_of(authority_);
    if (holds_) host.is_held = false;
    host.state.ended();
    owner_->tell(authority_);
}

void host_manners::permit::hold_others() noexcept {
    if (owner_ == nullptr) return;
    owner_->entry_of(authority_).is_held = true;
    holds_                               = true;
}

void host_manners::permit::let_others() {
    if (!std::exchange(holds_, false)) return;
    owner_->entry_of(authority_).is_held = false;
    owner_->tell(authority_);
}

void host_manners::permit::set_crawl_delay(milliseconds delay) noexcept {
    if (owner_ != nullptr) owner_->entry_of(authority_).state.set_crawl_delay(delay, clock_type::now());
}

void host_manners::permit::answered() noexcept {
    if (owner_ != nullptr) owner_->entry_of(authority_).state.answered();
}

void host_manners::permit::throttled(std::optional<milliseconds> retry_after) noexcept {
    if (owner_ == nullptr) return;
    auto& host        = owner_->entry_of(authority_);
    host.last_failure = error{errc::rate_limited, "too many requests"};
    host.state.throttled(began_, clock_type::now(), retry_after);
}

void host_manners::permit::failed(const error& why) {
    if (owner_ == nullptr) return;
    auto& host        = owner_->entry_of(authority_);
    host.last_failure = why;
    host.state.failed(clock_type::now());
}

}  // namespace forage::detail
