// What the requests to a service are counted for, and against.
#pragma once

#include <forage/quota.hpp>

#include <cstdint>
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

}  // namespace forage::detail
