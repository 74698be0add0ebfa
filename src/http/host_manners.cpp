#include "http/host_manners.hpp"

#include "core/with_deadline.hpp"

#include <algorithm>
#include <optional>
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

}  // namespace

bool is_the_hosts_fault(const error& e, deadline of_caller) noexcept {
    if (e.is_timeout() && of_caller.has_passed()) return false;
    switch (e.code) {
    case errc::connect_failed:
    case errc::tls_failed:
    case errc::timed_out:
    case errc::protocol: break;
    default: return false;
    }
    switch (e.where) {
    case phase::connect:
    case phase::tls:
    case phase::send:
    case phase::first_byte:
    case phase::body: return true;
    default: return false;
    }
}

deadline haste_of_caller(milliseconds given, milliseconds total, deadline until) noexcept {
    return given < std::min(usual_patience, total) ? until : deadline{};
}

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

error host_manners::out_of_time(const std::string& authority) {
    return error{
        errc::timed_out, "the host's turn did not come in time", "allow more time, or fewer requests to one host"
    }
        .at(phase::queue)
        .on(authority);
}

host_manners::verdict host_manners::ask(const std::string& authority, time_point now) const {
    using kind       = verdict::kind;
    const auto found = hosts_.find(authority);
    if (found == hosts_.end()) return {};
    const auto& [state, is_held, last_failure, line] = found->second;
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
    } else if (state.backoff_clock() > now) {
        answer.say = kind::backoff;
        answer.at  = std::max(state.backoff_clock(), state.pace_clock());
    } else if (is_held || state.is_busy()) {
        answer.say = kind::busy;
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

// Only the first in line looks at clocks and takes permits; one bell wakes one, however long the line. Whoever leaves,
// at whatever end of the wait, also by cancellation, tells the next: what was meant for one is never lost.
struct host_manners::place_in_line {
    host_manners& owner;
    const std::string& authority;
    std::optional<event> bell;  // a new one for each wait
    std::list<place_in_line*>::iterator place;

    place_in_line(host_manners& m, const std::string& a) : owner{m}, authority{a} {
        auto& line = owner.entry_of(authority).line;
        place      = line.insert(line.end(), this);
    }
    place_in_line(const place_in_line&)            = delete;
    place_in_line& operator=(const place_in_line&) = delete;
    ~place_in_line() {
        owner.entry_of(authority).line.erase(place);
        owner.tell_next(authority);
    }

    [[nodiscard]] bool is_first() const { return owner.entry_of(authority).line.front() == this; }
    void ring() {
        if (bell) bell->set();
    }
};

awaitable<result<host_manners::permit>> host_manners::acquire(std::string authority, deadline until) {
    using kind       = verdict::kind;
    const auto known = hosts_.find(authority);
    const auto now   = clock_type::now();
    if (known == hosts_.end() || (known->second.line.empty() && ask(authority, now).say == kind::go))
        co_return take(authority, now);

    place_in_line here{*this, authority};
    for (;;) {
        auto answer = ask(authority, clock_type::now());
        if (answer.say == kind::refused) co_return std::move(answer.why);
        if (answer.say == kind::backoff && answer.at >= until.time()) co_return left_alone(authority, answer.at);
        if (until.has_passed()) co_return out_of_time(authority);
        auto wake = until;
        if (here.is_first()) {
            if (answer.say == kind::go) co_return take(authority, clock_type::now());
            if (answer.say == kind::pace && answer.at >= until.time()) co_return out_of_time(authority);
            if (answer.say != kind::busy) wake = earlier(until, deadline::at(answer.at));
        }
        here.bell.emplace(strand_);
        co_await ended_by(here.bell->wait(), wake);
    }
}

host_manners::entry& host_manners::entry_of(const std::string& authority) {
    if (const auto found = hosts_.find(authority); found != hosts_.end()) return found->second;
    if (hosts_.size() >= most_hosts) forget_some(clock_type::now());
    return hosts_.try_emplace(authority, limits_).first->second;
}

// First those of which nothing is known; if that frees little, as most hosts are in trouble, whatever nobody uses: so
// that the hosts are not walked again for the next one.
void host_manners::forget_some(time_point now) {
    std::erase_if(hosts_, [now](const auto& each) {
        return each.second.line.empty() && each.second.state.is_forgettable(now);
    });
    if (hosts_.size() < most_hosts / 4 * 3) return;
    std::erase_if(hosts_, [](const auto& each) {
        return each.second.line.empty() && each.second.state.in_flight() == 0;
    });
}

void host_manners::tell_next(const std::string& authority) {
    const auto found = hosts_.find(authority);
    if (found != hosts_.end() && !found->second.line.empty()) return found->second.line.front()->ring();
    for (auto* each : watchers_) each->host_is_free(authority);
}

void host_manners::tell_all(const std::string& authority) {
    for (auto* each : entry_of(authority).line) each->ring();
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
    owner_->tell_next(authority_);
}

void host_manners::permit::hold_others() noexcept {
    if (owner_ == nullptr) return;
    owner_->entry_of(authority_).is_held = true;
    holds_                               = true;
}

void host_manners::permit::let_others() {
    if (!std::exchange(holds_, false)) return;
    owner_->entry_of(authority_).is_held = false;
    owner_->tell_next(authority_);
}

void host_manners::permit::set_crawl_delay(milliseconds delay) noexcept {
    if (owner_ != nullptr) owner_->entry_of(authority_).state.set_crawl_delay(delay, clock_type::now());
}

void host_manners::permit::answered() noexcept {
    if (owner_ != nullptr) owner_->entry_of(authority_).state.answered();
}

void host_manners::permit::throttled(std::optional<milliseconds> retry_after) {
    if (owner_ == nullptr) return;
    const auto now      = clock_type::now();
    auto& host          = owner_->entry_of(authority_);
    const bool was_shut = host.state.is_shut(now);
    host.last_failure   = error{errc::rate_limited, "too many requests"};
    host.state.throttled(began_, now, retry_after);
    if (!was_shut && host.state.is_shut(now)) owner_->tell_all(authority_);
}

void host_manners::permit::failed(const error& why) {
    if (owner_ == nullptr) return;
    const auto now      = clock_type::now();
    auto& host          = owner_->entry_of(authority_);
    const bool was_shut = host.state.is_shut(now);
    host.last_failure   = why;
    host.state.failed(now);
    if (!was_shut && host.state.is_shut(now)) owner_->tell_all(authority_);
}

}  // namespace forage::detail
