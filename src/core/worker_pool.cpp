#include "core/worker_pool.hpp"

#include "core/event.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

namespace forage::detail {
namespace net = boost::asio;

namespace {

// Joined at the end of the process; jobs are bounded in time by what they do.
net::thread_pool& pool() {
    static net::thread_pool threads{std::max(1U, std::thread::hardware_concurrency())};
    return threads;
}

// What a job and the coroutine that waits for it share. Both sides may be the last to let go.
struct shared_wait {
    std::mutex mutex;
    bool abandoned = false;         // guarded by mutex: the coroutine has gone, leave its executor alone
    net::any_io_executor executor;  // guarded by mutex; emptied when abandoned, for its context may die next
    event* finished = nullptr;      // belongs to the coroutine's executor
    std::exception_ptr thrown;      // by the job; written before `finished` is set and read after it
};

}  // namespace

void run_on_pool(std::function<void()> job) { net::post(pool(), std::move(job)); }

awaitable<void> offload_job(std::function<void(const std::atomic<bool>&)> job) {
    auto here = co_await net::this_coro::executor;
    event finished{here};
    auto stop      = std::make_shared<std::atomic<bool>>(false);
    auto wait      = std::make_shared<shared_wait>();
    wait->executor = here;
    wait->finished = &finished;

    // Runs when the frame goes, by whatever way.
    struct leave {
        std::shared_ptr<shared_wait> wait;
        std::shared_ptr<std::atomic<bool>> stop;
        leave(std::shared_ptr<shared_wait> w, std::shared_ptr<std::atomic<bool>> s)
            : wait{std::move(w)}, stop{std::move(s)} {}
        leave(const leave&)            = delete;
        leave& operator=(const leave&) = delete;
        ~leave() {
            stop->store(true, std::memory_order_relaxed);
            net::any_io_executor last;  // destroyed after the lock is released
            const std::lock_guard lock{wait->mutex};
            wait->abandoned = true;
            wait->finished  = nullptr;
            last            = std::move(wait->executor);
        }
    };
    const leave on_exit{wait, stop};

    run_on_pool([wait, stop, job = std::move(job)]() mutable {
        try {
            job(*stop);
        } catch (...) {
            wait->thrown = std::current_exception();
        }
        job = nullptr;  // what it owns is freed here, not under the lock
        const std::lock_guard lock{wait->mutex};
        if (wait->abandoned) return;
        net::post(wait->executor, [wait] {
            if (wait->finished != nullptr) wait->finished->set();
        });
    });
    co_await finished.wait();
    if (wait->thrown) std::rethrow_exception(wait->thrown);
}

}  // namespace forage::detail
