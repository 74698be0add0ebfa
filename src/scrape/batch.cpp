// Many pages: distinct URLs through the fan-out, and every input accounted for.
#include "scrape/page.hpp"

#include <forage/fan_out.hpp>
#include <forage/url.hpp>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace forage {
namespace detail {
namespace {

struct distinct_urls {
    std::vector<std::size_t> first;  // positions of the URLs to fetch
    std::vector<scrape_batch::duplicate> repeated;
};

// Two spellings of one URL are one fetch; a fragment never reaches a server. What does not parse is left to fail alone.
distinct_urls sort_out(const std::vector<std::string>& urls) {
    distinct_urls sorted;
    std::map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < urls.size(); ++i) {
        const auto parsed         = url::parse(urls[i]);
        const auto key            = parsed ? parsed->without_fragment().text() : urls[i];
        const auto [where, fresh] = seen.emplace(key, i);
        if (fresh)
            sorted.first.push_back(i);
        else
            sorted.repeated.push_back({i, where->second});
    }
    return sorted;
}

awaitable<result<scrape_batch>>
scrape_all(std::shared_ptr<client_impl> web, std::vector<std::string> urls, scrape_options options) {
    auto sorted = sort_out(urls);
    auto scrape = [&](std::size_t i) { return fetch_and_read(web, urls[i], options.page); };
    auto report = [&](std::size_t at, result<page>& outcome) {
        if (options.on_result) options.on_result(sorted.first[at], outcome);
        if (outcome && !options.keep_content) static_cast<page_content&>(*outcome) = {};
    };
    const fan_out_options limits{options.concurrency, options.deadline};
    auto done = co_await fan_out_here<std::vector<std::size_t>&, decltype(scrape)&, decltype(report)&, page>(
        sorted.first, limits, scrape, report
    );

    scrape_batch batch;
    batch.values     = std::move(done.values);
    batch.duplicates = std::move(sorted.repeated);
    for (auto& failure : done.failures) {
        const auto i = sorted.first[failure.index];
        batch.failures.push_back({i, urls[i], std::move(failure.error)});
    }
    co_return batch;
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
