#include "scrape/page_lanes.hpp"

#include "core/with_deadline.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace forage::detail {
namespace {

host_queue::job place_in_line(std::uint32_t order, page_id id) { return std::uint64_t{order} << 32 | id; }
constexpr std::chrono::milliseconds until_next_look{200};
constexpr std::uint32_t what_has_begun = 0;  // its order: it is finished first

awaitable<void> finish_quietly(awaitable<void> more) {
    try {
        co_await std::move(more);
    } catch (...) {  // cancelled: its page has its outcome
        co_return;
    }
}

}  // namespace

class page_lanes::turn {
public:
    explicit turn(page_lanes& owner) : owner_{owner} { ++owner_.tasks_; }
    turn(const turn&)            = delete;
    turn& operator=(const turn&) = delete;
    ~turn() {
        // Nobody waits for what will not come.
        if (--owner_.tasks_ == 0) owner_.queue_.wake_all();
    }

private:
    page_lanes& owner_;
};

// Where a lane waits that has nothing to start. It is taken when that is found out: a task begins some time later, and
// a bell that rings between must not be missed.
struct page_lanes::waiting_place {
    host_queue& queue;
    event bell;
    clock_type::time_point until;
    waiting_place(host_queue& q, const boost::asio::any_io_executor& strand, clock_type::time_point at)
        : queue{q}, bell{strand}, until{queue.wait_at(bell, at)} {}
    waiting_place(const waiting_place&)            = delete;
    waiting_place& operator=(const waiting_place&) = delete;
    ~waiting_place() { queue.leave(bell); }
};

void page_lanes::add(page_id id, std::uint32_t order, url target) {
    auto authority = target.authority();
    auto& added    = pages_[id];
    added.target   = std::move(target);
    added.order    = order;
    queue_.push(place_in_line(order, id), authority);
}

void page_lanes::reorder(page_id id, std::uint32_t order) {
    const auto found = pages_.find(id);
    if (found == pages_.end() || found->second.pending) return;
    auto& each = found->second;
    queue_.move(place_in_line(each.order, id), place_in_line(order, id), each.target.authority());
    each.order = order;
}

void page_lanes::drop(page_id id) {
    const auto found = pages_.find(id);
    if (found == pages_.end() || found->second.pending) return;
    queue_.remove(place_in_line(found->second.order, id), found->second.target.authority());
    pages_.erase(found);
}

void page_lanes::stop() {
    stopped_ = true;
    queue_.wake_all();
}

awaitable<run_ending> page_lanes::run(int lanes) {
    auto next = [this] { return next_task(); };
    // The pages in flight have the same deadline, and say where they were when it passed; so they are cut off only well
    // after their own last call, however late a busy loop hears of that.
    constexpr std::chrono::milliseconds grace{70};
    const auto cut_off = until_.is_never() ? until_ : deadline::at(until_.time() + grace);
    const auto limit   = std::max(cut_off.left(), std::chrono::milliseconds{1});
    const auto ending  = co_await run_bounded(lanes, limit, next);
    if (ending == run_ending::finished && until_.has_passed()) co_return run_ending::deadline;
    co_return ending;
}

