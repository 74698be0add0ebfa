// stopwatch: how long something took, less the time its thread waited for a core: for bounds that hold on busy
// machines.
#pragma once

#include <chrono>
#include <cstdint>
#include <fstream>

namespace forage::testing {

/// Runs from its construction. One thread. Waits for locks, timers and sockets count in full.
class stopwatch {
public:
    [[nodiscard]] std::chrono::nanoseconds elapsed() const {
        return clock::now() - began_ - (without_core() - without_core_);
    }

private:
    using clock = std::chrono::steady_clock;

    // Of the kernel's scheduler statistics: ns spent on a run queue is the second number. 0 where they are turned off.
    static std::chrono::nanoseconds without_core() {
        std::ifstream statistics{"/proc/thread-self/schedstat"};
        std::int64_t running = 0;
        std::int64_t waiting = 0;
        statistics >> running >> waiting;
        return std::chrono::nanoseconds{waiting};
    }

    std::chrono::nanoseconds without_core_ = without_core();
    clock::time_point began_               = clock::now();
};

}  // namespace forage::testing
