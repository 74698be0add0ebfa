// The live connections of a server: counted, ended together, and waited for until the last is gone.
#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <vector>

namespace miniweb {

/// All but the counters belongs to the strand given to the constructor.
class connections {
public:
    explicit connections(boost::asio::any_io_executor strand) : strand_{std::move(strand)} {}

    /// Runs one connection's coroutine; `ended` gets what it threw. `owner` keeps this object alive meanwhile.
    void start(
        std::shared_ptr<void> owner,
        boost::asio::awaitable<void> conversation,
        std::function<void(std::exception_ptr)> ended
    );
    /// Cancels every one, and none may start after it.
    void end_all();
    /// Calls `resume` once there is none, after `end_all`.
    void when_gone(boost::asio::any_completion_handler<void()> resume);

    std::atomic<std::uint64_t> accepted{0}, open{0}, peak_open{0};

private:
    void release_waiting();

    boost::asio::any_io_executor strand_;
    std::list<boost::asio::cancellation_signal> signals_;
    std::vector<boost::asio::any_completion_handler<void()>> waiting_;
    bool ending_ = false;
};

}  // namespace miniweb
