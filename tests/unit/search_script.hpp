// A search context whose service, clock and pauses are scripted: no network, no waiting.
#pragma once

#include "search/pager.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <deque>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace forage::testing {

struct search_script {
    std::deque<result<detail::http_response>> answers;
    std::vector<detail::http_request> requests;
    std::vector<std::chrono::milliseconds> pauses;
    std::chrono::steady_clock::time_point now{std::chrono::hours{1}};
    std::vector<std::string> log;
    std::shared_ptr<detail::search_state> state = std::make_shared<detail::search_state>(client_options{});
    client_options options;

    search_script() {
        options.google_key = "google-secret";
        options.google_cx  = "cx";
        options.bing_key   = "bing-secret";
    }

    void answer(int status, std::string body) {
        detail::http_response response;
        response.status = status;
        response.body   = std::move(body);
        answers.emplace_back(std::move(response));
    }
    void answer_retry_after(int status, std::string seconds) {
        answer(status, "");
        answers.back()->fields.push_back({"Retry-After", std::move(seconds)});
    }
    void fail(errc code, phase where = phase::connect) {
        answers.emplace_back(error{code, "scripted"}.at(where).on("a-host"));
    }

    /// Valid while the script lives.
    [[nodiscard]] detail::shared_search_context context() {
        auto made     = std::make_shared<detail::search_context>();
        made->options = std::make_shared<const client_options>(options);
        made->state   = state;
        made->send    = [this](detail::http_request request) { return reply(std::move(request)); };
        made->pause   = [this](std::chrono::milliseconds length) { return pass(length); };
        made->now     = [this] { return now; };
        made->log     = [this](log_level, const std::string& line) { log.push_back(line); };
        return made;
    }

private:
    awaitable<result<detail::http_response>> reply(detail::http_request request) {
        requests.push_back(std::move(request));
        if (answers.empty()) {
            ADD_FAILURE() << "a request too many: " << requests.back().target.redacted();
            co_return error{errc::internal, "nothing scripted"};
        }
        auto next = std::move(answers.front());
        answers.pop_front();
        co_return next;
    }

    awaitable<void> pass(std::chrono::milliseconds length) {
        pauses.push_back(length);
        now += length;
        co_return;
    }
};

/// A page of Google's with hits number `first` to `last`; `next` is the start of the next page, 0 for none.
inline std::string google_page(int first, int last, int next) {
    std::string items;
    for (int i = first; i <= last; ++i) {
        const auto n = std::to_string(i);
        items += (items.empty() ? "" : ",") + std::string{"{\"title\":\"T"} + n + "\",\"link\":\"https://h" + n +
                 ".example/\"}";
    }
    return "{\"searchInformation\":{\"totalResults\":\"500\"},\"queries\":{" +
           (next > 0 ? "\"nextPage\":[{\"startIndex\":" + std::to_string(next) + "}]" : std::string{}) +
           "},\"items\":[" + items + "]}";
}

inline const char* const google_nothing = R"({"queries":{},"searchInformation":{"totalResults":"0"}})";
inline const char* const bing_nothing   = R"({"_type":"SearchResponse"})";
inline const char* const duckduckgo_one =
    "<div class=result><a class=result__a href=https://d.example/>D</a></div>"
    "<form><input type=hidden name=q value=x><input type=hidden name=s value=10></form>";
inline const char* const duckduckgo_second = "<div class=result><a class=result__a href=https://e.example/>E</a></div>";

}  // namespace forage::testing
