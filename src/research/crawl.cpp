#include "research/crawl.hpp"

#include "core/worker_pool.hpp"
#include "research/url_fate.hpp"
#include "url/canonical.hpp"

#include <algorithm>
#include <exception>
#include <numeric>
#include <tuple>
#include <utility>

namespace forage::detail {
namespace {

constexpr int most_lanes = 256;
constexpr double matches = 0.5;  // share of the question from which on a passage is news

// One less, however the scope is left.
struct counted {
    int& count;
    explicit counted(int& c) : count{c} {}
    counted(const counted&)            = delete;
    counted& operator=(const counted&) = delete;
    ~counted() { --count; }
};

// The beginning of an article for subscribers is content; what stands in the place of a page is none.
std::optional<error> why_no_content(const page& of) {
    if (of.obstacle == page_obstacle::none || of.obstacle == page_obstacle::paywall) return std::nullopt;
    const std::string what{to_string(of.obstacle)};
    return error{errc::no_content, "in the place of the page stands something else: " + what}.at(phase::read);
}

}  // namespace

crawl::crawl(
    std::shared_ptr<client_impl> web,
    std::shared_ptr<const term_set> question,
    const research_options& options,
    deadline until
)
    : question_{std::move(question)}, options_{options}, until_{until},
      lanes_{std::move(web), *this, page_options{.timeout = options.page_timeout}, until}, weights_{*question_},
      link_weights_{*question_} {}

void crawl::add_hits(const std::vector<search_hit>& hits) {
    for (const auto& hit : hits) link_weights_.see(question_->in(hit.title) | question_->in(hit.snippet));
    for (const auto& hit : hits) {
        auto target = url::parse(hit.url);
        if (!target) continue;
        ledger_entry entry;
        entry.url      = hit.url;
        entry.hit_rank = hit.rank;
        entry.score    = score_of_hit(hit, *question_, link_weights_);
        auto key       = canonical_form(*target);
        consider(target->without_fragment(), std::move(key), std::move(entry));
    }
}

awaitable<void> crawl::run() {
    const auto ending = co_await lanes_.run(std::clamp(options_.concurrency, 1, most_lanes));
    if (ending != run_ending::finished) ending_ = research_ending::deadline;
    for (page_id id = 0; id < candidates_.size(); ++id) {
        auto& each = candidates_[id];
        if (each.at == stage::digesting) {
            settle(
                id, url_fate::timed_out, error{errc::timed_out, "its text was not looked at in time"}.at(phase::read)
            );
        } else if (each.at == stage::begun) {
            lose(id, as_ended(ending, lanes_.why_unfinished(id, ending)));
        } else if (each.at == stage::waiting && each.entry.why) {  // it was to be tried again
            lose(id, *std::move(each.entry.why));
        }
    }
    stats_.elapsed = elapsed();
}

std::vector<ledger_entry> crawl::take_ledger() {
    std::vector<page_id> order(candidates_.size());
    std::iota(order.begin(), order.end(), page_id{0});
    const auto place = [&](page_id id) {
        const auto& entry = candidates_[id].entry;
        return std::tuple{entry.fate == url_fate::waiting, -entry.score, id};
    };
    std::sort(order.begin(), order.end(), [&](page_id left, page_id right) { return place(left) < place(right); });
    std::vector<ledger_entry> all;
    all.reserve(order.size());
    for (const auto id : order) all.push_back(std::move(candidates_[id].entry));
    return all;
}

void crawl::lose(page_id id, error why) {
    const auto fate = fate_of(why);
    settle(id, fate, std::move(why));
}

// Redirects may lead where another candidate has been already, or would go.
std::optional<page_id> crawl::same_page(page_id id, const page& came) {
    const auto target = url::parse(address_of(came));
    if (!target) return std::nullopt;
    const auto [known, fresh] = by_key_.emplace(canonical_form(*target), id);
    if (fresh || known->second == id) return std::nullopt;
    const auto other = known->second;
    const auto& that = candidates_[other];
    if (that.at == stage::digesting || (that.at == stage::settled && that.entry.fate == url_fate::read)) return other;
    known->second = id;
    if (that.at == stage::waiting) {
        lanes_.drop(other);
        candidates_[other].entry.duplicate_of = candidates_[id].entry.url;
        settle(other, url_fate::duplicate);
    }
    return std::nullopt;
}

std::optional<awaitable<void>> crawl::take(page_id id, result<page> outcome, page_cost cost) {
    auto& each = candidates_[id];
    if (each.at == stage::begun) --under_way_;
    stats_.requests += cost.requests;
    stats_.bytes += cost.bytes;
    if (!outcome) {
        auto why = std::move(outcome).error();
        if (until_.has_passed()) why = as_ended(run_ending::deadline, std::move(why));
        if (!tries_again(id, why)) lose(id, std::move(why));
        return std::nullopt;
    }
    outcome->url = each.entry.url;
    if (auto why = why_no_content(*outcome)) {
        settle(id, url_fate::obstacle, std::move(why));
    } else if (outcome->text.empty()) {
        settle(id, url_fate::empty, error{errc::no_content, "the page has no text"}.at(phase::read));
    } else if (const auto other = same_page(id, *outcome)) {
        candidates_[id].entry.duplicate_of = candidates_[*other].entry.url;
        settle(id, url_fate::duplicate);
    } else {
        candidates_[id].at = stage::digesting;
        ++digested_;
        return digest(id, std::make_shared<page>(*std::move(outcome)));
    }
    return std::nullopt;
}

void crawl::settle(page_id id, url_fate fate, std::optional<error> why) {
    auto& each = candidates_[id];
    if (each.at == stage::waiting) waiting_.erase(waiting_.find(each.entry.score));
    each.at         = stage::settled;
    each.entry.fate = fate;
    each.entry.why  = std::move(why);
    stats_.elapsed  = elapsed();
    if (options_.on_progress) options_.on_progress(each.entry, stats_);
}

std::chrono::milliseconds crawl::elapsed() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(deadline::clock::now() - began_);
}

