// busy_pool: a worker pool without a thread to spare, so that what needs one cannot end.
#pragma once

#include "core/worker_pool.hpp"

#include <algorithm>
#include <cstddef>
#include <latch>
#include <thread>

namespace forage::testing {

/// Keeps all threads of the worker pool busy until it is destroyed.
class busy_pool {
public:
    busy_pool() : started_{threads}, release_{1} {
        for (unsigned i = 0; i < threads; ++i) {
            detail::run_on_pool([this] {
                started_.count_down();
                release_.wait();
                ended_.count_down();
            });
        }
        started_.wait();
    }
    ~busy_pool() {
        release();
        ended_.wait();
    }
    busy_pool(const busy_pool&)            = delete;
    busy_pool& operator=(const busy_pool&) = delete;
    void release() {
        if (!released_) release_.count_down();
        released_ = true;
    }

private:
    const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    std::latch started_;
    std::latch release_;
    std::latch ended_{static_cast<std::ptrdiff_t>(threads)};
    bool released_ = false;
};

}  // namespace forage::testing
