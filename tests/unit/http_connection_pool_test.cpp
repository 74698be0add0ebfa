// Who gets a connection when there are too few, and what it costs to find out. No connection is opened.
#include "http/connection_pool.hpp"
#include "support/co_test.hpp"
#include "support/slowness.hpp"

#include <boost/asio/co_spawn.hpp>

#include <chrono>
#include <exception>
#include <string>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;
using detail::connection_pool;

class connection_pool_test : public loop_fixture {
public:
    /// Waits for a connection to `origin`, and gives it back at once.
    void line_up(connection_pool& pool, const std::string& origin) {
        ++waiting_;
        boost::asio::co_spawn(io, one_turn(pool, origin), [this](const std::exception_ptr&) { --waiting_; });
    }
    [[nodiscard]] std::size_t waiting() const { return waiting_; }

    std::vector<std::string> served;

private:
    awaitable<void> one_turn(connection_pool& pool, std::string origin) {  // NOLINT: outlives the loop
        const auto mine = co_await pool.acquire(origin);
        served.push_back(std::move(origin));
    }
    std::size_t waiting_ = 0;
};

CO_TEST_F(connection_pool_test, an_origin_that_has_all_it_may_have_does_not_hold_up_the_others) {
    connection_pool pool{io.get_executor(), {.total = 2, .per_origin = 1}};
    auto at_a = pool.try_acquire("a");
    auto at_b = pool.try_acquire("b");
    for (const auto* origin : {"a", "a", "c", "a", "d"}) line_up(pool, origin);
    co_await let_pass(1ms);
    EXPECT_TRUE(served.empty());
    at_b.reset();
    co_await let_pass(10ms);
    EXPECT_EQ(served, (std::vector<std::string>{"c", "d"}));
    at_a.reset();
    while (waiting() > 0) co_await let_pass(1ms);
    EXPECT_EQ(served, (std::vector<std::string>{"c", "d", "a", "a", "a"}));
}

CO_TEST_F(connection_pool_test, what_is_given_back_is_given_on_without_asking_all_who_wait) {
    constexpr std::size_t many = 10'000;
    connection_pool pool{io.get_executor(), {.total = 256, .per_origin = 1}};
    auto held = pool.try_acquire("a");
    for (std::size_t i = 0; i < many; ++i) line_up(pool, "a");
    co_await let_pass(1ms);
    const auto began = clock_type::now();
    held.reset();
    while (waiting() > 0) co_await let_pass(1ms);
    EXPECT_LT(clock_type::now() - began, 1s * slowness);
    EXPECT_EQ(served.size(), many);
}

}  // namespace
}  // namespace forage::testing