awaitable<void> crawl::digest(page_id id, std::shared_ptr<page> content) {
    const counted done{digested_};
    const bool with_links = candidates_[id].entry.depth < options_.depth;
    auto work             = [content, question = question_, with_links](const std::atomic<bool>& stop) {
        return std::make_shared<page_digest>(digest_page(*content, *question, with_links, stop));
    };
    try {
        auto found = co_await offload<std::shared_ptr<page_digest>>(std::move(work));
        learn(id, std::move(content), std::move(found));
    } catch (...) {
        // What the caller's cancellation or the deadline ends is accounted for in the end.
        auto why = error_from_exception(std::current_exception());
        if (why.code != errc::cancelled) lose(id, std::move(why));
    }
}

void crawl::learn(page_id id, std::shared_ptr<page> content, std::shared_ptr<page_digest> found) {
    for (const auto& each : pages_) {
        if (!are_alike(each.digest->print, found->print)) continue;
        candidates_[id].entry.duplicate_of = candidates_[each.entry].entry.url;
        return settle(id, url_fate::duplicate);
    }
    double best = 0;
    for (const auto& each : found->kinds) weights_.see(each.in_text, each.count);
    for (const auto& each : found->kinds) best = std::max(best, weights_.share(each.with_heading));
    without_news_      = best >= matches ? 0 : without_news_ + 1;
    const auto address = url::parse(address_of(*content));
    pages_.push_back({std::move(content), found, id, best, std::chrono::system_clock::now()});
    stats_.pages_read = static_cast<int>(pages_.size());
    settle(id, url_fate::read);
    follow(id, address ? address->host() : candidates_[id].host, *found, best);
    found->links = {};
}

}  // namespace forage::detail
