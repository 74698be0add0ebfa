// Bing's requests, answers and error bodies: its own and those of the gateway before it.
#include "search/form.hpp"
#include "search/provider.hpp"

#include <gtest/gtest.h>
#include <string>

namespace forage::detail {
namespace {

const search_provider& bing = bing_provider();

client_options configured() {
    client_options options;
    options.bing_key = "the-key";
    return options;
}

result<hit_page> read(int status, std::string_view body, std::string token = {}, std::string retry_after = {}) {
    std::vector<field> fields;
    if (!retry_after.empty()) fields.push_back({"Retry-After", retry_after});
    page_query ask;
    ask.token = std::move(token);
    provider_answer answer;
    answer.status = status;
    answer.body   = body;
    answer.fields = &fields;
    answer.now    = std::chrono::system_clock::now();
    return bing.read(ask, answer);
}

errc failure(int status, std::string_view body) {
    const auto page = read(status, body);
    if (page) return errc::ok;
    EXPECT_EQ(page.error().host, "bing");
    return page.error().code;
}

std::string error_body(std::string_view code) {
    return R"({"_type":"ErrorResponse","errors":[{"code":")" + std::string{code} + R"(","message":"m"}]})";
}

std::string parameter(const page_query& ask, std::string_view name) {
    const auto request = bing.request(configured(), ask);
    if (!request) return "error";
    return form_value(request->target.query(), name).value_or("none");
}

TEST(search_bing, asks_for_no_more_than_it_may) {
    page_query ask;
    ask.query  = "wal checkpoint";
    ask.wanted = 80;
    EXPECT_EQ(parameter(ask, "q"), "wal checkpoint");
    EXPECT_EQ(parameter(ask, "count"), "50");
    EXPECT_EQ(parameter(ask, "offset"), "0");
    EXPECT_EQ(parameter(ask, "textDecorations"), "false");
    ask.wanted = 30;
    ask.token  = "50";
    EXPECT_EQ(parameter(ask, "count"), "30");
    EXPECT_EQ(parameter(ask, "offset"), "50");
    ask.token = "nonsense";
    EXPECT_EQ(parameter(ask, "offset"), "error");
}

TEST(search_bing, key_goes_in_the_header_and_nowhere_else) {
    const auto request = bing.request(configured(), {});
    ASSERT_TRUE(request);
    EXPECT_EQ(find_field(request->fields, "Ocp-Apim-Subscription-Key"), "the-key");
    EXPECT_EQ(request->target.text().find("the-key"), std::string::npos);
}

TEST(search_bing, market_needs_a_region) {
    page_query ask;
    ask.language = "pt-br";
    EXPECT_EQ(parameter(ask, "mkt"), "pt-BR");
    EXPECT_EQ(parameter(ask, "setLang"), "pt");
    ask.language = "de";
    EXPECT_EQ(parameter(ask, "mkt"), "none");
    EXPECT_EQ(parameter(ask, "setLang"), "de");
}

TEST(search_bing, needs_a_key) {
    EXPECT_EQ(bing.check_options({}).error().code, errc::not_configured);
    EXPECT_TRUE(bing.check_options(configured()));
    auto options     = configured();
    options.bing_key = "a\r\nb";
    EXPECT_EQ(bing.check_options(options).error().code, errc::invalid_key);
}

TEST(search_bing, reads_hits_without_marks) {
    const auto page = read(200, R"({"_type":"SearchResponse","queryContext":{"alteredQuery":"sailing"},
        "webPages":{"totalEstimatedMatches":120,"value":[
          {"name":"\ue000Sailing\ue001 <b>now</b>","url":"https://a.example/x","snippet":"a\u00a0 b"},
          {"name":"No link"},
          {"name":"Wrapped","url":"https://www.bing.com/ck/a?u=a1aHR0cHM6Ly9iLmV4YW1wbGUv","snippet":""}]}})");
    ASSERT_TRUE(page);
    ASSERT_EQ(page->hits.size(), 2u);
    EXPECT_EQ(page->hits[0].title, "Sailing now");
    EXPECT_EQ(page->hits[0].snippet, "a b");
    EXPECT_EQ(page->hits[1].url, "https://b.example/");
    EXPECT_EQ(page->hits[1].rank, 3);
    EXPECT_EQ(page->total, 120u);
    EXPECT_EQ(page->corrected, "sailing");
    EXPECT_EQ(page->next, "3");
}

TEST(search_bing, no_next_page_past_the_estimate) {
    const auto body = R"({"webPages":{"totalEstimatedMatches":3,"value":[{"url":"https://a/"}]}})";
    EXPECT_EQ(read(200, body)->next, "1");
    EXPECT_EQ(read(200, body, "2")->next, "");
    EXPECT_EQ(read(200, R"({"webPages":{"totalEstimatedMatches":3,"value":[]}})")->next, "");
}

TEST(search_bing, no_web_pages_is_no_hit) {
    const auto page = read(200, R"({"_type":"SearchResponse","rankingResponse":{}})");
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->hits.empty());
    EXPECT_FALSE(page->total);
}

