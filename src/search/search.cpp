// The public searches: plain functions that own what they were given before they return (docs/guarantees.md).
#include "http/client_impl.hpp"
#include "http/exchange.hpp"
#include "search/chain.hpp"

#include <forage/retry.hpp>
#include <forage/search.hpp>

#include <utility>
#include <vector>

namespace forage {
namespace detail {
namespace {

awaitable<result<search_results>> search_at(std::shared_ptr<client_impl> web, provider p, search_call call) {
    call.timeout     = web->time_for(call.timeout);
    const auto until = deadline::after(call.timeout);
    auto context     = search_context_of(std::move(web));
    co_return co_await search_provider_pages(std::move(context), p, std::move(call), until);
}

awaitable<result<search_results>>
search_in_turn(std::shared_ptr<client_impl> web, search_call call, std::vector<provider> chain) {
    call.timeout = web->time_for(call.timeout);
    auto context = search_context_of(std::move(web));
    co_return co_await search_chain(std::move(context), std::move(call), std::move(chain));
}

awaitable<result<search_results>>
start_search(const client& web, provider p, std::string_view query, const search_options& options) {
    return on_strand(web.impl(), search_at(web.impl(), p, search_call{query, options}));
}

}  // namespace

shared_search_context search_context_of(std::shared_ptr<client_impl> web) {
    if (!web->search) web->search = std::make_shared<search_state>(web->options);
    auto context       = std::make_shared<search_context>();
    context->options   = web->search->options;
    context->state     = web->search;
    context->send      = [web](http_request request) { return fetch_decoded(web, std::move(request)); };
    context->pause     = [](std::chrono::milliseconds length) { return pause(length); };
    context->now       = [] { return std::chrono::steady_clock::now(); };
    context->may_retry = [web] {
        const bool may = web->retries.take(std::chrono::steady_clock::now());
        if (may) web->count.retries.fetch_add(1, std::memory_order_relaxed);
        return may;
    };
    context->log = [web](log_level level, const std::string& line) { web->log(level, line); };
    return context;
}

}  // namespace detail

awaitable<result<search_results>> search_google(const client& web, std::string_view query, search_options options) {
    return detail::start_search(web, provider::google, query, options);
}

awaitable<result<search_results>> search_bing(const client& web, std::string_view query, search_options options) {
    return detail::start_search(web, provider::bing, query, options);
}

awaitable<result<search_results>> search_duckduckgo(const client& web, std::string_view query, search_options options) {
    return detail::start_search(web, provider::duckduckgo, query, options);
}

awaitable<result<search_results>>
search(const client& web, std::string_view query, search_options options, std::span<const provider> chain) {
    return detail::on_strand(
        web.impl(),
        detail::search_in_turn(
            web.impl(), detail::search_call{query, options}, std::vector<provider>{chain.begin(), chain.end()}
        )
    );
}

}  // namespace forage
