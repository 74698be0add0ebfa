// Hosts that take connections and never say a word, as many as good ones and mixed with them: they cost their own
// pages, and nobody else's.
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"
#include "support/setting.hpp"
#include "support/slowness.hpp"

#include <forage/scrape.hpp>

#include <algorithm>
#include <iostream>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr std::size_t hosts_of_a_kind = 300;
constexpr int lanes                   = 64;
constexpr auto patience               = 200ms * slowness;

class silent_hosts_test : public loopback_web {
protected:
    awaitable<void> good_pages_come_and_silent_hosts_time_out(bool robots) {
        auto& good = http([](const miniweb::request& r) {
            if (r.target == "/robots.txt") return miniweb::response{200, "text/plain", "User-agent: *\nDisallow: /no"};
            return html_page(r.host);
        });
        raw_server silent{io, raw_answer{"", raw_answer::ending::hang}};

        auto settings               = options();
        settings.respect_robots     = robots;
        settings.first_byte_timeout = patience;
        std::vector<std::string> urls;
        std::set<std::string> good_urls;
        for (std::size_t i = 0; i < hosts_of_a_kind; ++i) {
            const auto number = std::to_string(i);
            settings.hosts.emplace_back("good" + number + ".test", "127.0.0.1");
            settings.hosts.emplace_back("silent" + number + ".test", "127.0.0.1");
            urls.push_back("http://good" + number + ".test:" + std::to_string(good.port()) + "/");
            good_urls.insert(urls.back());
            urls.push_back("http://silent" + number + ".test" + silent.url("/").substr(16));
        }
        std::cout << "FORAGE_SEED=" << seed << std::endl;
        std::shuffle(urls.begin(), urls.end(), std::mt19937_64{seed});

        const client web{io.get_executor(), settings};
        scrape_options how;
        how.concurrency  = lanes;
        const auto began = clock::now();
        const auto batch = co_await scrape_pages(web, urls, how);
        const auto wall  = clock::now() - began;

        EXPECT_EQ(batch.values.size() + batch.failures.size(), urls.size());
        EXPECT_EQ(batch.values.size(), hosts_of_a_kind);
        for (const auto& page : batch.values) {
            EXPECT_TRUE(good_urls.contains(page.url)) << page.url;
            EXPECT_NE(page.url.find(page.title), std::string::npos) << page.url << " brought " << page.title;
        }
        for (const auto& f : batch.failures) {
            EXPECT_FALSE(good_urls.contains(f.url)) << f.error.message();
            EXPECT_EQ(f.error.code, errc::timed_out) << f.error.message();
            EXPECT_EQ(f.error.where, phase::first_byte) << f.error.message();
        }
        // Every lane is held five times at most; that twice over is a bound that holds on a busy machine.
        EXPECT_LT(wall, 2 * patience * (1 + hosts_of_a_kind / lanes));
        EXPECT_EQ(web.stats().robots_fetched, robots ? urls.size() : 0);
        silent.stop();
        stop_servers();
    }

    const std::uint64_t seed = setting("FORAGE_SEED", std::random_device{}());
};

CO_TEST_F(silent_hosts_test, cost_their_own_pages_alone) { co_await good_pages_come_and_silent_hosts_time_out(false); }
CO_TEST_F(silent_hosts_test, cost_their_own_pages_alone_when_robots_are_asked_for_first) {
    co_await good_pages_come_and_silent_hosts_time_out(true);
}

}  // namespace
}  // namespace forage::testing
