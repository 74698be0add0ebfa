#include "http/connection_pool.hpp"

#include <algorithm>
#include <utility>

namespace forage::detail {

using clock_type = std::chrono::steady_clock;

connection_pool::connection_pool(boost::asio::any_io_executor strand, pool_limits limits)
    : strand_{std::move(strand)}, limits_{limits} {}

connection_pool::~connection_pool() = default;

connection_pool::lease::lease(lease&& other) noexcept
    : link{std::move(other.link)}, pool_{std::exchange(other.pool_, nullptr)}, origin_{std::move(other.origin_)},
      keep_{std::exchange(other.keep_, false)} {}

connection_pool::lease& connection_pool::lease::operator=(lease&& other) noexcept {
    std::swap(link, other.link);
    std::swap(pool_, other.pool_);
    std::swap(origin_, other.origin_);
    std::swap(keep_, other.keep_);
    return *this;
}

connection_pool::lease::~lease() {
    if (pool_ == nullptr) return;
    if (!keep_) link.reset();
    pool_->give_back(origin_, std::move(link));
}

awaitable<connection_pool::lease> connection_pool::acquire(std::string origin, bool fresh) {
    auto& at = origins_[origin];
    drop_old(at);
    // Those who came before go first.
    if (at.waiting.empty()) {
        if (!fresh) {
            if (auto link = take_idle(at)) co_return make_lease(origin, std::move(link));
        } else if (!at.idle.empty() && !may_open(at)) {
            at.idle.pop_back();  // a fresh one was asked for: make room for it
            --at.open, --open_, --idle_;
        }
        if (may_open(at)) {
            ++at.open, ++open_;
            co_return make_lease(origin, nullptr);
        }
    }

    // Whatever happens while waiting, what was granted is not lost.
    struct place {
        connection_pool& pool;
        std::string origin;
        waiter mine;
        bool taken = false;
        place(connection_pool& p, std::string o) : pool{p}, origin{std::move(o)}, mine{p.strand_} {
            pool.origins_[origin].waiting.push_back(&mine);
        }
        place(const place&)            = delete;
        place& operator=(const place&) = delete;
        ~place() {
            if (taken) return;
            auto& queue = pool.origins_[origin].waiting;
            std::erase(queue, &mine);
            if (mine.granted.is_set())
                pool.give_back(origin, std::move(mine.link));
            else
                pool.forget_if_empty(origin);
        }
    };
    place here{*this, origin};
    co_await here.mine.granted.wait();
    here.taken = true;
    co_return make_lease(origin, std::move(here.mine.link));
}

connection_pool::lease connection_pool::make_lease(const std::string& origin, std::unique_ptr<connection> link) {
    lease made;
    made.pool_   = this;
    made.origin_ = origin;
    made.link    = std::move(link);
    return made;
}

// The one used last: it is the likeliest to be open still.
std::unique_ptr<connection> connection_pool::take_idle(origin_state& at) {
    while (!at.idle.empty()) {
        auto link = std::move(at.idle.back().link);
        at.idle.pop_back();
        --idle_;
        if (link->is_quiet()) return link;
        --at.open, --open_;
    }
    return nullptr;
}

bool connection_pool::may_open(const origin_state& at) {
    if (at.open >= limits_.per_origin) return false;
    if (open_ >= limits_.total && idle_ > 0) drop_one_idle();
    return open_ < limits_.total;
}

// Idle connections of other origins must not stand in the way of work.
void connection_pool::drop_one_idle() {
    for (auto& [name, at] : origins_) {
        if (at.idle.empty()) continue;
        at.idle.erase(at.idle.begin());
        --at.open, --open_, --idle_;
        return;
    }
}

void connection_pool::drop_old(origin_state& at) {
    const auto limit = clock_type::now() - limits_.idle;
    const auto old   = [limit](const idle_connection& c) { return c.since < limit; };
    const auto gone  = std::erase_if(at.idle, old);
    at.open -= gone, open_ -= gone, idle_ -= gone;
}

void connection_pool::give_back(const std::string& origin, std::unique_ptr<connection> link) {
    auto& at = origins_[origin];
    if (link) {
        at.idle.push_back({std::move(link), clock_type::now()});
        ++idle_;
    } else {
        --at.open, --open_;
    }
    serve_waiting(origin);
    // Room overall may be what another origin's first waiter lacks.
    if (open_ < limits_.total || idle_ > 0) {
        for (auto next = origins_.begin(); next != origins_.end();) {
            const auto current = next++;
            if (!current->second.waiting.empty()) serve_waiting(current->first);
        }
    }
    forget_if_empty(origin);
}

void connection_pool::serve_waiting(const std::string& origin) {
    auto& at = origins_[origin];
    while (!at.waiting.empty()) {
        auto link = take_idle(at);
        if (!link) {
            if (!may_open(at)) return;
            ++at.open, ++open_;
        }
        auto* first = at.waiting.front();
        at.waiting.pop_front();
        first->link = std::move(link);
        first->granted.set();
    }
}

void connection_pool::forget_if_empty(const std::string& origin) {
    const auto found = origins_.find(origin);
    if (found == origins_.end()) return;
    const auto& at = found->second;
    if (at.open == 0 && at.waiting.empty()) origins_.erase(found);
}

void connection_pool::close_idle() {
    for (auto& [name, at] : origins_) {
        at.open -= at.idle.size(), open_ -= at.idle.size(), idle_ -= at.idle.size();
        at.idle.clear();
    }
}

}  // namespace forage::detail
