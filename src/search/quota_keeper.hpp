// Counting the requests of a search: before each is made, and after it.
#pragma once

#include "core/deadline.hpp"
#include "search/search_state.hpp"

#include <forage/detail/awaitable_fwd.hpp>
#include <forage/search.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace forage::detail {

/// One request of a search at a provider. Does nothing where nothing is counted. Runs on the client's strand; what
/// blocks runs on the worker pool.
class quota_keeper {
public:
    quota_keeper(const std::shared_ptr<search_state>& state, provider p);

    /// Counts the request. Errors: quota_exceeded, file_failed; timed_out. Cancellation unwinds; it may stay counted.
    awaitable<result<void>> reserve(deadline until);
    /// What a request came to for those who count.
    struct settlement {
        bool is_unused = false;                                            ///< it was not made at all
        std::optional<std::chrono::system_clock::time_point> spent_until;  ///< it was the last for now
        settlement() = default;
    };
    [[nodiscard]] static settlement settlement_of(const result<hit_page>& outcome);
    /// Writes down what is not yet counted so.
    awaitable<void> settle(settlement what, deadline until);

private:
    std::shared_ptr<quota_store> store_;
    asked_service asked_;
    quota_limits limits_;
    std::chrono::system_clock::time_point asked_at_{};
};

}  // namespace forage::detail
