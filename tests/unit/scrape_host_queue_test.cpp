// The queue of a batch: input order, and no host in the way of another.
#include "scrape/host_queue.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>
#include <map>
#include <vector>

namespace forage::detail {
namespace {

using namespace std::chrono_literals;
using kind = host_queue::pick::kind;

class host_queue_test : public ::testing::Test {
protected:
    boost::asio::io_context io{1};
    host_limits limits;

    static host_queue::time_point never(std::size_t) { return host_queue::time_point::max(); }

    static host_limits one_at_a_time() {
        host_limits made;
        made.concurrency = 1;
        return made;
    }
};

TEST_F(host_queue_test, starts_in_input_order_over_all_hosts) {
    host_manners hosts{io.get_executor(), limits};
    host_queue queue{hosts, 10s};
    const std::vector<std::string> of{"b", "a", "b", "c", "a"};
    for (std::size_t i = 0; i < of.size(); ++i) queue.push(i, of[i]);
    std::vector<host_manners::permit> held;
    for (std::size_t i = 0; i < of.size(); ++i) {
        auto choice = queue.next(host_manners::time_point::clock::now(), never);
        ASSERT_EQ(choice.say, kind::start);
        EXPECT_EQ(choice.id, i);
        held.push_back(std::move(choice.permit));
    }
    EXPECT_EQ(queue.next(host_manners::time_point::clock::now(), never).say, kind::empty);
}

TEST_F(host_queue_test, passes_over_a_busy_host_until_it_is_free) {
    host_manners hosts{io.get_executor(), one_at_a_time()};
    host_queue queue{hosts, 10s};
    queue.push(0, "a");
    queue.push(1, "a");
    queue.push(2, "b");
    const auto now = host_manners::time_point::clock::now();
    auto first     = queue.next(now, never);
    EXPECT_EQ(first.id, 0U);
    const auto second = queue.next(now, never);
    EXPECT_EQ(second.id, 2U);
    const auto none = queue.next(now, never);
    EXPECT_EQ(none.say, kind::wait);
    EXPECT_EQ(none.at, host_queue::time_point::max()) << "no time will free it, its permit will";

    event bell{io.get_executor()};
    EXPECT_EQ(queue.wait_at(bell, none.at), host_queue::time_point::max());
    first.permit = {};
    EXPECT_TRUE(bell.is_set());
    EXPECT_EQ(queue.next(now, never).id, 1U);
}

TEST_F(host_queue_test, passes_over_a_host_whose_clock_runs) {
    host_limits slow;
    slow.delay = 2s;
    host_manners hosts{io.get_executor(), slow};
    host_queue queue{hosts, 10s};
    for (std::size_t i = 0; i < 3; ++i) queue.push(i, "slow");
    queue.push(3, "other");
    const auto now = host_manners::time_point::clock::now();
    EXPECT_EQ(queue.next(now, never).id, 0U);
    EXPECT_EQ(queue.next(now, never).id, 3U);
    const auto none = queue.next(now, never);
    EXPECT_EQ(none.say, kind::wait);
    EXPECT_EQ(none.at, now + 2s);
    EXPECT_EQ(queue.next(now + 2s, never).id, 1U);
}

TEST_F(host_queue_test, fails_what_a_host_would_let_wait_for_too_long) {
    host_manners hosts{io.get_executor(), limits};
    host_queue queue{hosts, 10s};
    hosts.take("a", host_manners::time_point::clock::now()).throttled(60s);
    queue.push(0, "a");
    const auto choice = queue.next(host_manners::time_point::clock::now(), never);
    EXPECT_EQ(choice.say, kind::fail);
    EXPECT_EQ(choice.why.code, errc::rate_limited);
    EXPECT_TRUE(choice.why.retry_at.has_value());
}

TEST_F(host_queue_test, fails_at_once_what_the_breaker_refuses) {
    host_manners hosts{io.get_executor(), limits};
    host_queue queue{hosts, 10s};
    const error why{errc::connect_failed, "refused"};
    for (int i = 0; i < 5; ++i) hosts.take("a", host_manners::time_point::clock::now()).failed(why);
    queue.push(0, "a");
    const auto choice = queue.next(host_manners::time_point::clock::now(), never);
    EXPECT_EQ(choice.say, kind::fail);
    EXPECT_EQ(choice.why.code, errc::host_unavailable);
    EXPECT_NE(choice.why.what.find("refused"), std::string::npos);
}

TEST_F(host_queue_test, brings_a_retry_back_when_it_is_due_before_what_has_not_begun) {
    host_manners hosts{io.get_executor(), limits};
    host_queue queue{hosts, 10s};
    queue.push(5, "a");
    const auto now = host_manners::time_point::clock::now();
    queue.push_again(2, "a", now + 1s);
    EXPECT_EQ(queue.next(now, never).id, 5U);
    const auto none = queue.next(now, never);
    EXPECT_EQ(none.say, kind::wait);
    EXPECT_EQ(none.at, now + 1s);
    EXPECT_EQ(queue.next(now + 1s, never).id, 2U);
    EXPECT_EQ(queue.next(now + 1s, never).say, kind::empty);
}

TEST_F(host_queue_test, starts_one_while_the_others_of_its_host_are_held) {
    host_manners hosts{io.get_executor(), limits};
    host_queue queue{hosts, 10s};
    queue.push(0, "a");
    queue.push(1, "a");
    const auto now = host_manners::time_point::clock::now();
    auto first     = queue.next(now, never);
    first.permit.hold_others();
    EXPECT_EQ(queue.next(now, never).say, kind::wait);
    first.permit.let_others();
    EXPECT_EQ(queue.next(now, never).id, 1U);
}

TEST_F(host_queue_test, says_that_time_is_out_when_it_is_our_own_pace_that_takes_too_long) {
    host_limits slow;
    slow.delay = 2s;
    host_manners hosts{io.get_executor(), slow};
    host_queue queue{hosts, 10s};
    const auto now    = host_manners::time_point::clock::now();
    const auto permit = hosts.take("a", now);
    queue.push(0, "a");
    const auto choice = queue.next(now, [&](std::size_t) { return now + 1s; });
    EXPECT_EQ(choice.say, kind::fail);
    EXPECT_EQ(choice.why.code, errc::timed_out);
    EXPECT_EQ(choice.why.where, phase::queue);
}

TEST_F(host_queue_test, has_patience_without_limit_when_it_is_zero_or_for_ever) {
    for (const auto patience : {0ms, std::chrono::milliseconds::max()}) {
        host_manners hosts{io.get_executor(), limits};
        host_queue queue{hosts, patience};
        hosts.take("a", host_manners::time_point::clock::now()).throttled(24h);
        queue.push(0, "a");
        EXPECT_EQ(queue.next(host_manners::time_point::clock::now(), never).say, kind::wait);
    }
}

TEST_F(host_queue_test, gives_a_job_another_place_or_forgets_it) {
    host_manners hosts{io.get_executor(), limits};
    host_queue queue{hosts, 10s};
    for (const std::uint64_t id : {10U, 20U, 30U}) queue.push(id, "a");
    queue.push(15, "b");
    queue.move(30, 5, "a");
    queue.remove(10, "a");
    queue.remove(15, "b");
    queue.remove(99, "a");
    queue.move(99, 1, "a");
    const auto now = host_manners::time_point::clock::now();
    EXPECT_EQ(queue.next(now, never).id, 5U);
    EXPECT_EQ(queue.next(now, never).id, 20U);
    EXPECT_EQ(queue.next(now, never).say, kind::empty);
    queue.push(40, "b");
    EXPECT_EQ(queue.next(now, never).id, 40U) << "a host whose jobs were all forgotten takes new ones";
}

TEST_F(host_queue_test, a_host_that_waits_may_lose_or_reorder_its_jobs) {
    host_limits slow;
    slow.delay = 2s;
    host_manners hosts{io.get_executor(), slow};
    host_queue queue{hosts, 10s};
    for (const std::uint64_t id : {1U, 2U, 3U}) queue.push(id, "slow");
    const auto now = host_manners::time_point::clock::now();
    EXPECT_EQ(queue.next(now, never).id, 1U);
    EXPECT_EQ(queue.next(now, never).say, kind::wait);
    queue.move(3, 0, "slow");
    EXPECT_EQ(queue.next(now + 2s, never).id, 0U);
    EXPECT_EQ(queue.next(now + 2s, never).say, kind::wait);
    queue.remove(2, "slow");
    EXPECT_EQ(queue.next(now + 2s, never).say, kind::empty) << "nobody waits for a host without jobs";
}

TEST_F(host_queue_test, leaves_what_may_not_begin_and_all_behind_it) {
    host_manners hosts{io.get_executor(), limits};
    host_queue queue{hosts, 10s};
    queue.push(1, "a");
    queue.push(2, "b");
    const auto now     = host_manners::time_point::clock::now();
    const auto nothing = [](std::uint64_t) { return false; };
    const auto first   = [](std::uint64_t id) { return id == 1; };
    EXPECT_EQ(queue.next(now, never, nothing).say, kind::empty);
    EXPECT_EQ(queue.next(now, never, first).id, 1U);
    EXPECT_EQ(queue.next(now, never, first).say, kind::empty);
    EXPECT_EQ(queue.next(now, never).id, 2U);
}

// However many lanes wait, one of them looks at the clock, and hands that on when it gets something to do.
TEST_F(host_queue_test, lets_one_look_at_the_clock_for_all) {
    host_limits slow;
    slow.delay = 2s;
    host_manners hosts{io.get_executor(), slow};
    host_queue queue{hosts, 1h};
    for (std::size_t i = 0; i < 3; ++i) queue.push(i, "slow");
    const auto now   = host_manners::time_point::clock::now();
    const auto first = queue.next(now, never);
    const auto due   = queue.next(now, never).at;
    EXPECT_EQ(due, now + 2s);
    event bells[3]{event{io.get_executor()}, event{io.get_executor()}, event{io.get_executor()}};
    EXPECT_EQ(queue.wait_at(bells[0], due), due);
    EXPECT_EQ(queue.wait_at(bells[1], due), host_queue::time_point::max());
    EXPECT_EQ(queue.wait_at(bells[2], due), host_queue::time_point::max());

    queue.leave(bells[0]);
    EXPECT_EQ(queue.next(due, never).id, 1U);
    EXPECT_TRUE(bells[1].is_set()) << "somebody else must look now";
    EXPECT_FALSE(bells[2].is_set());
    queue.leave(bells[1]);
    const auto later = queue.next(due, never).at;
    EXPECT_EQ(queue.wait_at(bells[0], later), later);
}

// Ten thousand jobs at a hundred hosts, each host free at its own times: every job is started exactly once.
TEST_F(host_queue_test, starts_every_job_exactly_once) {
    host_limits paced;
    paced.concurrency = 3;
    paced.delay       = 1ms;
    host_manners hosts{io.get_executor(), paced};
    host_queue queue{hosts, 1h};
    constexpr std::size_t jobs = 10'000;
    for (std::size_t i = 0; i < jobs; ++i) queue.push(i, "host" + std::to_string(i * 7919 % 100));
    std::map<std::size_t, int> started;
    std::vector<host_manners::permit> held;
    auto now = host_manners::time_point::clock::now();
    for (int rounds = 0; rounds < 1'000'000; ++rounds) {
        auto choice = queue.next(now, never);
        if (choice.say == kind::empty) break;
        if (choice.say == kind::wait) {
            ASSERT_FALSE(held.empty() && choice.at == host_queue::time_point::max());
            held.clear();
            if (choice.at != host_queue::time_point::max()) now = std::max(now, choice.at);
            continue;
        }
        ASSERT_EQ(choice.say, kind::start);
        ++started[choice.id];
        held.push_back(std::move(choice.permit));
    }
    EXPECT_EQ(started.size(), jobs);
    for (const auto& [id, times] : started) EXPECT_EQ(times, 1) << id;
}

}  // namespace
}  // namespace forage::detail
