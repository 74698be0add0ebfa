// The coroutines of a search at one provider. Everything that depends on the provider is behind search/provider.hpp.
#include "search/pager.hpp"

#include "core/with_deadline.hpp"
#include "core/worker_pool.hpp"
#include "http/host_manners.hpp"
#include "search/form.hpp"
#include "search/provider.hpp"
#include "search/quota_keeper.hpp"

#include <algorithm>
#include <atomic>
#include <unordered_set>
#include <utility>

namespace forage::detail {
namespace {

static_assert(search_options{}.timeout == usual_patience);

constexpr int most_requests            = 40;  // of one search, so that a service that repeats itself ends
constexpr std::size_t longest_query    = 2048;
constexpr std::size_t longest_token    = 16 * 1024;
constexpr std::size_t max_answer_bytes = 4 * 1024 * 1024;

void remove_all(std::string& text, std::string_view part) {
    if (part.empty()) return;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        text.replace(at, part.size(), "*");
}

// Messages are cut at a length, perhaps in the middle of a key. Fewer than four characters of one tell nothing.
void remove_cut_off(std::string& text, std::string_view part) {
    for (auto length = std::min(part.size(), text.size()); length >= 4; --length) {
        if (!text.ends_with(part.substr(0, length))) continue;
        text.replace(text.size() - length, length, "*");
        return;
    }
}

// A service may quote the request in its message, and the request held the key.
error without_secrets(error e, const client_options& options) {
    std::vector<const secret*> keys{&options.google_key, &options.bing_key};
    for (const auto& [p, access] : options.services) keys.push_back(&access.key);
    for (const secret* key : keys) {
        for (const auto& written : {key->reveal(), form_encode(key->reveal())}) {
            remove_all(e.what, written);
            remove_cut_off(e.what, written);
        }
    }
    return e;
}

error not_asked(provider p, errc code, std::string what, std::string hint) {
    error e{code, std::move(what), std::move(hint)};
    e.host  = to_string(p);
    e.where = phase::queue;
    return e;
}

error not_asked_for(std::chrono::milliseconds rest, provider p, errc code, std::string what, std::string hint) {
    auto e     = not_asked(p, code, std::move(what), std::move(hint));
    e.retry_at = std::chrono::system_clock::now() + rest;
    return e;
}

error blocked_error(provider p, std::chrono::milliseconds rest) {
    return not_asked_for(
        rest, p, errc::challenge, "not asked: it refused an earlier request", "wait, or use a provider with an API key"
    );
}

error broken_error(provider p, std::chrono::milliseconds rest) {
    return not_asked_for(
        rest,
        p,
        errc::host_unavailable,
        "not asked, after failures in a row",
        "try again later, or use another provider"
    );
}

error limited_error(provider p, std::chrono::milliseconds rest) {
    return not_asked_for(
        rest, p, errc::rate_limited, "not asked: it wants to be left alone for now", "wait, or use another provider"
    );
}

error out_of_time(provider p) { return not_asked(p, errc::timed_out, "no time left to ask", {}); }

void count_failure(const search_context& context, provider_gate& gate) {
    gate.has_failed(context.now(), context.options->host_failures, context.options->host_pause);
}

// Tells the gate what an answer that has come and been read means for the next request.
void heed(const search_context& context, provider_gate& gate, manners pace, result<hit_page>& page) {
    const auto leave_alone_until = [&](std::chrono::system_clock::time_point then) {
        gate.is_limited(context.now() + (then - std::chrono::system_clock::now()));
    };
    if (page) {
        gate.was_answered();
        if (page->limits.gap) gate.wants_gap(context.now(), *page->limits.gap);
        if (page->limits.not_before) leave_alone_until(*page->limits.not_before);
        return;
    }
    auto& why = page.error();
    if (why.code == errc::server_error) return count_failure(context, gate);
    gate.has_spoken();
    if (why.retry_at && (why.code == errc::rate_limited || why.code == errc::quota_exceeded))
        leave_alone_until(*why.retry_at);
    if (why.code != errc::challenge && why.code != errc::rate_limited) return;
    // Services without a block of their own say how long in their answers, which the retry policy obeys.
    const auto came = std::chrono::system_clock::now();
    gate.was_refused(context.now(), pace);
    if (pace.first_block.count() > 0)
        why.retry_at = std::max(why.retry_at.value_or(came), came + gate.blocked_for(context.now()));
}

// Waits until the service may be asked. Others may have been refused while we waited, so it looks again.
awaitable<result<void>> await_turn(shared_search_context context, provider p, deadline until) {
    auto& gate = context->state->gate(p);
    for (;;) {
        const auto now = context->now();
        if (const auto rest = gate.blocked_for(now); rest.count() > 0) co_return blocked_error(p, rest);
        if (const auto rest = gate.open_for(now); rest.count() > 0) co_return broken_error(p, rest);
        const auto wait = gate.wait_for_turn(now);
        if (wait >= until.left()) {
            const auto limited = gate.limited_for(now);
            co_return limited.count() > 0 ? limited_error(p, limited) : out_of_time(p);
        }
        if (wait.count() == 0) break;
        co_await context->pause(wait);
    }
    gate.took_turn(context->now(), provider_of(p).pace());
    co_return result<void>::success();
}

result<hit_page> read_now(const search_provider& service, const page_query& ask, const http_response& response) {
    const auto asked = response.final_url.text();
    provider_answer answer;
    answer.status = response.status;
    answer.url    = asked;
    answer.body   = response.body;
    answer.fields = &response.fields;
    answer.now    = std::chrono::system_clock::now();
    auto page     = service.read(ask, answer);
    if (page) page->limits = combined(read_rate_limits(answer), page->limits);
    return page;
}

// Reading 4 MB that are made for it takes 80 ms; what is larger than most answers goes to a worker.
awaitable<result<hit_page>> read_answer(provider p, page_query ask, http_response response, deadline until) {
    constexpr std::size_t read_inline_bytes = 16 * 1024;
    const auto& service                     = provider_of(p);
    if (response.body.size() <= read_inline_bytes) co_return read_now(service, ask, response);
    auto read = [&service, ask = std::move(ask), response = std::move(response)](const std::atomic<bool>&) {
        return read_now(service, ask, response);
    };
    auto page = co_await with_deadline(offload<result<hit_page>>(std::move(read)), last_call(until));
    if (!page) co_return error{errc::timed_out, "the answer was not read in time", "allow more time"}.at(phase::read);
    co_return *std::move(page);
}

awaitable<result<hit_page>>
ask_once(shared_search_context context, provider p, page_query ask, deadline until, deadline of_caller) {
    const auto& service = provider_of(p);
    auto request        = service.request(*context->options, ask);
    if (!request) co_return request.error();
    // No redirects: they would carry the key to whoever the answer names.
    request->follow_redirects = false;
    request->is_counted       = context->state->quota != nullptr;
    request->max_body_bytes   = max_answer_bytes;
    request->until            = until;

    const auto turn = co_await await_turn(context, p, until);
    if (!turn) co_return turn.error();
    quota_keeper quota{context->state, p};
    const auto counted = co_await quota.reserve(until);
    if (!counted) co_return counted.error();
    auto& gate    = context->state->gate(p);
    auto response = co_await context->send(*std::move(request));
    result<hit_page> page;
    if (response) {
        page = co_await read_answer(p, std::move(ask), *std::move(response), until);
        heed(*context, gate, service.pace(), page);
    } else {
        if (is_the_hosts_fault(response.error(), of_caller)) count_failure(*context, gate);
        page = std::move(response.error());
    }
    const auto what = quota_keeper::settlement_of(page);
    co_await quota.settle(what, until);
    co_return page;
}

// As async_retry, but it does not begin a wait that cannot end in time: the last error says more than "timed out".
awaitable<result<hit_page>>
ask_with_retries(shared_search_context context, provider p, page_query ask, deadline until, search_call call) {
    const auto of_caller = haste_of_caller(call.timeout, context->options->total_timeout, until);
    for (int attempt = 1;; ++attempt) {
        auto page = co_await ask_once(context, p, ask, until, of_caller);
        if (page) co_return page;
        page.error()      = without_secrets(std::move(page.error()), *context->options);
        page.error().host = to_string(p);
        const auto wait   = delay_before_retry(call.retry, attempt, page.error());
        if (!wait || *wait >= until.left()) co_return page;
        if (context->may_retry && !context->may_retry()) co_return page;
        context->log(log_level::debug, "search retry: " + page.error().message());
        co_await context->pause(*wait);
    }
}

// Hits of all pages, without repeats.
class hit_list {
public:
    hit_list(std::size_t wanted, int first_rank) : wanted_{wanted}, next_rank_{first_rank} {}

