#include "research/crawl.hpp"

#include "core/worker_pool.hpp"
#include "research/url_fate.hpp"
#include "url/canonical.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace forage::detail {
namespace {

constexpr std::size_t most_candidates = 5'000;
constexpr int links_per_page          = 60;   // that are considered, the best ones
constexpr double index_weight         = 0.3;  // of the passages of a list of what is where
constexpr double matches              = 0.5;  // share of the question from which on a passage is news
constexpr double promising            = 0.9;  // score from which on a URL is more than a guess
constexpr int patience                = 8;    // pages without news, for an adaptive research

// Pages are taken in ascending order.
std::uint32_t order_of(double score) noexcept {
    constexpr double highest = 4.0;
    return static_cast<std::uint32_t>(std::clamp(highest - score, 0.001, 4.2) * 1e9);
}

// One less, however the scope is left.
struct counted {
    int& count;
    explicit counted(int& c) : count{c} {}
    counted(const counted&)            = delete;
    counted& operator=(const counted&) = delete;
    ~counted() { --count; }
};

std::string address_of(const page& of) { return of.final_url.empty() ? of.url : of.final_url; }

page_digest digest_page(const page& of, const term_set& question, bool with_links) {
    page_digest found;
    if (const auto target = url::parse(address_of(of))) found.role = role_of(*target, of.title);
    found.passages = cut_into_passages(of, question);
    if (found.role == page_role::contents || found.role == page_role::index) found.passages.weight = index_weight;
    if (with_links) found.links = links_of(of, question);
    found.print = print_of(of.main_text.empty() ? of.text : of.main_text);
    return found;
}

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
    crawl_limits limits,
    const page_options& how,
    deadline until,
    progress told
)
    : question_{std::move(question)}, limits_{limits}, told_{told}, lanes_{std::move(web), *this, how, until},
      weights_{*question_}, link_weights_{*question_} {}

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
    const auto most   = std::min({static_cast<std::size_t>(std::max(limits_.concurrency, 1)), std::size_t{256}});
    const auto ending = co_await lanes_.run(static_cast<int>(most));
    if (ending != run_ending::finished) ending_ = research_ending::deadline;
    for (page_id id = 0; id < candidates_.size(); ++id) {
        if (candidates_[id].at != stage::begun) continue;
        auto why = lanes_.why_unfinished(id, ending);
        if (why.code == errc::not_run)
            why = error{errc::timed_out, "its text was not looked at in time"}.at(phase::read);
        const auto fate = fate_of(why);
        settle(id, fate, std::move(why));
    }
    stats_.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began_);
}

std::vector<ledger_entry> crawl::take_ledger() {
    std::vector<ledger_entry> all;
    all.reserve(candidates_.size());
    for (auto& each : candidates_) all.push_back(std::move(each.entry));
    std::sort(all.begin(), all.end(), [](const ledger_entry& left, const ledger_entry& right) {
        const auto place = [](const ledger_entry& each) {
            return std::tuple{each.fate == url_fate::waiting, -each.score, std::string_view{each.url}};
        };
        return place(left) < place(right);
    });
    return all;
}

bool crawl::wants_more() {
    const auto so_far = static_cast<int>(pages_.size()) + under_way_ + digested_;
    if (limits_.adaptive && without_news_ >= patience) {
        ending_ = research_ending::enough;
        return false;
    }
    if (limits_.max_requests > 0 && stats_.requests + under_way_ >= limits_.max_requests) {
        ending_ = research_ending::requests;
        return false;
    }
    if (limits_.max_bytes > 0 && stats_.bytes >= limits_.max_bytes) {
        ending_ = research_ending::bytes;
        return false;
    }
    ending_ = so_far >= limits_.pages ? research_ending::enough : research_ending::no_more;
    return so_far < limits_.pages;
}

// What promises little waits for what those under way may find, and a while for what promises more and is at a host
// that must wait: with few pages to read, each counts.
bool crawl::may_begin(page_id id) {
    constexpr int pages_per_guess = 25;
    constexpr double much_better  = 0.2;
    constexpr auto longest_wait   = std::chrono::seconds{3};
    const auto score              = candidates_[id].entry.score;
    if (score >= promising) return true;
    const auto guesses = std::clamp(limits_.pages / pages_per_guess, 1, std::max(limits_.concurrency, 1));
    if (under_way_ + digested_ >= guesses) return false;
    const bool is_beaten = !waiting_.empty() && *waiting_.rbegin() > score + much_better;
    return !is_beaten || std::chrono::steady_clock::now() - last_begun_ > longest_wait;
}

// What failed may come later, when the page's own time for retries is over: once.
bool crawl::tries_again(page_id id, const error& why) {
    auto& each = candidates_[id];
    if (each.at != stage::begun || !why.is_transient() || each.tries > 1 || limits_.depth == 0) return false;
    auto target = url::parse(each.entry.url);
    if (!target) return false;
    --begun_at_[each.host];
    each.at = stage::waiting;
    waiting_.insert(each.entry.score);
    lanes_.add(id, order_of(each.entry.score), target->without_fragment());
    return true;
}

std::optional<error> crawl::refuses(page_id id) {
    auto& each = candidates_[id];
    auto& here = begun_at_[each.host];
    if (limits_.host_pages > 0 && here >= limits_.host_pages) {
        each.entry.fate = url_fate::host_limit;
        return error{errc::not_run, "enough was read of its host", "raise research_options::host_pages"};
    }
    ++here;
    ++under_way_;
    ++each.tries;
    each.at     = stage::begun;
    last_begun_ = std::chrono::steady_clock::now();
    waiting_.erase(waiting_.find(each.entry.score));
    return std::nullopt;
}

