// Many pages: distinct URLs, and every input accounted for.
#include "scrape/page_lanes.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace forage {
namespace detail {
namespace {

class batch_run final : page_owner {
public:
    batch_run(std::shared_ptr<client_impl> web, std::vector<std::string> urls, const scrape_options& options)
        : urls_{std::move(urls)}, options_{options},
          lanes_{std::move(web), *this, options.page, deadline::after(options.deadline)} {}

    awaitable<scrape_batch> run() {
        sort_out();
        const auto most = static_cast<std::size_t>(std::max(options_.concurrency, 1));
        auto ending     = co_await lanes_.run(static_cast<int>(std::min(entries_.size(), most)));
        if (thrown_) std::rethrow_exception(thrown_);
        co_return collect(ending);
    }

private:
    // A distinct URL, from its first position in the input to its outcome.
    struct entry {
        std::size_t index = 0;
        std::optional<result<page>> outcome;
    };

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
            const auto id                 = static_cast<page_id>(entries_.size());
            entries_.emplace_back().index = i;
            if (parsed) {
                lanes_.add(id, 1, *std::move(parsed));
            } else {
                take(id, std::move(parsed).error(), page_cost{});
            }
        }
    }

    std::optional<awaitable<void>> take(page_id id, result<page> outcome, page_cost) override {
        auto& each = entries_[id];
        if (outcome) outcome->url = urls_[each.index];
        each.outcome = std::move(outcome);
        if (options_.on_result) hand_out(each);
        if (*each.outcome && !options_.keep_content) {
            // Moved out, because a string that an empty one is assigned to keeps its memory.
            const page_content dropped = std::exchange(static_cast<page_content&>(**each.outcome), {});
        }
        return std::nullopt;
    }

    // A callback that throws ends the batch: no page is begun any more, and those in flight are nobody's business.
    void hand_out(const entry& each) {
        if (thrown_) return;
        try {
            options_.on_result(each.index, *each.outcome);
        } catch (...) {
            thrown_ = std::current_exception();
            lanes_.stop();
        }
    }

    scrape_batch collect(run_ending ending) {
        for (std::size_t id = 0; id < entries_.size(); ++id) {
            auto& [index, outcome] = entries_[id];
            if (outcome && *outcome) {
                batch_.values.push_back(**std::move(outcome));
                continue;
            }
            auto why = outcome ? as_ended(ending, std::move(*outcome).error())
                               : lanes_.why_unfinished(static_cast<page_id>(id), ending);
            batch_.failures.push_back({index, urls_[index], std::move(why)});
        }
        return std::move(batch_);
    }

    std::vector<std::string> urls_;
    scrape_options options_;
    page_lanes lanes_;
    std::vector<entry> entries_;
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
