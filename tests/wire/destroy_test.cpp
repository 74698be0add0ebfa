// Clients that go away with 200 calls in flight, at random moments and at all stages: every call ends, once and at
// once, and nothing is left. FORAGE_SEED repeats a run, FORAGE_ROUNDS makes it a soak.
#include "support/loopback_web.hpp"
#include "support/open_descriptors.hpp"
#include "support/rough_web.hpp"
#include "support/setting.hpp"
#include "support/slowness.hpp"
#include "support/stopwatch.hpp"

#include <forage/scrape.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <thread>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
namespace net = boost::asio;
using clock   = std::chrono::steady_clock;

constexpr std::size_t calls = 200;
constexpr auto bound        = 100ms * slowness;

class destroy_test : public ::testing::Test {
protected:
    destroy_test() {
        std::cout << "FORAGE_SEED=" << seed << " FORAGE_ROUNDS=" << rounds << std::endl;
        net::io_context warm{1};  // what a process opens once, it keeps
    }

    const std::uint64_t seed   = setting("FORAGE_SEED", std::random_device{}());
    const std::uint64_t rounds = setting("FORAGE_ROUNDS", 40);
    std::mt19937_64 dice{seed};

    miniweb::certificate_authority authority;
    miniweb::tls_identity identity = authority.issue({.names = {}, .addresses = {"127.0.0.1"}});
    temporary_file ca_file{authority.certificate()};

    std::chrono::microseconds some_time() {
        // At times before any has come to run; at the end most have ended that end at all.
        constexpr int most = slowness == 1 ? 200'000 : 600'000;
        return std::chrono::microseconds{std::max(0, std::uniform_int_distribution{-most / 10, most}(dice))};
    }

    // A worker thread may have a file open a little longer than the call whose job it does.
    static bool are_open(std::size_t descriptors) {
        const auto until = clock::now() + 2s * slowness;
        while (open_descriptors() != descriptors && clock::now() < until) std::this_thread::yield();
        return open_descriptors() == descriptors;
    }

    // Runs the loop until `done()`; false when that takes longer than a minute.
    template <class Done>
    static bool run_until(net::io_context& io, Done done) {
        const auto until = clock::now() + 60s;
        while (!done() && clock::now() < until) {
            if (io.run_one_until(until) == 0) break;
        }
        return done();
    }
};

// What has come of the calls of a round.
struct tally {
    std::vector<int> completions = std::vector<int>(calls);
    std::size_t ended            = 0;
    std::size_t cancelled        = 0;

    auto counter(std::size_t call) {
        return [this, call](std::exception_ptr thrown, const result<page>& outcome) {
            EXPECT_FALSE(thrown);
            ++completions[call];
            ++ended;
            cancelled += !outcome && outcome.error().code == errc::cancelled ? 1 : 0;
        };
    }
};

TEST_F(destroy_test, every_call_of_a_client_that_is_cancelled_and_destroyed_ends_once) {
    const auto before   = open_descriptors();
    std::size_t cut_off = 0;
    std::chrono::nanoseconds longest{};
    for (std::uint64_t round = 0; round < rounds && !HasFailure(); ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", seed " + std::to_string(seed));
        net::io_context io{1};
        background_rough_web servers{identity};
        std::optional<client> web{std::in_place, io.get_executor(), servers->options(ca_file.path(), dice)};
        tally seen;
        for (std::size_t i = 0; i < calls; ++i) {
            net::co_spawn(io, scrape_page(*web, servers->any_url(dice)), seen.counter(i));
        }
        io.run_for(some_time());

        const stopwatch since_cancel;
        web->cancel();
        web.reset();
        ASSERT_TRUE(run_until(io, [&] { return seen.ended >= calls; })) << seen.ended << " of " << calls << " ended";
        const auto lasted = since_cancel.elapsed();
        EXPECT_LT(lasted, bound);
        longest = std::max(longest, lasted);
        cut_off += seen.cancelled;

        servers.stop();
        io.run_for(60s);
        EXPECT_TRUE(io.stopped()) << "work is left on the loop";
        EXPECT_EQ(std::ranges::count(seen.completions, 1), static_cast<std::ptrdiff_t>(calls));
    }
    EXPECT_TRUE(are_open(before)) << open_descriptors() << " descriptors instead of " << before;
    EXPECT_GT(cut_off, rounds) << "calls were in flight";
    std::cout << cut_off << " of " << rounds * calls << " calls were cancelled; the slowest round took "
              << std::chrono::duration<double, std::milli>(longest).count() << " ms\n";
}

