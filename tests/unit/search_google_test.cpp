// Google's requests, answers and every error body it is known to send.
#include "search/form.hpp"
#include "search/provider.hpp"

#include <gtest/gtest.h>
#include <string>

namespace forage::detail {
namespace {

const search_provider& google = google_provider();

client_options configured() {
    client_options options;
    options.google_key = "the-key";
    options.google_cx  = "the:cx";
    return options;
}

result<hit_page> read(int status, std::string_view body, std::string token = {}) {
    page_query ask;
    ask.token = std::move(token);
    provider_answer answer;
    answer.status = status;
    answer.body   = body;
    return google.read(ask, answer);
}

errc failure(int status, std::string_view body) {
    const auto page = read(status, body);
    if (page) return errc::ok;
    EXPECT_EQ(page.error().host, "google");
    return page.error().code;
}

std::string error_body(int code, std::string_view reason, std::string_view more = {}) {
    return R"({"error":{"code":)" + std::to_string(code) + R"(,"message":"m","errors":[{"reason":")" +
           std::string{reason} + R"(","domain":"global"}])" + std::string{more} + "}}";
}

std::string parameter(const page_query& ask, std::string_view name) {
    const auto request = google.request(configured(), ask);
    if (!request) return "error";
    return form_value(request->target.query(), name).value_or("none");
}

TEST(search_google, asks_for_no_more_than_it_may) {
    page_query ask;
    ask.query  = "a b&c";
    ask.wanted = 15;
    EXPECT_EQ(parameter(ask, "q"), "a b&c");
    EXPECT_EQ(parameter(ask, "key"), "the-key");
    EXPECT_EQ(parameter(ask, "cx"), "the:cx");
    EXPECT_EQ(parameter(ask, "num"), "10");
    EXPECT_EQ(parameter(ask, "start"), "1");
    ask.wanted = 3;
    ask.token  = "91";
    EXPECT_EQ(parameter(ask, "num"), "3");
    EXPECT_EQ(parameter(ask, "start"), "91");
    ask.wanted = 10;
    ask.token  = "96";
    EXPECT_EQ(parameter(ask, "num"), "5") << "100 results in all";
}

TEST(search_google, never_starts_past_100) {
    for (const auto* token : {"101", "0", "-1", "x", "1x", "99999999999"}) {
        page_query ask;
        ask.token = token;
        EXPECT_EQ(parameter(ask, "start"), "error") << token;
    }
}

TEST(search_google, language_restricts_where_google_can) {
    page_query ask;
    EXPECT_EQ(parameter(ask, "lr"), "none");
    const auto lr = [&](const char* tag) {
        ask.language = tag;
        return parameter(ask, "lr");
    };
    EXPECT_EQ(lr("en"), "lang_en");
    EXPECT_EQ(lr("pt-BR"), "lang_pt");
    EXPECT_EQ(lr("he"), "lang_iw");
    EXPECT_EQ(lr("zh-Hant"), "lang_zh-TW");
    EXPECT_EQ(lr("zh"), "lang_zh-CN");
    EXPECT_EQ(lr("sw"), "none") << "not a value Google takes: 400";
    EXPECT_EQ(parameter(ask, "hl"), "sw");
}

TEST(search_google, base_url_may_be_another_service) {
    auto options       = configured();
    options.google_url = "https://search.example:8443/v1?tenant=7#x";
    const auto request = google.request(options, {});
    ASSERT_TRUE(request);
    EXPECT_EQ(request->target.origin(), "https://search.example:8443");
    EXPECT_EQ(form_value(request->target.query(), "tenant"), "7");
    EXPECT_EQ(form_value(request->target.query(), "start"), "1");
    options.google_url = "ftp://x";
    EXPECT_EQ(google.request(options, {}).error().code, errc::bad_argument);
}

TEST(search_google, needs_key_and_engine) {
    EXPECT_TRUE(google.check_options(configured()));
    EXPECT_EQ(google.check_options({}).error().code, errc::not_configured);
    auto options      = configured();
    options.google_cx = "";
    EXPECT_EQ(google.check_options(options).error().code, errc::not_configured);
    options            = configured();
    options.google_key = "the-key\n";
    EXPECT_EQ(google.check_options(options).error().code, errc::invalid_key);
}

TEST(search_google, reads_hits_total_correction_and_next_page) {
    const auto page = read(200, R"({"queries":{"nextPage":[{"startIndex":11}]},
        "searchInformation":{"totalResults":"1320000"},"spelling":{"correctedQuery":"poker  face"},
        "items":[{"title":"One","link":"https://a.example/","snippet":"line \nbreak\u00a0here"},
                 {"title":"No URL","link":"mailto:a@b.example"},
                 {"title":"Two <b>","link":"HTTP://B.example","snippet":null}]})");
    ASSERT_TRUE(page);
    ASSERT_EQ(page->hits.size(), 2u);
    EXPECT_EQ(page->hits[0].title, "One");
    EXPECT_EQ(page->hits[0].snippet, "line break here");
    EXPECT_EQ(page->hits[0].rank, 1);
    EXPECT_EQ(page->hits[1].url, "http://b.example/");
    EXPECT_EQ(page->hits[1].title, "Two <b>") << "plain text already: a title may speak of tags";
    EXPECT_EQ(page->hits[1].rank, 3) << "position on the page";
    EXPECT_EQ(page->hits[1].provider, provider::google);
    EXPECT_EQ(page->total, 1'320'000u);
    EXPECT_EQ(page->corrected, "poker face");
    EXPECT_EQ(page->next, "11");
}

