// Many pages: distinct URLs, taken by lanes from a queue that knows the hosts' manners, and every input accounted for.
#include "core/with_deadline.hpp"
#include "http/pending_fetch.hpp"
#include "scrape/host_queue.hpp"
#include "scrape/page.hpp"

#include <forage/detail/run_bounded.hpp>
#include <forage/url.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace forage {
namespace detail {
namespace {

using clock_type = std::chrono::steady_clock;

class batch_run {
public:
    batch_run(std::shared_ptr<client_impl> web, std::vector<std::string> urls, const scrape_options& options)
        : web_{std::move(web)}, urls_{std::move(urls)}, options_{options}, until_{deadline::after(options.deadline)},
          queue_{web_->hosts, time_for_page(*web_, options.page)} {}

    awaitable<scrape_batch> run() {
        sort_out();
        auto next = [this] { return next_task(); };
        const auto lanes =
            std::min<std::size_t>(entries_.size(), static_cast<std::size_t>(std::max(options_.concurrency, 1)));
        // The pages in flight have the batch's deadline too, and say where they were when it passed; so they are cut
        // off only well after their own last call, however late a busy loop hears of that.
        constexpr std::chrono::milliseconds grace{70};
        const auto cut_off = until_.is_never() ? until_ : deadline::at(until_.time() + grace);
        const auto limit   = std::max(cut_off.left(), std::chrono::milliseconds{1});
        auto ending        = co_await run_bounded(static_cast<int>(lanes), limit, next);
        if (thrown_) std::rethrow_exception(thrown_);
        if (ending == run_ending::finished && until_.has_passed()) ending = run_ending::deadline;
        co_return collect(ending);
    }

private:
    // A distinct URL, from its first position in the input to its outcome.
    struct entry {
        std::size_t index = 0;
        url target;
        std::unique_ptr<pending_fetch> pending;  // from its start to its outcome: large, and few are under way
        std::optional<result<page>> outcome;
    };
    using started = std::optional<result<page>>;

    // Two spellings of one URL are one fetch; a fragment never reaches a server. What does not parse fails alone.
    void sort_out() {
        entries_.reserve(urls_.size());
        std::map<std::string, std::size_t> seen;
        for (std::size_t i = 0; i < urls_.size(); ++i) {
            auto parsed               = url::parse(urls_[i]);
            const auto key            = parsed ? parsed->without_fragment().text() : urls_[i];
            const auto [where, fresh] = seen.emplace(key, i);
            if (!fresh) {
                batch_.duplicates.push_back({i, where->second});
                continue;
            }
            auto& added = entries_.emplace_back();
            added.index = i;
            if (!parsed) {
                refused_.emplace_back(entries_.size() - 1, std::move(parsed).error());
                continue;
            }
            queue_.push(entries_.size() - 1, parsed->authority());
            added.target = *std::move(parsed);
        }
    }

    std::optional<awaitable<void>> next_task() {
        for (; !refused_.empty() && !thrown_; refused_.pop_back())
            finish(refused_.back().first, std::move(refused_.back().second));
        const auto latest = [this](std::size_t id) {
            const auto& pending = entries_[id].pending;
            return pending ? pending->request.until.time() : clock_type::time_point::max();
        };
        for (;;) {
            if (until_.has_passed() || thrown_) {
                queue_.wake_all();  // other lanes need not wait for it
                return std::nullopt;
            }
            auto choice = queue_.next(clock_type::now(), latest);
            switch (choice.say) {
            case host_queue::pick::kind::start: return start(choice.id, std::move(choice.permit));
            case host_queue::pick::kind::wait:
                return wait(std::make_unique<waiting_place>(queue_, web_->strand, std::min(choice.at, until_.time())));
            case host_queue::pick::kind::empty: return std::nullopt;
            case host_queue::pick::kind::fail:
                // Why a retry is wanted says more than that it does not get its turn.
                if (auto& pending = entries_[choice.id].pending; pending && pending->last)
                    choice.why = *std::move(pending->last);
                finish(choice.id, std::move(choice.why));
            }
        }
    }

    awaitable<void> start(std::size_t id, host_manners::permit permit) {
        auto& each = entries_[id];
        if (!each.pending) {
            auto request = page_request(*web_, std::move(each.target), options_.page, until_);
            each.pending = std::make_unique<pending_fetch>(std::move(request));
        }
        web_->robots.reserve(*web_, each.pending->request.target, permit);
        return one_request(id, std::move(permit));
    }