    [[nodiscard]] bool is_full() const noexcept { return hits_.size() >= wanted_; }
    [[nodiscard]] std::size_t missing() const noexcept { return wanted_ - hits_.size(); }

    struct intake {
        bool any_new = false;
        int left_out = 0;  ///< position of the first entry there was no room for; 0: all were taken
    };
    intake add(std::vector<search_hit> page) {
        intake in;
        for (auto& hit : page) {
            if (seen_.contains(hit.url)) continue;
            if (is_full()) {
                in.left_out = hit.rank;
                break;
            }
            seen_.insert(hit.url);
            hit.rank  = next_rank_++;
            hit.ranks = {{hit.provider, hit.rank}};
            hits_.push_back(std::move(hit));
            in.any_new = true;
        }
        return in;
    }
    [[nodiscard]] std::vector<search_hit> take() { return std::move(hits_); }

private:
    std::vector<search_hit> hits_;
    std::unordered_set<std::string> seen_;
    std::size_t wanted_;
    int next_rank_;
};

}  // namespace

search_call::search_call(std::string_view question, const search_options& options)
    : query{question}, page{options.page}, language{options.language}, count{options.count}, timeout{options.timeout},
      retry{options.retry}, together{options.together} {}

std::string public_token(provider p, std::string_view token) {
    if (token.empty()) return {};
    return std::string{to_string(p)}.append(":").append(token);
}

result<void> check_call(const search_call& call) {
    if (call.count < 1) return error{errc::bad_argument, "count must be at least 1"};
    if (call.query.find_first_not_of(" \t\r\n") == std::string::npos)
        return error{errc::bad_argument, "the query is empty"};
    if (call.query.size() > longest_query) return error{errc::bad_argument, "the query is longer than 2,048 bytes"};
    if (call.page.size() > longest_token) return error{errc::bad_argument, "not a page token"};
    const bool is_tag =
        call.language.size() <= 35 && std::all_of(call.language.begin(), call.language.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        });
    if (!is_tag) return error{errc::bad_argument, "the language is not a BCP 47 tag"};
    return result<void>::success();
}

