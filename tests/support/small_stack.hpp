// on_small_stack: where a walk that recurses dies at two thousand levels.
#pragma once

#include <functional>
#include <gtest/gtest.h>
#include <pthread.h>

namespace forage::testing {

/// Runs `work` on a thread with 256 KiB of stack, and waits for it.
inline void on_small_stack(std::function<void()> work) {
    pthread_attr_t attributes;
    ASSERT_EQ(pthread_attr_init(&attributes), 0);
    ASSERT_EQ(pthread_attr_setstacksize(&attributes, 256 * 1024), 0);
    const auto run = [](void* f) -> void* {
        (*static_cast<std::function<void()>*>(f))();
        return nullptr;
    };
    pthread_t thread;
    ASSERT_EQ(pthread_create(&thread, &attributes, run, &work), 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
}

}  // namespace forage::testing
