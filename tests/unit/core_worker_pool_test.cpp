// The worker pool: what a job throws is its caller's, and costs the process nothing.
#include "core/worker_pool.hpp"
#include "support/busy_pool.hpp"
#include "support/co_test.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <atomic>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using detail::offload;

class worker_pool_test : public loop_fixture {};

CO_TEST_F(worker_pool_test, exhausted_memory_is_thrown_where_the_outcome_is_awaited) {
    const auto work = [](const std::atomic<bool>&) -> int { throw std::bad_alloc{}; };
    bool is_thrown  = false;
    try {
        static_cast<void>(co_await offload<int>(work));
    } catch (const std::bad_alloc&) {
        is_thrown = true;
    }
    EXPECT_TRUE(is_thrown);
}

CO_TEST_F(worker_pool_test, an_exception_keeps_its_words) {
    const auto work = [](const std::atomic<bool>&) -> std::string { throw std::length_error{"too long a word"}; };
    std::string said;
    try {
        said = co_await offload<std::string>(work);
    } catch (const std::exception& e) {
        said = e.what();
    }
    EXPECT_EQ(said, "too long a word");
    const auto well  = [](const std::atomic<bool>&) { return 7; };
    const auto after = co_await offload<int>(well);
    EXPECT_EQ(after, 7);
}

awaitable<void> fail_on_the_pool() {
    const auto work = [](const std::atomic<bool>&) -> int { throw std::runtime_error{"nobody hears this"}; };
    co_await offload<int>(work);
}

CO_TEST_F(worker_pool_test, an_exception_that_nobody_awaits_any_more_is_dropped) {
    boost::asio::cancellation_signal stop;
    std::exception_ptr thrown;
    {
        const busy_pool none_to_spare;
        auto ended = [&](const std::exception_ptr& e) { thrown = e; };
        boost::asio::co_spawn(
            io, fail_on_the_pool(), boost::asio::bind_cancellation_slot(stop.slot(), std::move(ended))
        );
        co_await let_pass(1ms);
        stop.emit(boost::asio::cancellation_type::terminal);
        co_await let_pass(1ms);
        EXPECT_NE(thrown, nullptr) << "cancelled, so it has ended";
    }
    const busy_pool all_are_there_again;
}

}  // namespace
}  // namespace forage::testing
