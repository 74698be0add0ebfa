// The whole way: search, choose, scrape, rank. Each stage is a public operation; here they share one deadline.
#include "core/with_deadline.hpp"
#include "core/worker_pool.hpp"
#include "http/client_impl.hpp"
#include "research/passages.hpp"
#include "search/chain.hpp"

#include <forage/research.hpp>
#include <forage/url.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace forage {
namespace detail {
namespace {

constexpr int most_pages      = 100;
constexpr int usual_hits      = 10;  // one request at any provider
constexpr auto longest_search = std::chrono::seconds{10};
constexpr std::chrono::milliseconds least_ranking{30};

struct research_call {
    std::string question;
    std::vector<provider> providers;
    int pages       = 5;
    int passages    = 8;
    int concurrency = 8;
    std::chrono::milliseconds page_timeout{};
    std::chrono::milliseconds time{};

    research_call(std::string_view text, const research_options& options)
        : question{text}, providers{options.providers.begin(), options.providers.end()}, pages{options.pages},
          passages{options.passages}, concurrency{options.concurrency}, page_timeout{options.page_timeout},
          time{options.deadline} {}
};

std::string without_fragment(const std::string& link) {
    const auto parsed = url::parse(link);
    return parsed ? parsed->without_fragment().text() : link;
}

// The first hits that are different pages.
std::vector<search_hit> choose(const std::vector<search_hit>& hits, std::size_t count) {
    std::vector<search_hit> chosen;
    std::unordered_set<std::string> seen;
    for (const auto& hit : hits) {
        if (chosen.size() == count) break;
        if (seen.insert(without_fragment(hit.url)).second) chosen.push_back(hit);
    }
    return chosen;
}

// Hits may redirect to one page; it is one source.
std::vector<page> distinct_pages(std::vector<page> pages) {
    std::unordered_set<std::string> seen;
    std::erase_if(pages, [&](const page& each) {
        return !seen.insert(without_fragment(each.final_url.empty() ? each.url : each.final_url)).second;
    });
    return pages;
}

// What stands in the place of a page is no source. The beginning of an article for subscribers is one.
bool has_content(const page& each) {
    return each.obstacle == page_obstacle::none || each.obstacle == page_obstacle::paywall;
}

void set_obstacles_aside(
    std::vector<page>& pages, const std::vector<std::string>& urls, std::vector<scrape_failure>& into
) {
    for (const auto& each : pages) {
        if (has_content(each)) continue;
        const auto at = std::find(urls.begin(), urls.end(), each.url);
        error why{
            errc::no_content, "in the place of the page stands something else: " + std::string{to_string(each.obstacle)}
        };
        into.push_back({static_cast<std::size_t>(at - urls.begin()), each.url, std::move(why).at(phase::read)});
    }
    std::erase_if(pages, [](const page& each) { return !has_content(each); });
}

std::vector<source> sources_of(const std::vector<page>& pages, const std::vector<search_hit>& hits) {
    std::unordered_map<std::string_view, const search_hit*> by_url;
    for (const auto& hit : hits) by_url.emplace(hit.url, &hit);
    std::vector<source> sources;
    for (const auto& each : pages) {
        source entry;
        entry.number = static_cast<int>(sources.size()) + 1;
        entry.url    = each.final_url.empty() ? each.url : each.final_url;
        entry.title  = each.title;
        if (const auto hit = by_url.find(each.url); hit != by_url.end()) {
            entry.snippet = hit->second->snippet;
            if (entry.title.empty()) entry.title = hit->second->title;
        }
        sources.push_back(std::move(entry));
    }
    return sources;
}

// A batch that was cancelled comes back as a value: here the cancellation goes on.
awaitable<void> stop_if_cancelled() {
    const auto state = co_await boost::asio::this_coro::cancellation_state;
    if (state.cancelled() != boost::asio::cancellation_type::none)
        throw boost::system::system_error{boost::asio::error::operation_aborted};
}

awaitable<std::vector<passage>> rank(std::string question, std::shared_ptr<const std::vector<page>> pages, int count) {
    auto work = [question = std::move(question), pages = std::move(pages), count](const std::atomic<bool>& stop) {
        return rank_passages(question, *pages, static_cast<std::size_t>(std::max(count, 0)), &stop);
    };
    auto ranked = offload<std::vector<passage>>(std::move(work));
    co_return co_await std::move(ranked);
}

awaitable<result<answer_pack>> answer_question(client web, research_call call) {
    if (call.pages < 1 || call.pages > most_pages) co_return error{errc::bad_argument, "pages must be from 1 to 100"};
    const auto until = deadline::after(web.impl()->time_for(call.time));

    search_options wanted;
    wanted.count   = std::max(call.pages, usual_hits);
    wanted.timeout = std::clamp<std::chrono::milliseconds>(until.left(), std::chrono::milliseconds{1}, longest_search);
    search_call asked{call.question, wanted};
    auto found = co_await search_chain(search_context_of(web.impl()), std::move(asked), std::move(call.providers));
    if (!found) co_return found.error();
    answer_pack pack;
    pack.question = call.question;
    pack.attempts = std::move(found->attempts);

    const auto chosen = choose(found->hits, static_cast<std::size_t>(call.pages));
    std::vector<std::string> urls;
    for (const auto& hit : chosen) urls.push_back(hit.url);
    scrape_options how;
    how.concurrency  = call.concurrency;
    how.page.timeout = call.page_timeout;
    // Zero would mean "none", and the search may have used up all there was.
    how.deadline = std::max(until.left(), std::chrono::milliseconds{1});
    auto batch   = co_await scrape_pages(web, urls, how);
    co_await stop_if_cancelled();

    pack.failures = std::move(batch.failures);
    set_obstacles_aside(batch.values, urls, pack.failures);
    const auto pages = std::make_shared<const std::vector<page>>(distinct_pages(std::move(batch.values)));
    pack.sources     = sources_of(*pages, chosen);
    // Also what was found at the last moment is worth a look; a longer one is not worth the deadline.
    const auto enough = deadline::after(std::max(last_call(until).left(), least_ranking));
    auto ranked       = rank(call.question, pages, call.passages);
    auto passages     = co_await with_deadline(std::move(ranked), enough);
    if (passages) pack.passages = *std::move(passages);
    co_return pack;
}

}  // namespace
}  // namespace detail

awaitable<result<answer_pack>> research(const client& web, std::string_view question, research_options options) {
    return detail::on_strand(web.impl(), detail::answer_question(web, detail::research_call{question, options}));
}

}  // namespace forage
