#include "support/co_test.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <optional>

namespace forage::testing {

void loop_fixture::run(awaitable<void> body) {
    std::optional<std::exception_ptr> ended;
    boost::asio::co_spawn(io, std::move(body), [&ended](std::exception_ptr thrown) { ended = thrown; });
    constexpr auto limit = std::chrono::seconds{60};
    io.run_for(limit);
    if (!ended) FAIL() << "the test's coroutine has not ended within a minute";
    if (*ended) std::rethrow_exception(*ended);
    if (!io.stopped()) FAIL() << "work is left on the loop a minute after the test began";
}

awaitable<void> loop_fixture::let_pass(std::chrono::microseconds length) {
    boost::asio::steady_timer timer{co_await boost::asio::this_coro::executor, length};
    co_await timer.async_wait(boost::asio::use_awaitable);
}

}  // namespace forage::testing
