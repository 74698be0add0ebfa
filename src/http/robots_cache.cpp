#include "http/robots_cache.hpp"

#include "core/with_deadline.hpp"
#include "core/worker_pool.hpp"
#include "http/client_impl.hpp"
#include "http/exchange.hpp"
#include "http/robots_lines.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace forage::detail {
namespace {

using clock_type = std::chrono::steady_clock;

constexpr std::size_t most_sites          = 2'000;
constexpr std::size_t most_bytes          = 16 * 1024 * 1024;  // some kilobytes a site; a hostile one takes 1.5 MB
constexpr auto fetch_time                 = std::chrono::seconds{5};
constexpr std::size_t judge_inline_octets = 50'000;
constexpr std::size_t parse_inline_bytes  = 16 * 1024;

http_request robots_request(const url& target, deadline until) {
    http_request request;
    request.target         = *url::parse("/robots.txt", &target);
    request.max_redirects  = min_robots_redirects;
    request.max_body_bytes = max_robots_bytes + 1;  // so that the reader sees that its last line is cut
    request.truncate       = true;
    request.until          = earlier(until, deadline::after(fetch_time));
    request.fields.push_back({"Accept", "text/plain,*/*;q=0.1"});
    return request;
}

// What a failure says of the site's robots.txt.
enum class news : std::uint8_t {
    none,        // the trouble is ours or the caller's: others may fare better, and the next may at once
    no_answer,   // the pages of the site fail with it as well
    bad_answer,  // one that came and cannot be used
};

news news_in(const error& e, const http_request& page) {
    if (e.where == phase::queue || (e.is_timeout() && (e.where == phase::decode || page.until.has_passed()))) {
        return news::none;
    }
    switch (e.code) {
    case errc::name_not_found:
    case errc::resolve_failed:
    case errc::connect_failed:
    case errc::proxy_failed:
    case errc::tls_failed:
    case errc::timed_out:
    case errc::protocol: return news::no_answer;
    case errc::too_large:
    case errc::bad_coding:
    case errc::bad_redirect: return news::bad_answer;
    // Where the site's own redirect leads is its doing.
    case errc::blocked_address: return e.host == page.target.host() ? news::none : news::bad_answer;
    default: return news::none;
    }
}

error of_the_file(error e) {
    e.what.insert(0, "robots.txt: ");
    return e;
}

error unread(const url& target) {
    return of_the_file(error{errc::timed_out, "it was not read in time", "allow more time"})
        .at(phase::read)
        .on(target.host());
}

using shared_verdict = std::shared_ptr<const robots_verdict>;

// What takes longer than the hop to a worker goes there: only hostile files do. Nothing: it was not done in time.
awaitable<std::optional<bool>> judged(shared_verdict verdict, url target, deadline until) {
    if (verdict->effort(target) <= judge_inline_octets) co_return verdict->allows(target);
    auto judge = [verdict, target = std::move(target)](const std::atomic<bool>&) { return verdict->allows(target); };
    co_return co_await with_deadline(offload<bool>(std::move(judge)), until);
}

awaitable<std::optional<shared_verdict>> read_answer(http_response answer, std::string token, deadline until) {
    const bool is_small = answer.body.size() <= parse_inline_bytes;
    auto read = [answer = std::move(answer), token = std::move(token)](const std::atomic<bool>&) -> shared_verdict {
        return std::make_shared<const robots_verdict>(robots_verdict::from_answer(answer.status, answer.body, token));
    };
    if (is_small) {
        static const std::atomic<bool> never{false};
        co_return read(never);
    }
    co_return co_await with_deadline(offload<shared_verdict>(std::move(read)), until);
}

error denied(const robots_verdict& verdict, const url& target) {
    error e{errc::robots_denied, "robots.txt does not allow it", "leave it out, or turn off respect_robots if you may"};
    if (verdict.what() == robots_verdict::kind::disallow_all)
        e.what = "the server fails to give its robots.txt, which means no to all its pages";
    e.where = phase::robots;
    e.host  = target.host();
    return e;
}

}  // namespace

const robots_cache::entry* robots_cache::fresh(const std::string& origin, time_point now) const {
    const auto found = sites_.find(origin);
    return found != sites_.end() && found->second.expires > now ? &found->second : nullptr;
}

void robots_cache::reserve(const client_impl& web, const url& target, host_manners::permit& permit) const {
    if (web.options.respect_robots && fresh(target.origin(), clock_type::now()) == nullptr) permit.hold_others();
}

// While a site fails, what it said before still holds.
const robots_cache::entry& robots_cache::keep(const std::string& origin, entry fetched) {
    make_room(clock_type::now());
    auto& place        = sites_[origin];
    const bool is_news = fetched.verdict->what() != robots_verdict::kind::disallow_all;
    const bool knows   = place.verdict && place.verdict->what() != robots_verdict::kind::disallow_all;
    if (!is_news && knows) {
        place.expires = fetched.expires;
        return place;
    }
    if (place.verdict) bytes_ -= place.verdict->bytes();
    bytes_ += fetched.verdict->bytes();
    place = std::move(fetched);
    return place;
}

void robots_cache::forget(std::unordered_map<std::string, entry>::iterator site) {
    bytes_ -= site->second.verdict->bytes();
    sites_.erase(site);
}

void robots_cache::make_room(time_point now) {
    const auto is_full = [this] { return sites_.size() >= most_sites || bytes_ >= most_bytes; };
    if (!is_full()) return;
    for (auto next = sites_.begin(); next != sites_.end();) {
        const auto current = next++;
        if (current->second.expires <= now) forget(current);
    }
    while (is_full()) {
        forget(std::min_element(sites_.begin(), sites_.end(), [](const auto& a, const auto& b) {
            return a.second.expires < b.second.expires;
        }));
    }
}

awaitable<result<void>> robots_cache::check(
    client_impl& web, const http_request& page, host_manners::permit& permit  // NOLINT: awaited in place
) {
    const auto& target = page.target;
    const auto origin  = target.origin();
    const auto* known  = fresh(origin, clock_type::now());
    if (known == nullptr) {
        web.count.robots.fetch_add(1, std::memory_order_relaxed);
        auto answer = co_await fetch_decoded(web.shared_from_this(), robots_request(target, page.until));
        entry fetched;
        if (answer) {
            std::string token{product_token(web.options.user_agent)};
            auto verdict = co_await read_answer(*std::move(answer), std::move(token), last_call(page.until));
            if (!verdict) co_return unread(target);
            fetched.verdict = *std::move(verdict);
        } else {
            const auto said = news_in(answer.error(), page);
            if (said == news::none) co_return of_the_file(std::move(answer).error());
            if (is_the_hosts_fault(answer.error(), page.of_caller)) permit.failed(answer.error());
            fetched.verdict = std::make_shared<const robots_verdict>(robots_verdict::from_failure(answer.error().code));
            if (said == news::no_answer) fetched.failed = answer.error();
        }
        fetched.expires = clock_type::now() + fetched.verdict->lifetime();
        known           = &keep(origin, std::move(fetched));
    }
    permit.let_others();
    // Waking others does not run them: `known` stays where it is until the next await.
    if (known->failed) co_return of_the_file(*known->failed);
    const auto verdict = known->verdict;
    permit.set_crawl_delay(verdict->crawl_delay().value_or(std::chrono::milliseconds{0}));
    const auto allowed = co_await judged(verdict, target, last_call(page.until));
    if (!allowed) co_return unread(target);
    if (!*allowed) co_return denied(*verdict, target);
    co_return result<void>::success();
}

}  // namespace forage::detail
