// The whole way: search, crawl, rank. They share one deadline.
#include "core/stop_if_cancelled.hpp"
#include "core/with_deadline.hpp"
#include "core/worker_pool.hpp"
#include "http/client_impl.hpp"
#include "research/crawl.hpp"
#include "research/passages.hpp"
#include "search/chain.hpp"

#include <forage/research.hpp>

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace forage {
namespace detail {
namespace {

constexpr int most_pages      = 1'000;
constexpr int deepest         = 3;
constexpr int usual_hits      = 10;  // one request at any provider
constexpr int most_hits       = 50;
constexpr auto longest_search = std::chrono::seconds{10};
constexpr std::chrono::milliseconds least_ranking{30};

struct research_call {
    std::string question;
    std::vector<provider> providers;
    research_options options;

    research_call(std::string_view text, const research_options& given)
        : question{text}, providers{given.providers.begin(), given.providers.end()}, options{given} {
        options.providers = {};  // the caller's, who may be gone
    }
};

result<void> check(const research_options& asked) {
    if (asked.pages < 1 || asked.pages > most_pages) return error{errc::bad_argument, "pages must be from 1 to 1,000"};
    if (asked.depth < 0 || asked.depth > deepest) return error{errc::bad_argument, "depth must be from 0 to 3"};
    if (asked.passages < 0 || asked.code < 0 || asked.max_tokens < 0 || asked.host_pages < 0 || asked.max_requests < 0)
        return error{errc::bad_argument, "a limit is negative"};
    return result<void>::success();
}

// Hits alone stay in search order. Beside pages that links led to, being a hit is one reason among others.
void sort_sources(std::vector<crawled_page>& pages, const crawl& from, int depth) {
    constexpr double hit_bonus = 0.3;
    const auto worth           = [&](const crawled_page& each) {
        const auto rank = from.entry(each.entry).hit_rank;
        if (depth == 0) return -static_cast<double>(rank);
        return each.relevance + (rank > 0 ? hit_bonus / rank : 0);
    };
    std::sort(pages.begin(), pages.end(), [&](const crawled_page& left, const crawled_page& right) {
        const auto of_left = worth(left), of_right = worth(right);
        return of_left != of_right ? of_left > of_right : left.entry < right.entry;
    });
}

std::vector<source>
sources_of(const std::vector<crawled_page>& pages, const crawl& from, const std::vector<search_hit>& hits) {
    std::unordered_map<std::string_view, const search_hit*> by_url;
    for (const auto& hit : hits) by_url.emplace(hit.url, &hit);
    std::vector<source> sources;
    for (const auto& each : pages) {
        const auto& entry = from.entry(each.entry);
        source made;
        made.number    = static_cast<int>(sources.size()) + 1;
        made.url       = address_of(*each.content);
        made.title     = each.content->title;
        made.authors   = each.content->metadata.authors;
        made.published = each.content->metadata.published.date;
        made.found_on  = entry.found_on;
        made.hit_rank  = entry.hit_rank;
        made.fetched   = each.fetched;
        if (const auto hit = by_url.find(entry.url); hit != by_url.end()) {
            made.snippet = hit->second->snippet;
            made.ranks   = hit->second->ranks;
            if (made.title.empty()) made.title = hit->second->title;
        }
        sources.push_back(std::move(made));
    }
    return sources;
}

// What the pages have for the question.
struct findings {
    std::vector<passage> passages;
    std::vector<code_example> code;
    std::vector<endpoint> endpoints;
    findings() = default;
};

struct ranking {
    std::shared_ptr<const term_set> question;
    std::vector<crawled_page> pages;  // sources, in their order
    passage_limits limits;
    std::size_t most_code = 0;

    findings operator()(const std::atomic<bool>& stop) const {
        std::vector<const page_passages*> each;
        for (const auto& one : pages) each.push_back(&one.digest->passages);
        findings found;
        for (const auto& [page, place, score] : rank_passages(*question, each, limits, &stop))
            found.passages.push_back(to_passage(each[page]->all[place], *pages[page].content, score, number_of(page)));
        std::vector<const std::vector<candidate_code>*> code;
        std::vector<term_mask> in_title;
        for (const auto* one : each) {
            code.push_back(&one->code);
            in_title.push_back(one->in_title);
        }
        for (const auto& [page, place, score] : rank_code(*question, code, in_title, most_code))
            found.code.push_back(to_example((*code[page])[place], *pages[page].content, score, number_of(page)));
        find_endpoints(each, found.endpoints);
        return found;
    }

private:
    static int number_of(std::size_t page) noexcept { return static_cast<int>(page) + 1; }

    static void find_endpoints(const std::vector<const page_passages*>& pages, std::vector<endpoint>& into) {
        constexpr std::size_t most = 100;
        std::unordered_set<std::string> seen;
        const auto take = [&](std::size_t page, std::string_view text) {
            for (const auto& [method, target] : requests_in(text)) {
                if (into.size() >= most) return;
                endpoint made;
                made.source = number_of(page);
                made.method = method;
                made.target = target;
                if (seen.insert(made.method + ' ' + made.target).second) into.push_back(std::move(made));
            }
        };
        for (std::size_t page = 0; page < pages.size() && into.size() < most; ++page) {
            for (const auto& each : pages[page]->all) {
                take(page, each.piece.heading);
                take(page, each.piece.text);
            }
            for (const auto& each : pages[page]->code) take(page, each.text);
        }
    }
};

// Also what was found at the last moment is worth a look; a longer one is not worth the deadline.
awaitable<findings> rank(ranking work, deadline until) {
    const auto enough = deadline::after(std::max(last_call(until).left(), least_ranking));
    auto ranked       = offload<findings>(std::move(work));
    auto best         = co_await with_deadline(std::move(ranked), enough);
    if (!best) co_return findings{};
    co_return *std::move(best);
}

awaitable<result<answer_pack>> answer_question(client web, research_call call) {
    if (const auto checked = check(call.options); !checked) co_return checked.error();
    const auto began = std::chrono::steady_clock::now();
    const auto until = deadline::after(web.impl()->time_for(call.options.deadline));

    search_options wanted;
    wanted.together = call.options.together;
    wanted.count    = std::clamp(call.options.pages, usual_hits, most_hits);
    wanted.timeout  = std::clamp<std::chrono::milliseconds>(until.left(), std::chrono::milliseconds{1}, longest_search);
    search_call asked{call.question, wanted};
    auto found = co_await search_chain(search_context_of(web.impl()), std::move(asked), std::move(call.providers));
    if (!found) co_return found.error();
    answer_pack pack;
    pack.question = call.question;
    pack.attempts = std::move(found->attempts);

    const auto question = std::make_shared<const term_set>(call.question);
    crawl run{web.impl(), question, call.options, until};
    run.add_hits(found->hits);
    co_await run.run();
    co_await stop_if_cancelled();

    auto pages = run.take_pages();
    sort_sources(pages, run, call.options.depth);
    pack.sources = sources_of(pages, run, found->hits);
    passage_limits limits;
    limits.count  = static_cast<std::size_t>(call.options.passages);
    limits.tokens = static_cast<std::size_t>(call.options.max_tokens);
    ranking work{question, pages, limits, static_cast<std::size_t>(call.options.code)};
    auto at_hand   = co_await rank(std::move(work), until);
    pack.passages  = std::move(at_hand.passages);
    pack.code      = std::move(at_hand.code);
    pack.endpoints = std::move(at_hand.endpoints);
    if (!pack.passages.empty()) {
        const auto& best  = pack.passages.front();
        const auto& cut   = pages[static_cast<std::size_t>(best.source) - 1].digest->passages;
        const auto having = question->in(best.text) | question->in(best.heading) | cut.in_title;
        pack.confidence   = run.share_of(having);
    }
    pack.ending = run.ending();
    pack.ledger = run.take_ledger();
    pack.stats  = run.stats();
    pack.stats.elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    co_return pack;
}

}  // namespace
}  // namespace detail

awaitable<result<answer_pack>> research(const client& web, std::string_view question, research_options options) {
    return detail::on_strand(web.impl(), detail::answer_question(web, detail::research_call{question, options}));
}

}  // namespace forage
