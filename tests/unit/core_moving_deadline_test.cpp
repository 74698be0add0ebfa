// A deadline that moves while the operation makes progress.
#include "core/with_deadline.hpp"
#include "support/co_test.hpp"

#include <stdexcept>
#include <string>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using detail::deadline;
using detail::ended_by;
using moving_deadline = loop_fixture;
using clock           = std::chrono::steady_clock;

awaitable<void> nap(std::chrono::milliseconds length) { return loop_fixture::let_pass(length); }

CO_TEST_F(moving_deadline, lets_an_operation_end_by_itself) {
    const auto never     = [] { return deadline{}; };
    const bool by_itself = co_await ended_by(nap(1ms), never);
    EXPECT_TRUE(by_itself);
}

CO_TEST_F(moving_deadline, ends_it_once_it_moves_no_more) {
    int asked        = 0;
    auto last        = deadline{};
    const auto until = [&] {
        if (++asked <= 3) last = deadline::after(20ms);
        return last;
    };
    const auto began     = clock::now();
    const bool by_itself = co_await ended_by(nap(10s), until);
    EXPECT_FALSE(by_itself);
    EXPECT_GE(clock::now() - began, 60ms);
    EXPECT_EQ(asked, 4);
}

CO_TEST_F(moving_deadline, is_no_limit_while_it_moves) {
    const auto until     = [] { return deadline::after(5ms); };
    const bool by_itself = co_await ended_by(nap(50ms), until);
    EXPECT_TRUE(by_itself);
}

CO_TEST_F(moving_deadline, passes_on_what_the_operation_throws) {
    const auto fails = []() -> awaitable<void> {
        co_await nap(1ms);
        throw std::runtime_error{"its own"};
    };
    const auto until = [] { return deadline::after(10s); };
    std::string what;
    try {
        co_await ended_by(fails(), until);
    } catch (const std::runtime_error& e) {
        what = e.what();
    }
    EXPECT_EQ(what, "its own");
}

// Around a page's deadline stands another of the same time: the inner one must still say what it cut off.
CO_TEST_F(moving_deadline, has_passed_even_when_the_caller_is_cancelled_at_that_moment) {
    const auto at     = deadline::after(20ms);
    bool is_told      = false;
    const auto moving = [at] { return earlier(at, deadline::after(5ms)); };
    const auto inner  = [&]() -> awaitable<void> {
        const bool by_itself = co_await ended_by(nap(10s), moving);
        is_told              = !by_itself;
    };
    co_await ended_by(inner(), at);
    EXPECT_TRUE(is_told);
}

CO_TEST_F(moving_deadline, obeys_a_caller_that_gives_up_earlier) {
    bool is_told     = false;
    const auto far   = [] { return deadline::after(10s); };
    const auto inner = [&]() -> awaitable<void> {
        co_await ended_by(nap(10s), far);
        is_told = true;
    };
    const auto began     = clock::now();
    const bool by_itself = co_await ended_by(inner(), deadline::after(20ms));
    EXPECT_FALSE(by_itself);
    EXPECT_FALSE(is_told);
    EXPECT_LT(clock::now() - began, 5s);
}

}  // namespace
}  // namespace forage::testing
