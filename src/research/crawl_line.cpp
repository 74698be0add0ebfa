// Who is next: what waits, in which order, and what may begin.
#include "research/crawl.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace forage::detail {
namespace {

constexpr std::size_t most_candidates = 5'000;
constexpr std::size_t links_per_page  = 60;   // that are considered, the best ones
constexpr double promising            = 0.9;  // score from which on a URL is more than a guess
constexpr int patience                = 8;    // pages without news, for an adaptive research

// Pages are taken in ascending order.
std::uint32_t order_of(double score) noexcept {
    constexpr double highest = 4.0;
    return static_cast<std::uint32_t>(std::clamp(highest - score, 0.001, 4.2) * 1e9);
}

}  // namespace

bool crawl::wants_more() {
    const auto so_far = static_cast<int>(pages_.size()) + under_way_ + digested_;
    if (options_.adaptive && without_news_ >= patience) {
        ending_ = research_ending::enough;
        return false;
    }
    if (options_.max_requests > 0 && stats_.requests + under_way_ >= options_.max_requests) {
        ending_ = research_ending::requests;
        return false;
    }
    if (options_.max_bytes > 0 && stats_.bytes >= options_.max_bytes) {
        ending_ = research_ending::bytes;
        return false;
    }
    ending_ = so_far >= options_.pages ? research_ending::enough : research_ending::no_more;
    return so_far < options_.pages;
}

// What promises little waits for what those under way may find, and a while for what promises more and is at a host
// that must wait: with few pages to read, each counts.
bool crawl::may_begin(page_id id) {
    constexpr int pages_per_guess = 25;
    constexpr double much_better  = 0.2;
    constexpr auto longest_wait   = std::chrono::seconds{3};
    const auto score              = candidates_[id].entry.score;
    if (score >= promising) return true;
    const auto guesses = std::clamp(options_.pages / pages_per_guess, 1, std::max(options_.concurrency, 1));
    if (under_way_ + digested_ >= guesses) return false;
    const bool is_beaten = !waiting_.empty() && *waiting_.rbegin() > score + much_better;
    return !is_beaten || deadline::clock::now() - last_begun_ > longest_wait;
}

void crawl::begins(page_id id) {
    auto& each = candidates_[id];
    ++under_way_;
    ++each.tries;
    each.at     = stage::begun;
    last_begun_ = deadline::clock::now();
    waiting_.erase(waiting_.find(each.entry.score));
    if (each.tries == 1) ++begun_at_[each.host];
    if (is_closed(each.host)) close_host(each.host);
}

bool crawl::is_closed(const std::string& host) const {
    const auto found = begun_at_.find(host);
    return options_.host_pages > 0 && found != begun_at_.end() && found->second >= options_.host_pages;
}

// What waits at the host is not asked for any more; those that are to be tried again have been counted.
void crawl::close_host(const std::string& host) {
    for (page_id id = 0; id < candidates_.size(); ++id) {
        const auto& each = candidates_[id];
        if (each.at != stage::waiting || each.tries > 0 || each.host != host) continue;
        lanes_.drop(id);
        settle(id, url_fate::host_limit);
    }
}

// What failed may come later, when the page's own time for retries is over: once. Where no links are followed other
// hits stand in for it.
bool crawl::tries_again(page_id id, const error& why) {
    auto& each = candidates_[id];
    if (each.at != stage::begun || !why.is_transient() || each.tries > 1 || options_.depth == 0 || until_.has_passed())
        return false;
    auto target = url::parse(each.entry.url);
    if (!target) return false;
    each.at        = stage::waiting;
    each.entry.why = why;
    waiting_.insert(each.entry.score);
    lanes_.add(id, order_of(each.entry.score), target->without_fragment());
    return true;
}

void crawl::consider(url target, std::string key, ledger_entry entry) {
    if (const auto known = by_key_.find(key); known != by_key_.end()) {
        auto& other       = candidates_[known->second];
        other.entry.depth = std::min(other.entry.depth, entry.depth);
        if (other.at != stage::waiting || other.entry.score >= entry.score) return;
        waiting_.erase(waiting_.find(other.entry.score));
        waiting_.insert(entry.score);
        other.entry.score    = entry.score;
        other.entry.found_on = std::move(entry.found_on);
        lanes_.reorder(known->second, order_of(entry.score));
        return;
    }
    ++stats_.urls_considered;
    if (candidates_.size() >= most_candidates) return;
    const auto id    = static_cast<page_id>(candidates_.size());
    const auto order = order_of(entry.score);
    by_key_.emplace(std::move(key), id);
    waiting_.insert(entry.score);
    candidates_.push_back({std::move(entry), target.host(), stage::waiting, 0});
    if (is_closed(target.host())) return settle(id, url_fate::host_limit);
    lanes_.add(id, order, std::move(target));
}

void crawl::follow(page_id id, const std::string& host, const page_digest& found, double relevance) {
    const auto depth = candidates_[id].entry.depth;
    for (const auto& link : found.links) link_weights_.see(link.in_text);
    std::vector<std::pair<double, const promising_link*>> best_first;
    std::array<bool, 8> has_list{};  // roles of which this page has given one
    for (const auto& link : found.links) {
        const link_origin from{relevance, depth, link.target.host() == host};
        auto score = score_of_link(link, from, link_weights_);
        // Of lists of what is where, one of a kind and host is enough.
        const bool is_list = link.role != page_role::content && link.role != page_role::aside;
        auto& has_one      = has_list.at(static_cast<std::size_t>(link.role));
        if (!is_list || (!has_one && !listed_.contains({link.target.host(), link.role})))
            score += score_of_role(link.role, question_->has_identifier());
        has_one = has_one || is_list;
        best_first.emplace_back(score, &link);
    }
    std::sort(best_first.begin(), best_first.end(), [](const auto& left, const auto& right) {
        return left.first != right.first ? left.first > right.first : left.second < right.second;
    });
    if (best_first.size() > links_per_page) best_first.resize(links_per_page);
    for (const auto& [score, link] : best_first) {
        if (link->role != page_role::content) listed_.emplace(link->target.host(), link->role);
        ledger_entry entry;
        entry.url      = link->target.text();
        entry.depth    = depth + 1;
        entry.score    = score;
        entry.found_on = candidates_[id].entry.url;
        consider(link->target, link->key, std::move(entry));
    }
}

}  // namespace forage::detail