TEST(search_google, next_page_must_lead_on_and_exist) {
    const auto next = [](int start, std::string token) {
        return read(
                   200,
                   R"({"items":[],"queries":{"nextPage":[{"startIndex":)" + std::to_string(start) + "}]}}",
                   std::move(token)
        )
            ->next;
    };
    EXPECT_EQ(next(21, "11"), "21");
    EXPECT_EQ(next(11, "11"), "") << "no way on";
    EXPECT_EQ(next(1, ""), "");
    EXPECT_EQ(next(101, "91"), "") << "Google announces it and refuses it";
    EXPECT_EQ(next(100, "91"), "100");
}

TEST(search_google, no_items_is_no_hit) {
    const auto page = read(200, R"({"searchInformation":{"totalResults":"0"},"queries":{}})");
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->hits.empty());
    EXPECT_EQ(page->total, 0u);
}

TEST(search_google, refused_keys) {
    EXPECT_EQ(failure(400, error_body(400, "keyInvalid")), errc::invalid_key);
    EXPECT_EQ(
        failure(400, error_body(400, "badRequest", R"(,"details":[{"reason":"API_KEY_INVALID"}])")), errc::invalid_key
    );
    EXPECT_EQ(
        failure(400, R"({"error":{"code":400,"message":"API key not valid. Please pass a valid API key.",
            "errors":[{"reason":"badRequest"}],"status":"INVALID_ARGUMENT"}})"),
        errc::invalid_key
    );
    EXPECT_EQ(failure(403, error_body(403, "forbidden", R"(,"status":"PERMISSION_DENIED")")), errc::invalid_key);
    EXPECT_EQ(failure(403, error_body(403, "accessNotConfigured")), errc::invalid_key);
    EXPECT_EQ(failure(401, error_body(401, "authError")), errc::invalid_key);
}

TEST(search_google, quotas_and_rates) {
    EXPECT_EQ(failure(403, error_body(403, "dailyLimitExceeded")), errc::quota_exceeded);
    EXPECT_EQ(failure(403, error_body(403, "quotaExceeded")), errc::quota_exceeded);
    EXPECT_EQ(failure(403, error_body(403, "rateLimitExceeded")), errc::rate_limited);
    EXPECT_EQ(failure(403, error_body(403, "userRateLimitExceeded")), errc::rate_limited);
    const auto limited = [](const char* limit) {
        return error_body(
            429,
            "rateLimitExceeded",
            R"(,"status":"RESOURCE_EXHAUSTED","details":[{"reason":"RATE_LIMIT_EXCEEDED","metadata":{"quota_limit":")" +
                std::string{limit} + "\"}}]"
        );
    };
    EXPECT_EQ(failure(429, limited("DefaultPerDayPerProject")), errc::quota_exceeded);
    EXPECT_EQ(failure(429, limited("DefaultPerMinutePerProject")), errc::rate_limited);
    EXPECT_EQ(failure(429, ""), errc::rate_limited);
}

TEST(search_google, other_failures) {
    EXPECT_EQ(failure(400, error_body(400, "invalid")), errc::bad_request);
    EXPECT_EQ(failure(404, "not here"), errc::bad_request);
    EXPECT_EQ(failure(500, error_body(500, "backendError")), errc::server_error);
    EXPECT_EQ(failure(503, "<html>"), errc::server_error);
    EXPECT_EQ(failure(302, ""), errc::bad_response);
    EXPECT_EQ(failure(204, ""), errc::bad_response);
    EXPECT_EQ(failure(403, "<html>proxy</html>"), errc::bad_response) << "not Google's own 403";
    EXPECT_EQ(failure(200, error_body(403, "quotaExceeded")), errc::quota_exceeded) << "an error inside a 200";
}

TEST(search_google, answers_that_are_none) {
    EXPECT_EQ(failure(200, ""), errc::bad_response);
    EXPECT_EQ(failure(200, "<!DOCTYPE html><title>Sign in</title>"), errc::bad_response);
    EXPECT_EQ(failure(200, R"({"items":[{"link":"https://a/"})"), errc::bad_response) << "cut off";
    EXPECT_EQ(failure(200, "[]"), errc::bad_response);
    EXPECT_EQ(failure(200, R"({"results":[]})"), errc::bad_response);
    EXPECT_EQ(failure(200, R"({"items":{"a":1}})"), errc::bad_response);
    EXPECT_EQ(failure(200, R"({"items":[{"href":"https://a/"}]})"), errc::bad_response);
    EXPECT_EQ(failure(200, std::string(1000, '[')), errc::bad_response);
}

TEST(search_google, error_says_what_the_service_said) {
    const auto page =
        read(403, R"({"error":{"code":403,"message":"No\naccess.\u001b[31m","errors":[{"reason":"forbidden"}]}})");
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().what, "No access.[31m");
    EXPECT_EQ(page.error().http_status, 403);
    EXPECT_FALSE(page.error().hint.empty());
}

TEST(search_google, retry_after_is_read) {
    const std::vector<field> fields{{"retry-after", "120"}};
    provider_answer answer;
    answer.status   = 429;
    answer.fields   = &fields;
    answer.now      = std::chrono::system_clock::now();
    const auto page = google.read({}, answer);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().retry_at, answer.now + std::chrono::seconds{120});
}

TEST(search_google, tokens_go_on_in_the_middle_of_a_page) {
    page_query ask;
    EXPECT_EQ(google.token_after(ask, 3), "4");
    ask.token = "91";
    EXPECT_EQ(google.token_after(ask, 9), "100");
    EXPECT_EQ(google.token_after(ask, 10), "");
    EXPECT_EQ(google.first_rank("91"), 91);
    EXPECT_EQ(google.first_rank(""), 1);
}

}  // namespace
}  // namespace forage::detail
