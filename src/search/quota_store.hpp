// The file that counts requests: one SQLite database for all processes. All of it blocks, so it runs on the worker
// pool.
#pragma once

#include <forage/quota.hpp>
#include <forage/result.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace forage::detail {

/// What a request to a service is measured by.
struct quota_limits {
    int per_day = 0, per_month = 0;  ///< 0: no limit
    std::int64_t micro_usd           = 0;
    std::int64_t micro_usd_per_month = 0;  ///< of all services

    /// A service that needs no key has no limit but its own.
    [[nodiscard]] static quota_limits of(const quota_options& options, provider p, bool has_key);
};

/// Whose requests are counted. Not the key itself: what tells one from another.
class asked_service {
public:
    asked_service(std::string_view service, std::string_view key);

    [[nodiscard]] bool has_key() const noexcept { return account_.size() > name_.size(); }
    /// What is counted is counted for this.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    /// What is spent is spent for this: another key has another plan.
    [[nodiscard]] const std::string& account() const noexcept { return account_; }

private:
    std::string name_, account_;
};

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
