// The combinator alone: nothing is lost, nothing outlives it.
#include "support/co_test.hpp"

#include <forage/fan_out.hpp>
#include <forage/retry.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <numeric>
#include <ranges>
#include <stdexcept>

namespace forage::testing {
namespace {

using fan_out_test = loop_fixture;
using namespace std::chrono_literals;
namespace net = boost::asio;

CO_TEST_F(fan_out_test, results_are_in_input_order_and_lanes_are_bounded) {
    int running = 0, most = 0;
    auto square = [&](int n) -> awaitable<int> {
        most = std::max(most, ++running);
        co_await detail::pause(std::chrono::milliseconds{n % 3});
        --running;
        co_return n* n;
    };
    const auto done = co_await fan_out(std::views::iota(0, 23), {.concurrency = 4}, square);
    CO_ASSERT_TRUE(done.values.size() == 23);
    for (int i = 0; i < 23; ++i) EXPECT_EQ(done.values[static_cast<std::size_t>(i)], i * i);
    EXPECT_EQ(most, 4);
    EXPECT_TRUE(done.failures.empty());
}

CO_TEST_F(fan_out_test, failures_and_exceptions_do_not_disturb_siblings) {
    auto odd_ones_fail = [](int n) -> awaitable<result<int>> {
        if (n == 5) throw std::runtime_error{"five"};
        if (n % 2 == 1) co_return error{errc::bad_argument, "odd"};
        co_return n;
    };
    const auto done = co_await fan_out(std::views::iota(0, 8), {.concurrency = 3}, odd_ones_fail);
    EXPECT_EQ(done.values, (std::vector<int>{0, 2, 4, 6}));
    EXPECT_EQ(done.indices, (std::vector<std::size_t>{0, 2, 4, 6}));
    CO_ASSERT_TRUE(done.failures.size() == 4);
    EXPECT_EQ(done.failures[0].index, 1U);
    EXPECT_EQ(done.failures[0].error.code, errc::bad_argument);
    EXPECT_EQ(done.failures[2].index, 5U);
    EXPECT_EQ(done.failures[2].error.code, errc::internal);
    EXPECT_EQ(done.failures[2].error.what, "five");
}

CO_TEST_F(fan_out_test, nothing_in_nothing_out) {
    auto never      = [](int) -> awaitable<int> { co_return 0; };
    const auto done = co_await fan_out(std::vector<int>{}, {}, never);
    EXPECT_TRUE(done.values.empty());
    EXPECT_TRUE(done.failures.empty());
}

CO_TEST_F(fan_out_test, the_deadline_cancels_children_and_keeps_what_is_done) {
    auto sleeper = [](int n) -> awaitable<int> {
        if (n == 1) co_await detail::pause(std::chrono::hours{1});
        co_return n;
    };
    const auto done = co_await fan_out(std::views::iota(0, 3), {.concurrency = 1, .deadline = 50ms}, sleeper);
    EXPECT_EQ(done.values, std::vector<int>{0});
    CO_ASSERT_TRUE(done.failures.size() == 2);
    EXPECT_EQ(done.failures[0].error.code, errc::timed_out);
    EXPECT_EQ(done.failures[1].error.code, errc::not_run);
}

CO_TEST_F(fan_out_test, results_stream_out_in_completion_order) {
    auto slow_first = [](int n) -> awaitable<int> {
        if (n == 0) co_await detail::pause(20ms);
        co_return n;
    };
    std::vector<std::size_t> order;
    auto note       = [&order](std::size_t i, const result<int>&) { order.push_back(i); };
    const auto done = co_await fan_out(std::views::iota(0, 3), {.concurrency = 3}, slow_first, note);
    EXPECT_EQ(order, (std::vector<std::size_t>{1, 2, 0}));
    EXPECT_EQ(done.values.size(), 3U);
}

TEST(fan_out_cancelled, returns_what_is_done_after_its_children_ended) {
    net::io_context io{1};
    int alive  = 0;
    auto child = [&](int n) -> awaitable<int> {
        struct count {
            int& at;
            explicit count(int& a) : at{a} { ++at; }
            count(const count&)            = delete;
            count& operator=(const count&) = delete;
            ~count() { --at; }
        };
        const count here{alive};
        if (n > 0) co_await detail::pause(std::chrono::hours{1});
        co_return n;
    };
    net::cancellation_signal cancel;
    std::optional<fan_out_result<int>> done;
    net::co_spawn(
        io,
        fan_out(std::views::iota(0, 4), {.concurrency = 3}, child),
        net::bind_cancellation_slot(
            cancel.slot(),
            [&](std::exception_ptr, fan_out_result<int> r) {
                EXPECT_EQ(alive, 0);
                done = std::move(r);
            }
        )
    );
    while (alive < 3) io.run_one();
    cancel.emit(net::cancellation_type::terminal);
    io.run_for(10s);
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(done->values, std::vector<int>{0});
    ASSERT_EQ(done->failures.size(), 3U);
    EXPECT_EQ(done->failures[0].error.code, errc::cancelled);
}

TEST(fan_out_threads, a_pool_of_threads_runs_children_one_at_a_time) {
    net::thread_pool threads{4};
    int unguarded = 0;  // a race here is for ThreadSanitizer to see
    auto add      = [&](int n) -> awaitable<int> {
        co_await detail::pause(std::chrono::milliseconds{n % 2});
        unguarded += n;
        co_return n;
    };
    std::atomic<bool> ended{false};
    net::co_spawn(
        threads,
        fan_out(std::views::iota(1, 101), {.concurrency = 16}, add),
        [&](std::exception_ptr, fan_out_result<int> r) {
            EXPECT_EQ(r.values.size(), 100U);
            ended = true;
        }
    );
    threads.join();
    EXPECT_TRUE(ended);
    EXPECT_EQ(unguarded, 5050);
}

CO_TEST_F(fan_out_test, async_retry_repeats_what_is_transient) {
    int tries  = 0;
    auto flaky = [&tries]() -> awaitable<result<int>> {
        if (++tries < 3) co_return error{errc::connect_failed, "not yet"};
        co_return 7;
    };
    const retry_policy quick{.attempts = 5, .base = 1ms};
    const auto value = co_await async_retry(quick, flaky);
    CO_ASSERT_TRUE(value);
    EXPECT_EQ(*value, 7);
    EXPECT_EQ(tries, 3);

    tries         = 0;
    auto hopeless = [&tries]() -> awaitable<result<int>> {
        ++tries;
        co_return error{errc::bad_argument, "never"};
    };
    const auto refused = co_await async_retry(quick, hopeless);
    EXPECT_FALSE(refused);
    EXPECT_EQ(tries, 1);
}

}  // namespace
}  // namespace forage::testing
