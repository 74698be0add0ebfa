// The network calls of the library, awaited and blocking, side by side against one URL: how each ended and after how
// long.
#pragma once

#include <forage/client.hpp>
#include <forage/error.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace forage::testing {

struct call_outcome {
    std::string call;           ///< the function's name; of a search it begins so
    std::vector<error> errors;  ///< none: it succeeded
    std::chrono::steady_clock::duration lasted{};

    [[nodiscard]] bool is_search() const { return call.starts_with("search"); }
};

struct awaited_outcomes {
    std::vector<call_outcome> calls;
    std::chrono::milliseconds longest_hold{};  ///< for which something held the loop
};

/// `scrape_page`, `scrape_pages` of two pages, and `search_google`, each by a client of its own that has `settings` and
/// asks `url`, and with `limit` as the time for all of it. Runs `io`, on which nothing else may run.
[[nodiscard]] awaited_outcomes awaited_calls(
    boost::asio::io_context& io, const client_options& settings, const std::string& url, std::chrono::milliseconds limit
);

/// Their blocking twins, each in a thread of its own.
[[nodiscard]] std::vector<call_outcome>
blocking_calls(const client_options& settings, const std::string& url, std::chrono::milliseconds limit);

}  // namespace forage::testing
