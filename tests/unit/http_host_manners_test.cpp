// The line of those who wait for a host: first come, first served, and whoever leaves it lets the next one know.
#include "http/host_manners.hpp"
#include "support/co_test.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <gtest/gtest.h>
#include <list>
#include <optional>
#include <random>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;
using detail::deadline;
using detail::host_limits;
using detail::host_manners;

class host_manners_test : public loop_fixture {
public:
    struct waiter {
        std::optional<result<host_manners::permit>> given;
        clock_type::time_point ended{};
        boost::asio::cancellation_signal stop;

        [[nodiscard]] bool has_permit() const { return given && given->has_value(); }
        [[nodiscard]] errc code() const { return given && !*given ? given->error().code : errc::ok; }
    };

    static host_limits one_at_a_time() {
        host_limits made;
        made.concurrency = 1;
        return made;
    }
    static host_manners::permit take(host_manners& hosts) { return hosts.take("a", clock_type::now()); }

    waiter& wait_in_line(host_manners& hosts, std::chrono::milliseconds limit) {
        auto& mine   = waiters_.emplace_back();
        auto noticed = [&mine](const std::exception_ptr&) { mine.ended = clock_type::now(); };
        boost::asio::co_spawn(
            io,
            wait(hosts, deadline::after(limit), mine),
            boost::asio::bind_cancellation_slot(mine.stop.slot(), std::move(noticed))
        );
        return mine;
    }

private:
    static awaitable<void> wait(host_manners& hosts, deadline until, waiter& mine) {  // NOLINT: outlives the loop
        mine.given.emplace(co_await hosts.acquire("a", until));
    }

    std::list<waiter> waiters_;
};

TEST(hosts_fault, is_what_comes_of_asking_the_host) {
    const auto is_fault = [](errc code, phase where) { return detail::is_the_hosts_fault(error{code}.at(where)); };
    EXPECT_TRUE(is_fault(errc::connect_failed, phase::connect));
    EXPECT_TRUE(is_fault(errc::tls_failed, phase::tls));
    EXPECT_TRUE(is_fault(errc::timed_out, phase::first_byte));
    EXPECT_TRUE(is_fault(errc::protocol, phase::body));
    EXPECT_FALSE(is_fault(errc::timed_out, phase::queue)) << "we were too many ourselves";
    EXPECT_FALSE(is_fault(errc::connect_failed, phase::queue)) << "we have no descriptor left";
    EXPECT_FALSE(is_fault(errc::timed_out, phase::resolve)) << "it is the name server that is silent";
    EXPECT_FALSE(is_fault(errc::timed_out, phase::decode)) << "our own threads are busy";
    EXPECT_FALSE(is_fault(errc::timed_out, phase::read)) << "our own threads are busy";
    EXPECT_FALSE(is_fault(errc::timed_out, phase::proxy)) << "a proxy that hangs shuts no hosts";
    EXPECT_FALSE(is_fault(errc::proxy_failed, phase::proxy));
    EXPECT_FALSE(detail::is_the_hosts_fault(error{errc::proxy_failed}.at(phase::proxy).status(403)));
    EXPECT_FALSE(is_fault(errc::bad_redirect, phase::none));
    EXPECT_FALSE(is_fault(errc::cancelled, phase::none));
}

TEST(hosts_fault, is_no_time_out_by_a_limit_of_the_callers) {
    const auto slow   = error{errc::timed_out}.at(phase::first_byte);
    const auto passed = deadline::at(clock_type::now());
    EXPECT_FALSE(detail::is_the_hosts_fault(slow, passed));
    EXPECT_TRUE(detail::is_the_hosts_fault(slow, deadline::after(1h))) << "a limit of the client's own came first";
    EXPECT_TRUE(detail::is_the_hosts_fault(error{errc::protocol}.at(phase::body), passed)) << "no matter of time";
}

CO_TEST_F(host_manners_test, one_whose_time_is_too_short_lets_the_next_have_its_turn) {
    auto limits  = one_at_a_time();
    limits.delay = 200ms;
    host_manners hosts{io.get_executor(), limits};
    auto held     = take(hosts);
    auto& hasty   = wait_in_line(hosts, 100ms);
    auto& patient = wait_in_line(hosts, 30s);
    co_await let_pass(1ms);
    held = {};
    co_await let_pass(50ms);
    EXPECT_EQ(hasty.code(), errc::timed_out) << "its turn would come too late, which is known now";
    co_await let_pass(1s);
    EXPECT_TRUE(patient.has_permit());
    patient.given.reset();
}

CO_TEST_F(host_manners_test, one_that_is_cancelled_when_its_turn_has_come_lets_the_next_have_it) {
    host_manners hosts{io.get_executor(), one_at_a_time()};
    auto held    = take(hosts);
    auto& first  = wait_in_line(hosts, 30s);
    auto& second = wait_in_line(hosts, 30s);
    co_await let_pass(1ms);
    held = {};
    first.stop.emit(boost::asio::cancellation_type::terminal);
    co_await let_pass(50ms);
    first.given.reset();  // whether it still got the permit is up to the moment
    co_await let_pass(50ms);
    EXPECT_TRUE(second.has_permit());
    second.given.reset();
}

CO_TEST_F(host_manners_test, one_that_is_cancelled_while_the_clock_runs_lets_the_next_have_its_turn) {
    auto limits  = one_at_a_time();
    limits.delay = 100ms;
    host_manners hosts{io.get_executor(), limits};
    auto held    = take(hosts);
    auto& first  = wait_in_line(hosts, 30s);
    auto& second = wait_in_line(hosts, 30s);
    co_await let_pass(1ms);
    held = {};
    co_await let_pass(10ms);
    first.stop.emit(boost::asio::cancellation_type::terminal);
    co_await let_pass(1s);
    EXPECT_FALSE(first.given.has_value());
    EXPECT_TRUE(second.has_permit());
    second.given.reset();
}