std::optional<awaitable<void>> crawl::take(page_id id, result<page> outcome) {
    auto& each = candidates_[id];
    if (each.at == stage::begun) --under_way_;
    if (!outcome) {
        ++stats_.requests;
        if (tries_again(id, outcome.error())) return std::nullopt;
        const auto fate = each.entry.fate == url_fate::host_limit ? each.entry.fate : fate_of(outcome.error());
        settle(id, fate, std::move(outcome).error());
        return std::nullopt;
    }
    outcome->url = each.entry.url;
    stats_.requests += outcome->timing.attempts + outcome->timing.redirects;
    stats_.bytes += outcome->timing.bytes_wire;
    if (auto why = why_no_content(*outcome)) {
        settle(id, url_fate::obstacle, std::move(why));
        return std::nullopt;
    }
    if (outcome->text.empty()) {
        settle(id, url_fate::empty, error{errc::no_content, "the page has no text"}.at(phase::read));
        return std::nullopt;
    }
    // Redirects may lead where another candidate has been already, or will.
    if (const auto target = url::parse(address_of(*outcome))) {
        const auto [known, fresh] = by_key_.emplace(canonical_form(*target), id);
        if (!fresh && known->second != id && candidates_[known->second].at != stage::waiting) {
            each.entry.duplicate_of = candidates_[known->second].entry.url;
            settle(id, url_fate::duplicate);
            return std::nullopt;
        }
        known->second = id;
    }
    ++digested_;
    return digest(id, std::make_shared<page>(*std::move(outcome)));
}

void crawl::consider(url target, std::string key, ledger_entry entry) {
    const auto [known, fresh] = by_key_.emplace(std::move(key), static_cast<page_id>(candidates_.size()));
    if (!fresh) {
        auto& other = candidates_[known->second];
        if (other.at != stage::waiting || other.entry.score >= entry.score) return;
        waiting_.erase(waiting_.find(other.entry.score));
        waiting_.insert(entry.score);
        other.entry.score = entry.score;
        other.entry.depth = std::min(other.entry.depth, entry.depth);
        lanes_.reorder(known->second, order_of(entry.score));
        return;
    }
    ++stats_.urls_considered;
    if (candidates_.size() >= most_candidates) {
        by_key_.erase(known);
        return;
    }
    const auto id    = static_cast<page_id>(candidates_.size());
    const auto order = order_of(entry.score);
    waiting_.insert(entry.score);
    candidates_.push_back({std::move(entry), target.host(), stage::waiting, 0});
    lanes_.add(id, order, std::move(target));
}

void crawl::settle(page_id id, url_fate fate, std::optional<error> why) {
    auto& each = candidates_[id];
    if (each.at == stage::waiting) waiting_.erase(waiting_.find(each.entry.score));
    each.at         = stage::settled;
    each.entry.fate = fate;
    each.entry.why  = std::move(why);
    if (told_) told_(each.entry, stats_);
}

awaitable<void> crawl::digest(page_id id, std::shared_ptr<page> content) {
    const counted done{digested_};
    const bool with_links = candidates_[id].entry.depth < limits_.depth;
    auto work             = [content, question = question_, with_links](const std::atomic<bool>&) {
        return std::make_shared<const page_digest>(digest_page(*content, *question, with_links));
    };
    auto found = co_await offload<std::shared_ptr<const page_digest>>(std::move(work));
    learn(id, std::move(content), std::move(found));
}

void crawl::learn(page_id id, std::shared_ptr<page> content, std::shared_ptr<const page_digest> found) {
    for (const auto& each : pages_) {
        if (!are_alike(each.digest->print, found->print)) continue;
        candidates_[id].entry.duplicate_of = candidates_[each.entry].entry.url;
        return settle(id, url_fate::duplicate);
    }
    double best = 0;
    for (const auto& each : found->passages.all) weights_.see(each.terms);
    for (const auto& each : found->passages.all)
        best = std::max(best, weights_.share(each.terms | each.in_heading | found->passages.in_title));
    without_news_ = best >= matches ? 0 : without_news_ + 1;
    // What links and fields are of no more use takes most of a page's memory.
    content->links             = {};
    content->text              = {};
    content->metadata.headings = {};
    pages_.push_back({content, found, id, best, std::chrono::system_clock::now()});
    stats_.pages_read = static_cast<int>(pages_.size());
    settle(id, url_fate::read);
    follow(id, *found, best);
}

void crawl::follow(page_id id, const page_digest& found, double relevance) {
    const auto depth = candidates_[id].entry.depth;
    const auto host  = candidates_[id].host;
    for (const auto& link : found.links) link_weights_.see(link.in_text);
    std::vector<std::pair<double, const promising_link*>> best_first;
    for (const auto& link : found.links) {
        const link_origin from{relevance, depth, link.target.host() == host};
        auto score = score_of_link(link, from, link_weights_);
        // Of lists of what is where, one of a kind is enough.
        const bool is_list = link.role != page_role::content && link.role != page_role::aside;
        if (!is_list || listed_.emplace(link.target.host(), link.role).second)
            score += score_of_role(link.role, question_->has_identifier());
        best_first.emplace_back(score, &link);
    }
    std::sort(best_first.begin(), best_first.end(), [](const auto& left, const auto& right) {
        return left.first != right.first ? left.first > right.first : left.second < right.second;
    });
    int considered = 0;
    for (const auto& [score, link] : best_first) {
        if (++considered > links_per_page) {
            ++stats_.urls_considered;
            continue;
        }
        ledger_entry entry;
        entry.url      = link->target.text();
        entry.depth    = depth + 1;
        entry.score    = score;
        entry.found_on = candidates_[id].entry.url;
        consider(link->target, link->key, std::move(entry));
    }
}

}  // namespace forage::detail