    // Where a lane waits that has nothing to start. It is taken when that is found out: a task begins some time later,
    // and a bell that rings between must not be missed.
    struct waiting_place {
        host_queue& queue;
        event bell;
        clock_type::time_point until;
        waiting_place(host_queue& q, const boost::asio::any_io_executor& strand, clock_type::time_point at)
            : queue{q}, bell{strand}, until{queue.wait_at(bell, at)} {}
        waiting_place(const waiting_place&)            = delete;
        waiting_place& operator=(const waiting_place&) = delete;
        ~waiting_place() { queue.leave(bell); }
    };
    static awaitable<void> wait(std::unique_ptr<waiting_place> here) {
        co_await ended_by(here->bell.wait(), deadline::at(here->until));
    }

    // Never throws into a lane: whatever happens becomes the entry's outcome, or the entry goes back into the queue.
    awaitable<void> one_request(std::size_t id, host_manners::permit permit) {
        auto& pending = *entries_[id].pending;
        try {
            auto step = co_await one_step(id, std::move(permit));
            if (step) {
                finish(id, *std::move(step));
            } else {
                queue_.push_again(id, pending.authority(), pending.not_before);
            }
        } catch (...) {
            finish(id, error_from_exception(std::current_exception()));
        }
    }

    awaitable<started> one_step(std::size_t id, host_manners::permit permit) {
        auto& pending = *entries_[id].pending;
        auto answer   = co_await advance(*web_, pending, permit);
        permit        = {};  // the host is asked no more while its page is read
        if (!answer) co_return std::nullopt;
        co_return co_await read_page(web_, *std::move(answer), options_.page, pending.request.until);
    }

    void finish(std::size_t id, result<page> outcome) {
        auto& each = entries_[id];
        if (outcome) outcome->url = urls_[each.index];
        each.outcome = std::move(outcome);
        each.pending.reset();
        if (options_.on_result) hand_out(each);
        if (!*each.outcome || options_.keep_content) return;
        // Moved out, because a string that an empty one is assigned to keeps its memory.
        const page_content dropped = std::exchange(static_cast<page_content&>(**each.outcome), {});
    }

    // A callback that throws ends the batch: no page is begun any more, and those in flight are nobody's business.
    void hand_out(const entry& each) {
        if (thrown_) return;
        try {
            options_.on_result(each.index, *each.outcome);
        } catch (...) {
            thrown_ = std::current_exception();
            queue_.wake_all();
        }
    }

    // What has no outcome was not begun, or waited for another try.
    error unfinished(entry& each, run_ending ending) {
        if (!each.pending) return never_started(ending);
        if (each.pending->last) return *std::move(each.pending->last);
        return as_ended(ending, error{errc::cancelled, "cancelled by the caller"})
            .at(phase::queue)
            .on(each.pending->request.target.host());
    }

    scrape_batch collect(run_ending ending) {
        for (auto& each : entries_) {
            if (each.outcome && *each.outcome) {
                batch_.values.push_back(**std::move(each.outcome));
                continue;
            }
            auto why = each.outcome ? as_ended(ending, std::move(*each.outcome).error()) : unfinished(each, ending);
            batch_.failures.push_back({each.index, urls_[each.index], std::move(why)});
        }
        return std::move(batch_);
    }

    std::shared_ptr<client_impl> web_;
    std::vector<std::string> urls_;
    scrape_options options_;
    deadline until_;
    host_queue queue_;
    std::vector<entry> entries_;
    std::vector<std::pair<std::size_t, error>> refused_;
    std::exception_ptr thrown_;  // by `on_result`
    scrape_batch batch_;
};

awaitable<result<scrape_batch>>
scrape_all(std::shared_ptr<client_impl> web, std::vector<std::string> urls, scrape_options options) {
    batch_run run{std::move(web), std::move(urls), options};
    co_return co_await run.run();
}

// scrape_all never fails as a whole, but for running out of memory.
awaitable<scrape_batch> unwrapped_batch(awaitable<result<scrape_batch>> op) {
    auto batch = co_await std::move(op);
    co_return std::move(batch).value();
}

}  // namespace
}  // namespace detail

awaitable<scrape_batch> scrape_pages(const client& web, std::span<const std::string> urls, scrape_options options) {
    return detail::unwrapped_batch(detail::on_strand(
        web.impl(), detail::scrape_all(web.impl(), std::vector<std::string>(urls.begin(), urls.end()), options)
    ));
}

}  // namespace forage