TEST_F(destroy_test, no_call_completes_after_its_event_loop_has_gone) {
    const auto before = open_descriptors();
    for (std::uint64_t round = 0; round < rounds && !HasFailure(); ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", seed " + std::to_string(seed));
        tally seen;
        std::size_t ended = 0;
        {
            net::io_context io{1};
            rough_web servers{io, identity};
            std::optional<client> web{std::in_place, io.get_executor(), servers.options(ca_file.path(), dice)};
            for (std::size_t i = 0; i < calls; ++i) {
                net::co_spawn(io, scrape_page(*web, servers.any_url(dice)), seen.counter(i));
            }
            io.run_for(some_time());
            if (round % 2 == 0) web->cancel();  // never gets to run
            ended = seen.ended;
            EXPECT_LT(ended, calls);
        }
        EXPECT_EQ(seen.ended, ended);
        EXPECT_LE(std::ranges::max(seen.completions), 1);
    }
    EXPECT_TRUE(are_open(before)) << open_descriptors() << " descriptors instead of " << before;
}

// Every input of a batch must be in one place, and `on_result` must have said what the batch says.
void check_account(
    const scrape_batch& batch, const std::vector<std::string>& urls, const std::vector<std::size_t>& reported
) {
    std::multiset<std::size_t> places;
    std::size_t from = 0;
    for (const auto& value : batch.values) {
        while (from < urls.size() && urls[from] != value.url) ++from;
        places.insert(from++);
    }
    for (const auto& failure : batch.failures) {
        places.insert(failure.index);
        EXPECT_EQ(failure.url, urls.at(failure.index));
        EXPECT_NE(failure.error.code, errc::ok);
        EXPECT_NE(failure.error.code, errc::internal) << failure.error.message();
    }
    for (const auto& duplicate : batch.duplicates) places.insert(duplicate.index);
    const std::set<std::size_t> distinct{places.begin(), places.end()};
    EXPECT_EQ(places.size(), urls.size());
    EXPECT_EQ(distinct.size(), urls.size());
    EXPECT_TRUE(distinct.empty() || *distinct.rbegin() < urls.size());

    const std::set<std::size_t> told{reported.begin(), reported.end()};
    EXPECT_EQ(told.size(), reported.size()) << "an outcome was reported twice";
    for (const auto& duplicate : batch.duplicates) EXPECT_FALSE(told.contains(duplicate.index));
    EXPECT_GE(told.size(), batch.values.size());
}

TEST_F(destroy_test, a_batch_that_is_cancelled_accounts_for_every_url) {
    const auto before      = open_descriptors();
    std::size_t incomplete = 0;
    for (std::uint64_t round = 0; round < rounds && !HasFailure(); ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", seed " + std::to_string(seed));
        net::io_context io{1};
        background_rough_web servers{identity};
        std::optional<client> web{std::in_place, io.get_executor(), servers->options(ca_file.path(), dice)};
        std::vector<std::string> urls;
        for (std::size_t i = 0; i < calls; ++i) {
            urls.push_back(servers->any_url(dice));
            if (i % 20 == 19) urls.back() = i % 40 == 39 ? urls[i - 10] : "no url";
        }
        std::vector<std::size_t> reported;
        auto note = [&](std::size_t index, const result<page>&) { reported.push_back(index); };
        scrape_options how;
        how.concurrency = std::uniform_int_distribution{1, 100}(dice);
        how.on_result   = note;

        net::cancellation_signal signal;
        std::optional<scrape_batch> batch;
        auto done = [&](std::exception_ptr thrown, scrape_batch b) {
            EXPECT_FALSE(thrown);
            EXPECT_FALSE(batch);
            batch = std::move(b);
        };
        net::co_spawn(io, scrape_pages(*web, urls, how), net::bind_cancellation_slot(signal.slot(), done));
        web.reset();
        io.run_for(some_time());
        const stopwatch since_cancel;
        signal.emit(net::cancellation_type::terminal);
        ASSERT_TRUE(run_until(io, [&] { return batch.has_value(); })) << "hangs";
        EXPECT_LT(since_cancel.elapsed(), bound);

        check_account(*batch, urls, reported);
        for (const auto& f : batch->failures) incomplete += f.error.code == errc::cancelled ? 1U : 0U;
        servers.stop();
        io.run_for(60s);
        EXPECT_TRUE(io.stopped()) << "work is left on the loop";
    }
    EXPECT_TRUE(are_open(before)) << open_descriptors() << " descriptors instead of " << before;
    EXPECT_GT(incomplete, rounds) << "pages were in flight";
}

}  // namespace
}  // namespace forage::testing
