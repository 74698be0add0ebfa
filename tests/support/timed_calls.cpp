#include "support/timed_calls.hpp"

#include "support/loop_watch.hpp"

#include <forage/blocking.hpp>
#include <forage/scrape.hpp>
#include <forage/search.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <thread>
#include <utility>

namespace forage::testing {

namespace {

using clock        = std::chrono::steady_clock;
using milliseconds = std::chrono::milliseconds;

template <class T>
std::vector<error> errors_of(result<T> got) {
    if (got) return {};
    return {std::move(got).error()};
}
std::vector<error> errors_of(scrape_batch batch) {
    std::vector<error> errors;
    for (auto& each : batch.failures) errors.push_back(std::move(each.error));
    return errors;
}
std::vector<error> errors_of(result<scrape_batch> got) { return errors_of(std::move(got).value()); }

client_options searching(client_options settings, const std::string& url) {
    settings.google_key = "key";
    settings.google_cx  = "engine";
    settings.google_url = url;
    return settings;
}

std::vector<std::string> two_of(const std::string& url) { return {url, url + "?again"}; }

/// Without time for the batch, the pages have none of their own either.
scrape_options batch_of(milliseconds limit) {
    scrape_options how;
    how.deadline = limit;
    if (limit.count() == 0) how.page.timeout = limit;
    return how;
}

template <class T>
awaitable<call_outcome> timed(const char* name, awaitable<T> call) {
    call_outcome got;
    got.call         = name;
    const auto began = clock::now();
    auto result      = co_await std::move(call);
    got.lasted       = clock::now() - began;
    got.errors       = errors_of(std::move(result));
    co_return got;
}

template <class Call>
std::thread timed(call_outcome& got, const char* name, Call call) {
    got.call = name;
    return std::thread{[&got, call] {
        const auto began = clock::now();
        auto result      = call();
        got.lasted       = clock::now() - began;
        got.errors       = errors_of(std::move(result));
    }};
}

}  // namespace

awaited_outcomes
awaited_calls(boost::asio::io_context& io, const client_options& settings, const std::string& url, milliseconds limit) {
    constexpr std::size_t count = 3;
    awaited_outcomes all;
    loop_watch watch{io};
    watch.start();
    const auto start = [&](awaitable<call_outcome> call) {
        boost::asio::co_spawn(io, std::move(call), [&](std::exception_ptr thrown, call_outcome got) {
            if (thrown) std::rethrow_exception(thrown);
            all.calls.push_back(std::move(got));
            if (all.calls.size() == count) watch.stop();
        });
    };
    const auto executor = io.get_executor();
    const client first{executor, settings}, second{executor, settings}, third{executor, searching(settings, url)};
    start(timed("scrape_page", scrape_page(first, url, {.timeout = limit})));
    start(timed("scrape_pages", scrape_pages(second, two_of(url), batch_of(limit))));
    start(timed("search_google", search_google(third, "question", {.timeout = limit})));
    io.run();
    io.restart();
    all.longest_hold = watch.longest();
    return all;
}

std::vector<call_outcome> blocking_calls(const client_options& settings, const std::string& url, milliseconds limit) {
    std::vector<call_outcome> all(3);
    const blocking::client first{settings}, second{settings}, third{searching(settings, url)};
    std::vector<std::thread> threads;
    threads.push_back(timed(all[0], "blocking::scrape_page", [&] {
        return blocking::scrape_page(first, url, {.timeout = limit});
    }));
    threads.push_back(timed(all[1], "blocking::scrape_pages", [&] {
        return blocking::scrape_pages(second, two_of(url), batch_of(limit));
    }));
    threads.push_back(timed(all[2], "search_google, blocking", [&] {
        return blocking::search_google(third, "question", {.timeout = limit});
    }));
    for (auto& each : threads) each.join();
    return all;
}

}  // namespace forage::testing