TEST(search_bing, an_empty_body_is_suspected_abuse) { EXPECT_EQ(failure(200, ""), errc::rate_limited); }

TEST(search_bing, documented_codes) {
    EXPECT_EQ(failure(400, error_body("InvalidRequest")), errc::bad_request);
    EXPECT_EQ(failure(401, error_body("InvalidAuthorization")), errc::invalid_key);
    EXPECT_EQ(failure(403, error_body("InsufficientAuthorization")), errc::invalid_key);
    EXPECT_EQ(failure(429, error_body("RateLimitExceeded")), errc::rate_limited);
    EXPECT_EQ(failure(500, error_body("ServerError")), errc::server_error);
    EXPECT_EQ(failure(200, error_body("InvalidRequest")), errc::bad_request) << "an error inside a 200";
    EXPECT_EQ(failure(410, error_body("InvalidRequest")), errc::bad_request) << "plain http";
}

TEST(search_bing, the_gateways_errors) {
    EXPECT_EQ(
        failure(
            403, R"({"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in 12 days."})"
        ),
        errc::quota_exceeded
    );
    EXPECT_EQ(failure(403, R"({"error":{"code":"403","message":"Out of call volume quota."}})"), errc::quota_exceeded);
    EXPECT_EQ(
        failure(401, R"({"error":{"code":"401","message":"Access denied due to invalid subscription key."}})"),
        errc::invalid_key
    );
    EXPECT_EQ(failure(401, ""), errc::invalid_key);
    EXPECT_EQ(failure(403, "<html>"), errc::bad_response);
    const auto page =
        read(429, R"({"error":{"code":"429","message":"Rate limit is exceeded. Try again in 1 seconds."}})", {}, "1");
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, errc::rate_limited);
    EXPECT_TRUE(page.error().retry_at);
    EXPECT_EQ(page.error().what, "Rate limit is exceeded. Try again in 1 seconds.");
}

TEST(search_bing, answers_that_are_none) {
    EXPECT_EQ(failure(503, "busy"), errc::server_error);
    EXPECT_EQ(failure(301, ""), errc::bad_response);
    EXPECT_EQ(failure(200, " <html></html>"), errc::bad_response);
    EXPECT_EQ(failure(200, R"({"webPages":{"value":[)"), errc::bad_response);
    EXPECT_EQ(failure(200, R"({"webPages":{"value":{}}})"), errc::bad_response);
    EXPECT_EQ(failure(200, R"({"webPages":{"value":[{"link":"https://a/"}]}})"), errc::bad_response);
    EXPECT_EQ(failure(200, R"({"items":[]})"), errc::bad_response);
    EXPECT_EQ(failure(200, "null"), errc::bad_response);
}

TEST(search_bing, tokens_go_on_in_the_middle_of_a_page) {
    page_query ask;
    ask.token = "50";
    EXPECT_EQ(bing.token_after(ask, 7), "57");
    EXPECT_EQ(bing.first_rank("50"), 51);
    EXPECT_EQ(bing.first_rank(""), 1);
}

}  // namespace
}  // namespace forage::detail
