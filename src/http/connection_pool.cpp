#include "http/connection_pool.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace forage::detail {

using clock_type = std::chrono::steady_clock;

connection_pool::connection_pool(boost::asio::any_io_executor strand, pool_limits limits)
    : strand_{std::move(strand)}, limits_{limits} {}

connection_pool::~connection_pool() = default;

connection_pool::lease::lease(lease&& other) noexcept
    : link{std::move(other.link)}, pool_{std::exchange(other.pool_, nullptr)}, origin_{std::move(other.origin_)},
      opened_{other.opened_}, keep_{std::exchange(other.keep_, false)} {}

connection_pool::lease& connection_pool::lease::operator=(lease&& other) noexcept {
    std::swap(link, other.link);
    std::swap(pool_, other.pool_);
    std::swap(origin_, other.origin_);
    std::swap(opened_, other.opened_);
    std::swap(keep_, other.keep_);
    return *this;
}

connection_pool::lease::~lease() {
    if (pool_ == nullptr) return;
    if (!keep_) link.reset();
    pool_->give_back(origin_, {std::move(link), opened_, clock_type::now()});
}

// Whatever happens while waiting, what was granted is not lost.
struct connection_pool::place_in_line {
    connection_pool& pool;
    waiter mine;
    std::list<waiter*>::iterator place;
    bool taken = false;

    place_in_line(connection_pool& p, std::string origin, bool fresh)
        : pool{p}, mine{p.strand_, std::move(origin), fresh} {
        ++pool.origins_[mine.origin].waiting;
        place = pool.waiting_.insert(pool.waiting_.end(), &mine);
    }
    place_in_line(const place_in_line&)            = delete;
    place_in_line& operator=(const place_in_line&) = delete;
    ~place_in_line() {
        if (taken) return;
        if (mine.granted.is_set()) {
            pool.give_back(mine.origin, std::move(mine.kept));
        } else {
            pool.waiting_.erase(place);
            --pool.origins_[mine.origin].waiting;
            pool.forget_if_empty(mine.origin);
        }
    }
};

std::optional<connection_pool::lease> connection_pool::try_acquire(const std::string& origin, bool fresh) {
    auto& at = origins_[origin];
    drop_old(at);
    // Those who came before go first.
    if (at.waiting > 0) return std::nullopt;
    auto given = grant(at, fresh);
    if (given) return make_lease(origin, *std::move(given));
    forget_if_empty(origin);
    return std::nullopt;
}

awaitable<connection_pool::lease> connection_pool::acquire(std::string origin, bool fresh) {
    if (auto at_once = try_acquire(origin, fresh)) co_return *std::move(at_once);
    place_in_line here{*this, origin, fresh};
    co_await here.mine.granted.wait();
    here.taken = true;
    co_return make_lease(origin, std::move(here.mine.kept));
}

connection_pool::lease connection_pool::make_lease(const std::string& origin, idle_connection kept) {
    lease made;
    made.pool_   = this;
    made.origin_ = origin;
    made.opened_ = kept.link ? kept.opened : clock_type::now();
    made.link    = std::move(kept.link);
    return made;
}

// A kept connection, or leave to open one; nothing when there is neither.
std::optional<connection_pool::idle_connection> connection_pool::grant(origin_state& at, bool fresh) {
    if (!fresh) {
        if (auto kept = take_idle(at); kept.link) return kept;
    } else if (!at.idle.empty() && !make_room_for(at)) {
        close(at, at.idle.size() - 1);
    }
    if (!make_room_for(at)) return std::nullopt;
    ++at.open, ++open_;
    return idle_connection{};
}

// The one used last: it is the likeliest to be open still.
connection_pool::idle_connection connection_pool::take_idle(origin_state& at) {
    while (!at.idle.empty()) {
        auto kept = std::move(at.idle.back());
        at.idle.pop_back();
        --idle_;
        if (kept.link->is_quiet()) return kept;
        --at.open, --open_;
    }
    return {};
}

bool connection_pool::make_room_for(const origin_state& at) {
    if (at.open >= limits_.per_origin) return false;
    if (open_ >= limits_.total && idle_ > 0) drop_longest_idle(at);
    return open_ < limits_.total;
}

void connection_pool::close(origin_state& at, std::size_t index) {
    at.idle.erase(at.idle.begin() + static_cast<std::ptrdiff_t>(index));
    --at.open, --open_, --idle_;
}

// Idle connections of other origins must not stand in the way of work at `at`.
void connection_pool::drop_longest_idle(const origin_state& at) {
    auto oldest = origins_.end();
    for (auto each = origins_.begin(); each != origins_.end(); ++each) {
        const auto& idle = each->second.idle;
        if (idle.empty()) continue;
        if (oldest == origins_.end() || idle.front().since < oldest->second.idle.front().since) oldest = each;
    }
    if (oldest == origins_.end()) return;
    close(oldest->second, 0);
    const bool is_used = &oldest->second == &at || oldest->second.open > 0 || oldest->second.waiting > 0;
    if (!is_used) origins_.erase(oldest);
}

void connection_pool::drop_old(origin_state& at) {
    const auto now = clock_type::now();
    const auto old = [&](const idle_connection& c) {
        return c.since < now - limits_.idle || c.opened < now - limits_.age;
    };
    const auto gone = std::erase_if(at.idle, old);
    at.open -= gone, open_ -= gone, idle_ -= gone;
}

void connection_pool::give_back(const std::string& origin, idle_connection kept) {
    auto& at = origins_[origin];
    if (kept.link && kept.opened >= clock_type::now() - limits_.age) {
        at.idle.push_back(std::move(kept));
        ++idle_;
    } else {
        --at.open, --open_;
    }
    serve_waiting();
    forget_if_empty(origin);
}

// An origin that has nothing for one has nothing for the others. When all who wait are of such origins, as when one
// origin has all it may have, nobody else needs to be asked.
void connection_pool::serve_waiting() {
    std::set<const origin_state*> empty_handed;
    std::size_t in_vain = 0;
    for (auto next = waiting_.begin(); next != waiting_.end() && in_vain < waiting_.size();) {
        if (open_ >= limits_.total && idle_ == 0) return;
        const auto current = next++;
        auto& first        = **current;
        auto& at           = origins_[first.origin];
        if (empty_handed.contains(&at)) continue;
        auto given = grant(at, first.fresh);
        if (!given) {
            empty_handed.insert(&at);
            in_vain += at.waiting;
            continue;
        }
        waiting_.erase(current);
        --at.waiting;
        first.kept = *std::move(given);
        first.granted.set();
    }
}

void connection_pool::forget_if_empty(const std::string& origin) {
    const auto found = origins_.find(origin);
    if (found == origins_.end()) return;
    const auto& at = found->second;
    if (at.open == 0 && at.waiting == 0) origins_.erase(found);
}

void connection_pool::close_idle() {
    for (auto next = origins_.begin(); next != origins_.end();) {
        auto& at = next->second;
        at.open -= at.idle.size(), open_ -= at.idle.size(), idle_ -= at.idle.size();
        at.idle.clear();
        next = at.open == 0 && at.waiting == 0 ? origins_.erase(next) : std::next(next);
    }
    serve_waiting();
}

}  // namespace forage::detail