CO_TEST_F(host_manners_test, all_who_wait_hear_at_once_that_the_breaker_has_opened) {
    auto limits     = one_at_a_time();
    limits.failures = 1;
    host_manners hosts{io.get_executor(), limits};
    auto held    = take(hosts);
    auto& first  = wait_in_line(hosts, 30s);
    auto& second = wait_in_line(hosts, 30s);
    co_await let_pass(1ms);
    held.failed(error{errc::connect_failed, "refused"});
    held = {};
    co_await let_pass(50ms);
    EXPECT_EQ(first.code(), errc::host_unavailable);
    EXPECT_EQ(second.code(), errc::host_unavailable);
}

CO_TEST_F(host_manners_test, all_who_have_too_little_time_hear_at_once_that_the_host_wants_more) {
    host_manners hosts{io.get_executor(), one_at_a_time()};
    auto held       = take(hosts);
    auto& long_one  = wait_in_line(hosts, 1h);
    auto& short_one = wait_in_line(hosts, 30s);
    co_await let_pass(1ms);
    held.throttled(60s);
    co_await let_pass(50ms);
    EXPECT_EQ(short_one.code(), errc::rate_limited) << "though it is not the first, and the permit not back";
    EXPECT_FALSE(long_one.given.has_value());
    long_one.stop.emit(boost::asio::cancellation_type::terminal);
    co_await let_pass(10ms);
    EXPECT_FALSE(long_one.given.has_value());
}

CO_TEST_F(host_manners_test, serves_those_who_wait_in_the_order_they_came) {
    auto limits  = one_at_a_time();
    limits.delay = 5ms;
    host_manners hosts{io.get_executor(), limits};
    auto held = take(hosts);
    std::vector<waiter*> line;
    for (int i = 0; i < 8; ++i) line.push_back(&wait_in_line(hosts, 30s));
    co_await let_pass(1ms);
    held = {};
    for (std::size_t i = 0; i < line.size(); ++i) {
        while (!line[i]->given) co_await let_pass(1ms);
        EXPECT_TRUE(line[i]->has_permit());
        for (std::size_t later = i + 1; later < line.size(); ++later) EXPECT_FALSE(line[later]->given.has_value());
        line[i]->given.reset();
    }
}

// The one try after the pause is no answer when it is given up; the next one is the try then.
CO_TEST_F(host_manners_test, a_try_that_is_given_up_leaves_the_door_as_it_was) {
    host_limits limits;
    limits.failures = 1;
    limits.pause    = 20ms;
    host_manners hosts{io.get_executor(), limits};
    take(hosts).failed(error{errc::connect_failed, "refused"});
    co_await let_pass(30ms);
    auto attempt = take(hosts);
    using kind   = host_manners::verdict::kind;
    EXPECT_EQ(hosts.ask("a", clock_type::now()).say, kind::busy);
    auto& waiting = wait_in_line(hosts, 30s);
    co_await let_pass(1ms);
    attempt = {};
    co_await let_pass(10ms);
    EXPECT_TRUE(waiting.has_permit());
    EXPECT_EQ(hosts.ask("a", clock_type::now()).say, kind::busy) << "still one at a time";
    (*waiting.given)->answered();
    EXPECT_EQ(hosts.ask("a", clock_type::now()).say, kind::go);
    waiting.given.reset();
}

// Forty requests that come, run out of time, are cancelled, are answered, refused or given up, at random moments. Those
// with time enough get their turn or a reason long before it is over; one wake-up that is lost leaves some waiting.
CO_TEST_F(host_manners_test, nobody_is_forgotten_whatever_happens_to_the_others) {
    std::mt19937 random{20261124};  // NOLINT(cert-msc51-cpp): the same every time
    const auto one_in = [&](unsigned n) { return random() % n == 0; };
    host_limits limits;
    limits.concurrency = 2;
    limits.delay       = 1ms;
    limits.failures    = 3;
    limits.pause       = 5ms;
    for (int round = 0; round < 20; ++round) {
        host_manners hosts{io.get_executor(), limits};
        std::vector<waiter*> all;
        for (int i = 0; i < 40; ++i) all.push_back(&wait_in_line(hosts, one_in(3) ? 1ms * (random() % 30) + 1ms : 50s));
        const auto began = clock_type::now();
        const auto ended = [](const waiter* w) { return w->ended != clock_type::time_point{}; };
        for (int passes = 0; !std::all_of(all.begin(), all.end(), ended); ++passes) {
            if (clock_type::now() - began > 20s) break;
            co_await let_pass(1ms);
            std::ptrdiff_t in_flight = 0;
            for (auto* each : all) in_flight += each->has_permit() ? 1 : 0;
            EXPECT_LE(in_flight, 2);
            for (auto* each : all) {
                if (passes < 20 && !ended(each) && one_in(60))
                    each->stop.emit(boost::asio::cancellation_type::terminal);
                if (!each->has_permit() || one_in(2)) continue;
                auto& permit = **each->given;
                if (one_in(4)) permit.answered();
                if (one_in(4)) permit.failed(error{errc::connect_failed, "refused"});
                if (one_in(8)) permit.throttled(4ms);
                if (one_in(4)) permit.hold_others();
                each->given.reset();
            }
        }
        for (auto* each : all) each->given.reset();
        EXPECT_TRUE(std::all_of(all.begin(), all.end(), ended)) << "round " << round;
        if (!std::all_of(all.begin(), all.end(), ended)) break;
    }
}

}  // namespace
}  // namespace forage::testing