std::optional<awaitable<void>> page_lanes::next_task() {
    const auto latest = [this](job place) {
        const auto& pending = pages_[static_cast<page_id>(place)].pending;
        return pending ? pending->request.until.time() : clock_type::time_point::max();
    };
    if (stopped_ || until_.has_passed()) {
        queue_.wake_all();  // other lanes need not wait for it
        return std::nullopt;
    }
    const bool wants_more = owner_.wants_more();
    if (!wants_more && begun_ == 0 && tasks_ == 0) {
        queue_.wake_all();
        return std::nullopt;
    }
    const auto has_begun = [this](job place) { return pages_[static_cast<page_id>(place)].pending != nullptr; };
    bool held_back       = false;
    const auto may       = [&](job place) {
        if (has_begun(place)) return true;
        const bool now = wants_more && owner_.may_begin(static_cast<page_id>(place));
        held_back      = held_back || (wants_more && !now);
        return now;
    };
    auto choice = queue_.next(clock_type::now(), latest, may);
    if (held_back && choice.say == host_queue::pick::kind::empty && begun_ == 0 && tasks_ == 0)
        choice = queue_.next(clock_type::now(), latest);
    if (held_back) choice.at = std::min(choice.at, clock_type::now() + until_next_look);
    const auto id = static_cast<page_id>(choice.id);
    switch (choice.say) {
    case host_queue::pick::kind::start: return start(id, std::move(choice.permit));
    case host_queue::pick::kind::fail:
        // Why a retry is wanted says more than that it does not get its turn.
        if (auto& pending = pages_[id].pending; pending && pending->last) choice.why = *std::move(pending->last);
        return give_up(id, std::move(choice.why), std::make_unique<turn>(*this));
    case host_queue::pick::kind::empty:
        if (tasks_ == 0) return std::nullopt;
        break;
    case host_queue::pick::kind::wait: break;
    }
    return wait(std::make_unique<waiting_place>(queue_, web_->strand, std::min(choice.at, until_.time())));
}

awaitable<void> page_lanes::start(page_id id, host_manners::permit permit) {
    auto& each = pages_[id];
    if (!each.pending) {
        each.pending = std::make_unique<pending_fetch>(page_request(*web_, each.target, options_, until_));
        ++begun_;
        owner_.begins(id);
    }
    web_->robots.reserve(*web_, each.pending->request.target, permit);
    return one_request(id, std::move(permit), std::make_unique<turn>(*this));
}

awaitable<void> page_lanes::wait(std::unique_ptr<waiting_place> here) {
    co_await ended_by(here->bell.wait(), deadline::at(here->until));
}

// Never throws into a lane: whatever happens becomes the page's outcome, or the page goes back into the queue.
awaitable<void> page_lanes::one_request(page_id id, host_manners::permit permit, std::unique_ptr<turn> /*counted*/) {
    std::optional<awaitable<void>> more;
    try {
        auto step = co_await one_step(id, std::move(permit));
        if (!step) {
            const auto& pending = *pages_[id].pending;
            queue_.push_again(place_in_line(what_has_begun, id), pending.authority(), pending.not_before);
            co_return;
        }
        more = hand_over(id, *std::move(step));
    } catch (...) {
        more = hand_over(id, error_from_exception(std::current_exception()));
    }
    if (more) co_await finish_quietly(*std::move(more));
}

awaitable<std::optional<result<page>>> page_lanes::one_step(page_id id, host_manners::permit permit) {
    auto& pending      = *pages_[id].pending;
    auto answer        = co_await advance(*web_, pending, permit);
    permit             = {};  // the host is asked no more while its page is read
    const auto& timing = answer && *answer ? (*answer)->timing : pending.timing;
    pages_[id].cost    = page_cost{timing.attempts, timing.bytes_wire};
    if (!answer) co_return std::nullopt;
    co_return co_await read_page(web_, *std::move(answer), options_, pending.request.until);
}

awaitable<void> page_lanes::give_up(page_id id, error why, std::unique_ptr<turn> /*counted*/) {
    auto more = hand_over(id, std::move(why));
    if (more) co_await finish_quietly(*std::move(more));
}

std::optional<awaitable<void>> page_lanes::hand_over(page_id id, result<page> outcome) {
    page_cost cost;
    if (const auto found = pages_.find(id); found != pages_.end()) {
        if (found->second.pending) --begun_;
        cost = found->second.cost;
        pages_.erase(found);
    }
    return owner_.take(id, std::move(outcome), cost);
}

error page_lanes::why_unfinished(page_id id, run_ending ending) const {
    const auto found = pages_.find(id);
    if (found == pages_.end() || !found->second.pending) return never_started(ending);
    const auto& pending = *found->second.pending;
    if (pending.last) return *pending.last;
    return as_ended(ending, error{errc::cancelled, "cancelled by the caller"})
        .at(phase::queue)
        .on(pending.request.target.host());
}

}  // namespace forage::detail
