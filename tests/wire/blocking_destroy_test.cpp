// Blocking clients that go away while threads wait in their calls: a waiting call keeps the worker, so each ends with
// what comes of it, and whoever is last ends the worker. FORAGE_SEED repeats a run, FORAGE_ROUNDS makes it a soak.
#include "support/loopback_web.hpp"
#include "support/open_descriptors.hpp"
#include "support/rough_web.hpp"
#include "support/setting.hpp"
#include "support/slowness.hpp"

#include <forage/blocking.hpp>

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <iostream>
#include <latch>
#include <memory>
#include <optional>
#include <random>
#include <thread>
#include <utility>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
namespace net = boost::asio;

constexpr std::size_t callers = 8;
constexpr std::size_t pages   = 12;  // of each call

class blocking_destroy_test : public ::testing::Test {
protected:
    blocking_destroy_test() { std::cout << "FORAGE_SEED=" << seed << " FORAGE_ROUNDS=" << rounds << std::endl; }

    static std::size_t opened_so_far() {
        { const net::io_context warm{1}; }  // what a process opens once, it keeps
        return open_descriptors();
    }

    const std::uint64_t seed   = setting("FORAGE_SEED", std::random_device{}());
    const std::uint64_t rounds = setting("FORAGE_ROUNDS", 40);
    std::mt19937_64 dice{seed};

    miniweb::certificate_authority authority;
    temporary_file ca_file{authority.certificate()};
    const std::size_t before = opened_so_far();
    std::optional<background_rough_web> servers{
        std::in_place, authority.issue({.names = {}, .addresses = {"127.0.0.1"}})
    };

    // The first page of each comes at once.
    std::vector<std::vector<std::string>> lists() {
        std::vector<std::vector<std::string>> made(callers);
        for (auto& urls : made) {
            urls.push_back((*servers)->good_url());
            while (urls.size() < pages) urls.push_back((*servers)->any_url(dice));
        }
        return made;
    }

    scrape_options brief() {
        scrape_options how = blocking::scrape_defaults;
        how.page.timeout   = slowness * std::chrono::milliseconds{std::uniform_int_distribution{20, 120}(dice)};
        how.concurrency    = static_cast<int>(pages);
        return how;
    }
};

TEST_F(blocking_destroy_test, calls_in_flight_outlive_the_handle) {
    std::size_t arrived = 0;
    for (std::uint64_t round = 0; round < rounds && !HasFailure(); ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", seed " + std::to_string(seed));
        auto web          = std::make_unique<blocking::client>((*servers)->options(ca_file.path(), dice));
        const auto urls   = lists();
        const auto how    = brief();
        const auto enough = std::uniform_int_distribution<std::size_t>{0, callers * pages - 1}(dice);
        std::latch in_flight{callers};
        std::atomic<std::size_t> reported{0};
        std::vector<result<scrape_batch>> outcomes(callers);
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < callers; ++i) {
            threads.emplace_back([&, i] {
                bool has_begun = false;
                auto note      = [&](std::size_t, const result<page>&) {
                    if (!std::exchange(has_begun, true)) in_flight.count_down();
                    ++reported;
                    reported.notify_one();
                };
                auto mine      = how;
                mine.on_result = note;
                outcomes[i]    = blocking::scrape_pages(*web, urls[i], mine);
            });
        }
        in_flight.wait();
        for (auto seen = reported.load(); seen < enough; seen = reported.load()) reported.wait(seen);
        web.reset();
        for (auto& each : threads) each.join();
        for (const auto& outcome : outcomes) {
            ASSERT_TRUE(outcome) << outcome.error().message();
            EXPECT_EQ(outcome->values.size() + outcome->failures.size(), pages);
            EXPECT_TRUE(outcome->duplicates.empty());
            for (const auto& f : outcome->failures) {
                EXPECT_NE(f.error.code, errc::internal) << f.error.message();
                EXPECT_NE(f.error.code, errc::cancelled) << "nobody did";
            }
            arrived += outcome->values.size();
        }
    }
    EXPECT_GE(arrived, rounds) << "pages that come at once do so";
    servers.reset();
    EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace forage::testing
