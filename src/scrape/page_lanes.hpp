// Pages fetched and read side by side, from a list that may grow meanwhile.
#pragma once

#include "core/deadline.hpp"
#include "http/pending_fetch.hpp"
#include "scrape/host_queue.hpp"
#include "scrape/page.hpp"

#include <forage/detail/run_bounded.hpp>
#include <forage/scrape.hpp>
#include <forage/url.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

namespace forage::detail {

using page_id = std::uint32_t;  // the owner's name for a page

/// What was spent on a page, whatever came of it.
struct page_cost {
    int requests        = 0;  ///< redirects and retries count, robots.txt does not
    std::uint64_t bytes = 0;  ///< on the wire
};

/// Whose pages they are.
class page_owner {
public:
    /// False: no page is begun for now. Asked again when one has ended; when none is under way, the run ends.
    virtual bool wants_more() { return true; }
    /// False: this page is not begun for now, and none of a higher order, unless they are all there is. Asked again
    /// when a page has ended or comes in, and now and then.
    virtual bool may_begin(page_id) { return true; }
    /// Its turn has come.
    virtual void begins(page_id) {}
    /// Called once for each page that was begun or given up; stores the outcome. If there is more to do about it that
    /// takes time, gives that; it is awaited before the lane takes another page. Must not throw.
    virtual std::optional<awaitable<void>> take(page_id id, result<page> outcome, page_cost cost) = 0;

protected:
    ~page_owner() = default;
};

/// Lanes that take pages in order from a queue that knows the hosts' manners. A host that must wait holds no lane while
/// others have work. Lives on the client's strand; `owner` must outlive it.
class page_lanes {
public:
    page_lanes(std::shared_ptr<client_impl> web, page_owner& owner, const page_options& options, deadline until)
        : web_{std::move(web)}, owner_{owner}, options_{options}, until_{until},
          queue_{web_->hosts, time_for_page(*web_, options)} {}

    /// Pages of a lower `order`, from 1 on, come first, of the same order those of a lower `id`; what has begun comes
    /// before all. Also while it runs. An id may be added again after `take`.
    void add(page_id id, std::uint32_t order, url target);
    /// Another order for a page that has not begun.
    void reorder(page_id id, std::uint32_t order);
    /// Forgets a page that has not begun: `take` is not called for it.
    void drop(page_id id);
    /// Begins no further page.
    void stop();
    /// Ends when nothing is left to do, also of what was added meanwhile, or by `until` or the caller's cancellation.
    awaitable<run_ending> run(int lanes);

    /// After the run: why a page that was added has no outcome.
    [[nodiscard]] error why_unfinished(page_id id, run_ending ending) const;

private:
    using clock_type = deadline::clock;
    using job        = host_queue::job;
    struct page_state {
        url target;
        std::uint32_t order = 0;
        page_cost cost;
        std::unique_ptr<pending_fetch> pending;  // from its start to its outcome: large, and few are under way
    };
    // Counts a task from when a lane has it, which is some time before it begins to run.
    class turn;
    struct waiting_place;

    std::optional<awaitable<void>> next_task();
    awaitable<void> start(page_id id, host_manners::permit permit);
    awaitable<void> one_request(page_id id, host_manners::permit permit, std::unique_ptr<turn> counted);
    awaitable<std::optional<result<page>>> one_step(page_id id, host_manners::permit permit);
    awaitable<void> give_up(page_id id, error why, std::unique_ptr<turn> counted);
    awaitable<void> wait(std::unique_ptr<waiting_place> here);
    std::optional<awaitable<void>> hand_over(page_id id, result<page> outcome);

    std::shared_ptr<client_impl> web_;
    page_owner& owner_;
    page_options options_;
    deadline until_;
    host_queue queue_;
    std::unordered_map<page_id, page_state> pages_;
    std::size_t tasks_ = 0;
    std::size_t begun_ = 0;  // pages that have begun and have no outcome
    bool stopped_      = false;
};

}  // namespace forage::detail
