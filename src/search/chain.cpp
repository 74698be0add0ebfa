// Which provider is asked, with how much time, and what its outcome means for the others.
#include "search/chain.hpp"

#include "core/stop_if_cancelled.hpp"
#include "search/fusion.hpp"

#include <forage/fan_out.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace forage::detail {
namespace {

// Those that search all of it, those that need a key first: whoever has one wants it used, and DuckDuckGo is patient
// with few.
constexpr std::array whole_web{
    provider::google,
    provider::bing,
    provider::webiq,
    provider::brave,
    provider::tavily,
    provider::exa,
    provider::serper,
    provider::searxng,
    provider::duckduckgo,
};

std::vector<provider> without_repeats(const std::vector<provider>& chain) {
    std::vector<provider> distinct;
    for (const auto p : chain)
        if (std::find(distinct.begin(), distinct.end(), p) == distinct.end()) distinct.push_back(p);
    return distinct;
}

// A provider that hangs must leave time for those after it: all but the last get half of what is left.
deadline share_of(deadline until, bool is_last) {
    if (is_last || until.is_never()) return until;
    return earlier(until, deadline::after(std::max(until.left() / 2, std::chrono::milliseconds{1})));
}

// What one provider of the chain did, and gave.
struct outcome {
    search_attempt attempt;
    std::optional<search_results> found;
    outcome() = default;
};

awaitable<outcome> ask(shared_search_context context, provider p, search_call call, deadline until) {
    const auto started = std::chrono::steady_clock::now();
    auto found         = co_await search_provider_pages(context, p, std::move(call), until);
    outcome one;
    if (found) {
        one.attempt = found->attempts.front();
        one.found   = *std::move(found);
        co_return one;
    }
    one.attempt.provider = p;
    one.attempt.error    = std::move(found.error());
    one.attempt.spent =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
    if (one.attempt.error->code != errc::not_configured)
        context->log(log_level::info, "search: " + one.attempt.error->message());
    co_return one;
}

// Until one gives hits.
awaitable<std::vector<outcome>>
ask_in_turn(shared_search_context context, search_call call, std::vector<provider> chain, deadline until) {
    auto last = chain.back();
    for (const auto p : chain) {
        const auto ready = provider_of(p).check_options(*context->options);
        if (ready || ready.error().code != errc::not_configured) last = p;
    }
    std::vector<outcome> all;
    for (const auto p : chain) {
        auto one = co_await ask(context, p, call, share_of(until, p == last));
        all.push_back(std::move(one));
        if (all.back().found && !all.back().found->hits.empty()) break;
    }
    co_return all;
}

awaitable<std::vector<outcome>>
ask_together(shared_search_context context, search_call call, std::vector<provider> chain, deadline until) {
    const fan_out_options all_at_once{.concurrency = static_cast<int>(chain.size())};
    const auto ask_one = [context, call, until](provider p) { return ask(context, p, call, until); };
    using lanes        = fan_out_result<outcome>;
    using nothing      = no_callback<outcome>;
    lanes joined       = co_await fan_out_here<std::vector<provider>, decltype(ask_one), nothing, outcome>(
        chain, all_at_once, ask_one, nothing{}
    );
    co_await stop_if_cancelled();
    std::vector<outcome> all(chain.size());
    for (std::size_t i = 0; i < joined.values.size(); ++i) all[joined.indices[i]] = std::move(joined.values[i]);
    for (auto& [index, why] : joined.failures) {
        all[index].attempt.provider = chain[index];
        all[index].attempt.error    = std::move(why);
    }
    co_return all;
}

// One list of what several gave.
search_results fused(std::vector<outcome>& all, int count) {
    search_results one;
    std::vector<std::vector<search_hit>> lists;
    for (auto& each : all) {
        if (!each.found) continue;
        if (one.corrected_query.empty()) one.corrected_query = each.found->corrected_query;
        lists.push_back(std::move(each.found->hits));
    }
    one.hits = fuse(std::move(lists), static_cast<std::size_t>(count));
    return one;
}

}  // namespace

awaitable<result<search_results>>
search_chain(shared_search_context context, search_call call, std::vector<provider> chain) {
    const auto until = deadline::after(call.timeout);
    if (const auto checked = check_call(call); !checked) co_return checked.error();
    if (chain.empty()) chain.assign(whole_web.begin(), whole_web.end());
    if (!call.page.empty()) {
        const auto owner = provider_named(std::string_view{call.page}.substr(0, call.page.find(':')));
        if (!owner) co_return error{errc::bad_argument, "not a page token"};
        chain.assign(1, *owner);
    }
    if (!std::all_of(chain.begin(), chain.end(), is_known)) co_return error{errc::bad_argument, "no such provider"};

    auto distinct         = without_repeats(chain);
    const bool is_several = call.together && distinct.size() > 1;
    std::vector<outcome> all;
    if (is_several) {
        all = co_await ask_together(context, call, std::move(distinct), until);
    } else {
        all = co_await ask_in_turn(context, call, std::move(distinct), until);
    }

    std::vector<search_attempt> attempts;
    search_results* answer = nullptr;
    error last{errc::not_configured, "no provider of the chain is configured"};
    for (auto& each : all) {
        // "Nothing found" is an answer; that others failed is told beside it.
        if (each.found && (answer == nullptr || answer->hits.empty())) answer = &*each.found;
        if (each.attempt.error && each.attempt.error->code != errc::not_configured) last = *each.attempt.error;
        attempts.push_back(std::move(each.attempt));
    }
    if (answer == nullptr) co_return last;
    auto found     = is_several ? fused(all, call.count) : std::move(*answer);
    found.attempts = std::move(attempts);
    co_return found;
}

}  // namespace forage::detail