awaitable<result<search_results>>
search_provider_pages(shared_search_context context, provider p, search_call call, deadline until) {
    const auto started  = std::chrono::steady_clock::now();
    const auto& service = provider_of(p);
    auto checked        = check_call(call);
    if (checked) checked = service.check_options(*context->options);
    const auto prefix = public_token(p, "0").substr(0, to_string(p).size() + 1);
    if (checked && !call.page.empty() && !call.page.starts_with(prefix))
        checked = error{errc::bad_argument, "the page token is of another provider"};
    if (!checked) {
        checked.error().host = to_string(p);
        co_return checked.error();
    }

    page_query ask;
    ask.query    = call.query;
    ask.language = call.language;
    if (!call.page.empty()) ask.token = call.page.substr(prefix.size());

    search_results found;
    search_attempt attempt;
    attempt.provider = p;
    hit_list hits{static_cast<std::size_t>(std::min(call.count, service.most_hits())), service.first_rank(ask.token)};
    for (int requests = 1;; ++requests) {
        ask.wanted = static_cast<int>(hits.missing());
        auto page  = co_await ask_with_retries(context, p, ask, until, call);
        if (!page) {
            // What the first pages gave is worth having: the error goes into the attempt.
            if (requests == 1) co_return page.error();
            attempt.error = std::move(page.error());
            context->log(log_level::info, "search stopped early: " + attempt.error->message());
            break;
        }
        if (page->total) found.total_estimate = page->total;
        if (found.corrected_query.empty()) found.corrected_query = std::move(page->corrected);
        const auto intake = hits.add(std::move(page->hits));
        ask.token         = intake.left_out > 0 ? service.token_after(ask, intake.left_out - 1) : page->next;
        if (hits.is_full() || ask.token.empty() || !intake.any_new || requests == most_requests) break;
    }
    found.hits      = hits.take();
    found.next_page = public_token(p, ask.token);
    attempt.hits    = found.hits.size();
    attempt.spent   = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
    found.attempts.push_back(std::move(attempt));
    co_return found;
}

}  // namespace forage::detail
