// Which provider is asked, with how much time, and what its outcome means for the others.
#include "search/chain.hpp"

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

search_attempt failed_attempt(provider p, error why) {
    search_attempt attempt;
    attempt.provider = p;
    attempt.error    = std::move(why);
    return attempt;
}

// A provider that hangs must leave time for those after it: all but the last get half of what is left.
deadline share_of(deadline until, bool is_last) {
    if (is_last || until.is_never()) return until;
    return earlier(until, deadline::after(std::max(until.left() / 2, std::chrono::milliseconds{1})));
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

    std::vector<search_attempt> attempts;
    std::vector<provider> configured;
    for (const auto p : without_repeats(chain)) {
        const auto ready = provider_of(p).check_options(*context->options);
        if (ready || ready.error().code != errc::not_configured) configured.push_back(p);
    }

    std::optional<search_results> empty_answer;
    error last{errc::not_configured, "no provider of the chain is configured"};
    for (const auto p : without_repeats(chain)) {
        if (std::find(configured.begin(), configured.end(), p) == configured.end()) {
            auto why = provider_of(p).check_options(*context->options).error();
            why.host = to_string(p);
            attempts.push_back(failed_attempt(p, std::move(why)));
            continue;
        }
        const auto started = std::chrono::steady_clock::now();
        const bool is_last = p == configured.back();
        auto found         = co_await search_provider_pages(context, p, call, share_of(until, is_last));
        if (!found) {
            last = std::move(found.error());
            context->log(log_level::info, "search: " + last.message());
            attempts.push_back(failed_attempt(p, last));
            attempts.back().spent =
                std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
            continue;
        }
        attempts.insert(attempts.end(), found->attempts.begin(), found->attempts.end());
        if (!found->hits.empty()) {
            found->attempts = std::move(attempts);
            co_return found;
        }
        if (!empty_answer) empty_answer = *std::move(found);
    }
    // "Nothing found" is an answer; that others failed is told beside it.
    if (!empty_answer) co_return last;
    empty_answer->attempts = std::move(attempts);
    co_return *std::move(empty_answer);
}

}  // namespace forage::detail
