// bench_manners: what hosts that are silent or slow cost the others. (a) 300 silent hosts among 300 good ones, 64 pages
// at once, 1 s for a first byte: wall time against what the limits force. (b) 20 hosts with 25 pages of 50 ms each, 32
// at once: the time until the last of them is read, with a host of 25 pages before them that allows one request in
// 2 s, against without it. The server runs in a thread of its own.
#include <forage/forage.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <exception>
#include <map>
#include <miniweb/server.hpp>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {
namespace net = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using seconds = std::chrono::duration<double>;

constexpr milliseconds slow_interval{2'000};
constexpr milliseconds latency{50};

// The host's name says how it behaves: silent…, busy… (429 to who asks too early), crawl… (robots.txt), or good.
class many_sites {
public:
    many_sites() : thread_{[this] { io_.run(); }} {}
    ~many_sites() {
        server_.stop();
        thread_.join();
    }
    many_sites(const many_sites&)            = delete;
    many_sites& operator=(const many_sites&) = delete;

    [[nodiscard]] std::string url(const std::string& host, int page) const {
        return "http://" + host + ":" + std::to_string(server_.port()) + "/" + std::to_string(page);
    }

private:
    miniweb::response answer(const miniweb::request& asked) {
        if (asked.target == "/robots.txt") {
            return {200, "text/plain", asked.host.starts_with("crawl") ? "User-agent: *\nCrawl-delay: 2\n" : ""};
        }
        miniweb::response page{200, "text/html", "<title>" + asked.host + "</title><p>Worth the wait."};
        if (asked.host.starts_with("silent")) page.delay = std::chrono::hours{1};
        if (!asked.host.starts_with("quick") && !asked.host.starts_with("silent")) page.delay = latency;
        if (asked.host.starts_with("busy")) {
            auto& next     = may_ask_[asked.host];
            const auto now = steady_clock::now();
            if (now < next) {
                page = {429, "text/plain", "later"};
                page.fields.add("Retry-After", "2");
                return page;
            }
            next = now + slow_interval;
        }
        return page;
    }

    net::io_context io_{1};
    std::map<std::string, steady_clock::time_point> may_ask_;
    miniweb::server server_{io_, miniweb::server::plain_handler{[this](const miniweb::request& r) {
                                return answer(r);
                            }}};
    std::thread thread_;
};

struct outcome {
    double wall_s    = 0;  // until the last of those that were waited for
    std::size_t read = 0, timed_out = 0;
};

// Scrapes `urls` and stops when all from index `from` on are done.
outcome scrape(const std::vector<std::string>& urls, std::size_t from, int concurrency, bool robots) {
    net::io_context io{1};
    forage::client_options settings;
    settings.proxy_environment  = false;
    settings.allow_private      = true;
    settings.respect_robots     = robots;
    settings.first_byte_timeout = milliseconds{1'000};
    for (const auto& url : urls) {
        settings.hosts.emplace_back(forage::url::parse(url).value().host(), "127.0.0.1");
    }
    std::sort(settings.hosts.begin(), settings.hosts.end());
    settings.hosts.erase(std::unique(settings.hosts.begin(), settings.hosts.end()), settings.hosts.end());
    const forage::client web{io.get_executor(), settings};

    outcome seen;
    net::cancellation_signal enough;
    auto left        = urls.size() - from;
    const auto began = steady_clock::now();
    auto note        = [&](std::size_t index, const forage::result<forage::page>& page) {
        if (index < from) return;
        if (page)
            ++seen.read;
        else if (page.error().is_timeout())
            ++seen.timed_out;
        if (--left > 0) return;
        seen.wall_s = seconds{steady_clock::now() - began}.count();
        enough.emit(net::cancellation_type::terminal);
    };
    forage::scrape_options options;
    options.concurrency  = concurrency;
    options.page.timeout = std::chrono::seconds{60};
    options.on_result    = note;
    auto done            = [](std::exception_ptr, const forage::scrape_batch&) {};
    net::co_spawn(io, forage::scrape_pages(web, urls, options), net::bind_cancellation_slot(enough.slot(), done));
    io.run();
    return seen;
}

bool silent_hosts(const many_sites& sites, bool robots) {
    constexpr int hosts = 300;
    constexpr int lanes = 64;
    std::vector<std::string> urls;
    for (int i = 0; i < hosts; ++i) {
        urls.push_back(sites.url("silent" + std::to_string(i) + ".test", 0));
        urls.push_back(sites.url("quick" + std::to_string(i) + ".test", 0));
    }
    std::shuffle(urls.begin(), urls.end(), std::mt19937_64{1});
    const auto seen           = scrape(urls, 0, lanes, robots);
    constexpr double forced_s = static_cast<double>(hosts) / lanes;
    std::printf(
        "300 silent hosts among 300 good ones, robots %s: %zu read, %zu timed out, %.2f s; 300 x 1 s / 64 = %.2f s; "
        "ratio %.3f (whole rounds of 64 alone are %.3f)\n",
        robots ? "on" : "off",
        seen.read,
        seen.timed_out,
        seen.wall_s,
        forced_s,
        seen.wall_s / forced_s,
        5 / forced_s
    );
    return seen.read == hosts && seen.timed_out == hosts && seen.wall_s <= 1.15 * forced_s;
}

bool slow_host(const many_sites& sites, const std::string& kind, bool robots) {
    std::vector<std::string> others;
    for (int page = 0; page < 25; ++page) {
        for (int host = 0; host < 20; ++host)
            others.push_back(sites.url("good" + std::to_string(host) + ".test", page));
    }
    std::array<std::vector<double>, 2> times;
    bool all_read = true;
    for (int run = 0; run < 3; ++run) {
        for (const bool with : {false, true}) {
            std::vector<std::string> urls;
            const auto name = kind + std::to_string(run) + ".test";
            for (int page = 0; with && page < 25; ++page) urls.push_back(sites.url(name, page));
            const auto from = urls.size();
            urls.insert(urls.end(), others.begin(), others.end());
            const auto seen = scrape(urls, from, 32, robots);
            all_read        = all_read && seen.read == others.size();
            times.at(with ? 1 : 0).push_back(seen.wall_s);
        }
    }
    for (auto& each : times) std::sort(each.begin(), each.end());
    const double ratio = times[1][1] / times[0][1];
    std::printf(
        "500 pages of 20 hosts%s: %.3f s; with a host that %s in the list: %.3f s; ratio %.3f (medians of 3)\n",
        all_read ? "" : ", NOT ALL READ",
        times[0][1],
        kind == "busy" ? "answers 429 with Retry-After: 2" : "asks for a Crawl-delay of 2 s",
        times[1][1],
        ratio
    );
    return all_read && ratio <= 1.05;
}

}  // namespace

int main() {
    const many_sites sites;
    bool is_good = silent_hosts(sites, false);
    is_good      = silent_hosts(sites, true) && is_good;
    is_good      = slow_host(sites, "busy", false) && is_good;
    is_good      = slow_host(sites, "crawl", true) && is_good;
    return is_good ? 0 : 1;
}
