// CO_TEST: a test that is a coroutine. Its event loop has a deadline, and the test fails if work is left when it ends.
#pragma once

#include <forage/detail/awaitable_fwd.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <gtest/gtest.h>

namespace forage::testing {

class loop_fixture : public ::testing::Test {
public:
    boost::asio::io_context io{1};

    /// Runs `body` to its end, then the loop until it is out of work; fails the test if either takes longer than 60 s.
    void run(awaitable<void> body);

    /// Waits on the loop's clock. For letting other coroutines run a stated while, not for hoping.
    static awaitable<void> let_pass(std::chrono::microseconds length);
};

}  // namespace forage::testing

#define CO_TEST_F(fixture, name)                                                                                       \
    class fixture##_##name##_body : public fixture {                                                                   \
    public:                                                                                                            \
        ::forage::awaitable<void> body();                                                                              \
    };                                                                                                                 \
    TEST_F(fixture##_##name##_body, name) { run(body()); }                                                             \
    ::forage::awaitable<void> fixture##_##name##_body::body()

// Inside a coroutine GoogleTest's ASSERT macros cannot return; this one leaves with co_return.
#define CO_ASSERT_TRUE(condition)                                                                                      \
    if (bool holds = static_cast<bool>(condition); !holds) {                                                           \
        ADD_FAILURE() << #condition;                                                                                   \
        co_return;                                                                                                     \
    }                                                                                                                  \
    static_assert(true)
