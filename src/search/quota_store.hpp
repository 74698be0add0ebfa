// The file that counts requests: one SQLite database for all processes. All of it blocks, so it runs on the worker
// pool.
#pragma once

#include "search/quota_limits.hpp"

#include <forage/result.hpp>

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

namespace forage::detail {

/// From any thread.
class quota_store {
public:
    using time_point = std::chrono::system_clock::time_point;

    /// Opens nothing yet.
    explicit quota_store(std::string file);
    ~quota_store();
    quota_store(const quota_store&)            = delete;
    quota_store& operator=(const quota_store&) = delete;

    /// Counts a request that is to be made. Errors: quota_exceeded, with the time it may be made; file_failed.
    [[nodiscard]] result<void> reserve(const asked_service& asked, const quota_limits& limits, time_point now);
    /// The request that was counted at `then` was not made after all.
    void give_back(const asked_service& asked, const quota_limits& limits, time_point then);
    /// The service says that it has no request left until then.
    void is_spent(const asked_service& asked, time_point until);

private:
    class database;

    [[nodiscard]] result<database*> open();
    [[nodiscard]] error failed() const;

    const std::string file_;
    std::mutex mutex_;
    std::unique_ptr<database> database_;  // guarded by mutex_
};

}  // namespace forage::detail
