// The process's pool of worker threads, and the one way from a coroutine to it and back.
#pragma once

#include <forage/detail/awaitable_fwd.hpp>

#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace forage::detail {

/// Queues `job` on the pool: one thread per core, started with the first job. The job must not throw.
void run_on_pool(std::function<void()> job);

/// Runs `job` on the pool and resumes on the caller's executor. When the caller is cancelled it resumes at once, by
/// throwing; the job is told through its flag, which a long one looks at now and then, and its outcome is dropped. What
/// the job throws, as for exhausted memory, is thrown here. The job owns all it touches.
awaitable<void> offload_job(std::function<void(const std::atomic<bool>&)> job);

/// The same for a job with a result: `work(const std::atomic<bool>& stop) -> T`.
template <class T, class Work>
awaitable<T> offload(Work work) {
    auto box = std::make_shared<std::optional<T>>();
    // Shared, because std::function wants copyable callables and `work` may own move-only things.
    auto shared                                       = std::make_shared<Work>(std::move(work));
    std::function<void(const std::atomic<bool>&)> job = [box, shared](const std::atomic<bool>& stop) {
        box->emplace((*shared)(stop));
    };
    co_await offload_job(std::move(job));
    co_return std::move(**box);
}

}  // namespace forage::detail
