// From one provider's pages to a list of hits: paging, retries, manners and the time they may all take.
#pragma once

#include "core/deadline.hpp"
#include "http/message.hpp"
#include "search/search_state.hpp"

#include <forage/client.hpp>
#include <forage/detail/awaitable_fwd.hpp>
#include <forage/search.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace forage::detail {

/// What a search needs of its client. Tests put scripted functions here.
struct search_context {
    std::shared_ptr<const client_options> options;
    std::shared_ptr<search_state> state;
    std::function<awaitable<result<http_response>>(http_request)> send;
    std::function<awaitable<void>(std::chrono::milliseconds)> pause;
    std::function<std::chrono::steady_clock::time_point()> now;  ///< for manners; deadlines keep their own clock
    std::function<bool()> may_retry;  ///< whether the client's budget has a retry left, and takes it; empty: always
    std::function<void(log_level, const std::string&)> log;

    search_context() = default;
};
using shared_search_context = std::shared_ptr<const search_context>;

/// The arguments of a public search, owned.
struct search_call {
    std::string query;
    std::string page;
    std::string language;
    int count = 10;
    std::chrono::milliseconds timeout{};
    retry_policy retry;
    bool together = false;

    search_call() = default;
    search_call(std::string_view question, const search_options& options);
};

/// The public form of a token says whose it is: "google:11".
[[nodiscard]] std::string public_token(provider p, std::string_view token);

/// Errors: bad_argument, for a query, count, language or page no provider can take.
[[nodiscard]] result<void> check_call(const search_call& call);

/// Asks provider `p` for pages until `call.count` hits are there, there are no more, or `until` passes. A failure after
/// the first page gives the hits there are, `next_page` where it stopped, and the error in `attempts`. Runs on the
/// client's strand. Cancellation unwinds.
awaitable<result<search_results>>
search_provider_pages(shared_search_context context, provider p, search_call call, deadline until);

}  // namespace forage::detail
