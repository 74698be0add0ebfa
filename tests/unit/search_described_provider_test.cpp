// Services that are asked by a description: what is asked, what is read, what refusals mean.
#include "core/json.hpp"
#include "search/form.hpp"
#include "search/provider.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace forage::detail {
namespace {

const search_provider& brave   = provider_of(provider::brave);
const search_provider& tavily  = provider_of(provider::tavily);
const search_provider& searxng = provider_of(provider::searxng);

client_options configured() {
    client_options options;
    options.services[provider::brave].key   = "brave-key";
    options.services[provider::tavily].key  = "tavily-key";
    options.services[provider::searxng].url = "https://searx.example/instance/";
    return options;
}

page_query query(std::string text, int wanted = 10, std::string token = {}) {
    page_query ask;
    ask.query  = std::move(text);
    ask.wanted = wanted;
    ask.token  = std::move(token);
    return ask;
}

result<hit_page> read(
    const search_provider& service,
    int status,
    std::string_view body,
    std::string token         = {},
    std::vector<field> fields = {}
) {
    provider_answer answer;
    answer.status = status;
    answer.body   = body;
    answer.fields = &fields;
    answer.now    = std::chrono::system_clock::now();
    return service.read(query("q", 10, std::move(token)), answer);
}

errc failure(const search_provider& service, int status, std::string_view body, std::vector<field> fields = {}) {
    const auto page = read(service, status, body, {}, std::move(fields));
    return page ? errc::ok : page.error().code;
}

TEST(search_brave, asks_for_whole_pages_with_the_key_in_a_field) {
    auto ask           = query("wal & checkpoint", 5, "2-0-41");
    ask.language       = "pt-BR";
    const auto request = brave.request(configured(), ask);
    ASSERT_TRUE(request);
    const auto& asked = request->target.query();
    EXPECT_EQ(request->target.host(), "api.search.brave.com");
    EXPECT_EQ(form_value(asked, "q"), "wal & checkpoint");
    EXPECT_EQ(form_value(asked, "count"), "20") << "the offset counts pages of this size";
    EXPECT_EQ(form_value(asked, "offset"), "2");
    EXPECT_EQ(form_value(asked, "search_lang"), "pt");
    EXPECT_EQ(find_field(request->fields, "X-Subscription-Token"), "brave-key");
    EXPECT_EQ(request->target.text().find("brave-key"), std::string::npos);
}

TEST(search_brave, reads_text_without_markup_and_the_next_page) {
    const auto page = read(
        brave,
        200,
        R"({"query":{"more_results_available":true},"web":{"results":[)"
        R"({"title":"A &amp; <strong>B</strong>","url":"https://a.example/","description":"one  <strong>two</strong>"},)"
        R"({"title":"no link"},{"title":"C","url":"https://c.example/","description":""}]}})"
    );
    ASSERT_TRUE(page);
    ASSERT_EQ(page->hits.size(), 2U);
    EXPECT_EQ(page->hits[0].title, "A & B");
    EXPECT_EQ(page->hits[0].snippet, "one two");
    EXPECT_EQ(page->hits[1].rank, 3) << "what is left out keeps its place";
    EXPECT_EQ(page->next, "1-0-4");
    EXPECT_EQ(brave.first_rank(page->next), 4);
}

TEST(search_brave, goes_on_within_a_page) {
    const auto token = brave.token_after(query("q", 1), 1);
    EXPECT_EQ(token, "0-1-2");
    const auto page = read(
        brave,
        200,
        R"({"query":{"more_results_available":false},"web":{"results":[{"url":"https://a.example/"},{"url":"https://b.example/"}]}})",
        token
    );
    ASSERT_TRUE(page);
    ASSERT_EQ(page->hits.size(), 1U);
    EXPECT_EQ(page->hits[0].url, "https://b.example/");
    EXPECT_EQ(page->hits[0].rank, 1);
    EXPECT_EQ(page->next, "");
}

TEST(search_brave, tells_a_spent_month_from_a_second_that_is_over) {
    const std::string body = R"({"type":"ErrorResponse","error":{"code":"RATE_LIMITED","detail":"slow down"}})";
    EXPECT_EQ(failure(brave, 429, body, {{"X-RateLimit-Remaining", "0, 14832"}}), errc::rate_limited);
    EXPECT_EQ(failure(brave, 429, body, {{"X-RateLimit-Remaining", "0, 0"}}), errc::quota_exceeded);
    EXPECT_EQ(failure(brave, 429, body), errc::rate_limited);
    EXPECT_EQ(failure(brave, 422, R"({"error":{"code":"SUBSCRIPTION_TOKEN_INVALID"}})"), errc::invalid_key);
    EXPECT_EQ(failure(brave, 422, R"({"error":{"code":"VALIDATION"}})"), errc::bad_request);
    const auto page = read(brave, 429, body);
    EXPECT_EQ(page.error().what, "slow down");
    EXPECT_EQ(page.error().host, "brave");
}

TEST(search_brave, no_hits_are_a_success_and_other_shapes_are_not) {
    const auto none = read(brave, 200, R"({"type":"search","query":{"original":"q"}})");
    ASSERT_TRUE(none);
    EXPECT_TRUE(none->hits.empty());
    EXPECT_EQ(none->next, "");
    EXPECT_EQ(failure(brave, 200, "{}"), errc::bad_response);
    EXPECT_EQ(failure(brave, 200, "[]"), errc::bad_response);
    EXPECT_EQ(failure(brave, 200, R"({"query":{},"web":{"results":{}}})"), errc::bad_response);
    EXPECT_EQ(failure(brave, 200, R"({"query":{},"web":{"results":[{"title":"t"}]}})"), errc::bad_response);
    EXPECT_EQ(failure(brave, 200, "<html>challenge"), errc::bad_response);
    EXPECT_EQ(failure(brave, 403, "<html>proxy"), errc::bad_response);
}

TEST(search_tavily, posts_a_json_object) {
    const auto request = tavily.request(configured(), query("a \"quoted\" one", 40));
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, "POST");
    EXPECT_EQ(request->target.text(), "https://api.tavily.com/search");
    EXPECT_EQ(find_field(request->fields, "Authorization"), "Bearer tavily-key");
    EXPECT_EQ(find_field(request->fields, "Content-Type"), "application/json");
    EXPECT_EQ(request->body, R"({"max_results":20,"query":"a \"quoted\" one","search_depth":"basic"})");
}

TEST(search_tavily, knows_its_limits) {
    EXPECT_EQ(failure(tavily, 429, R"({"detail":{"error":"too many"}})"), errc::rate_limited);
    EXPECT_EQ(failure(tavily, 432, R"({"detail":{"error":"plan"}})"), errc::quota_exceeded);
    EXPECT_EQ(failure(tavily, 433, R"({"detail":{"error":"pay"}})"), errc::quota_exceeded);
    EXPECT_EQ(failure(tavily, 401, R"({"detail":{"error":"Unauthorized"}})"), errc::invalid_key);
    EXPECT_EQ(read(tavily, 432, R"({"detail":{"error":"plan"}})").error().what, "plan");
    EXPECT_EQ(read(tavily, 200, R"({"query":"q","results":[{"url":"https://a.example/"}]})")->next, "")
        << "one page is all";
}

TEST(search_searxng, asks_an_instance_below_a_path) {
    auto ask           = query("q", 10, "3-0-31");
    ask.language       = "de";
    const auto request = searxng.request(configured(), ask);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->target.text(), "https://searx.example/instance/search?format=json&language=de&pageno=3&q=q");
    EXPECT_EQ(
        searxng.request(configured(), query("q"))->target.text(),
        "https://searx.example/instance/search?format=json&q=q"
    );
}

TEST(search_searxng, an_empty_answer_of_silent_engines_is_no_success) {
    EXPECT_EQ(
        failure(searxng, 200, R"({"query":"q","results":[],"unresponsive_engines":[["google","CAPTCHA"]]})"),
        errc::server_error
    );
    const auto none = read(searxng, 200, R"({"query":"q","results":[],"unresponsive_engines":[]})");
    ASSERT_TRUE(none);
    EXPECT_TRUE(none->hits.empty());
    const auto some = read(
        searxng,
        200,
        R"({"query":"q","results":[{"url":"https://a.example/","title":"A","content":null}],"unresponsive_engines":[["google","CAPTCHA"]]})"
    );
    ASSERT_TRUE(some);
    EXPECT_EQ(some->hits.at(0).snippet, "");
    EXPECT_EQ(some->next, "2-0-2");
}

TEST(search_searxng, an_instance_without_json_says_403) {
    const auto page = read(searxng, 403, "{}");
    EXPECT_EQ(page.error().code, errc::bad_request);
    EXPECT_NE(page.error().hint.find("search.formats"), std::string::npos);
}

TEST(described_provider, refuse_tokens_that_are_not_theirs) {
    for (const auto* service : {&brave, &tavily, &searxng}) {
        for (const char* token : {"x", "1", "1-2", "1-2-3-4", "99-0-1", "-1-0-0", "1--1", "0-0-99999999"})
            EXPECT_EQ(service->request(configured(), query("q", 10, token)).error().code, errc::bad_argument) << token;
    }
}

TEST(described_provider, say_what_is_missing) {
    EXPECT_EQ(brave.check_options(client_options{}).error().hint, "set BRAVE_SEARCH_API_KEY");
    EXPECT_EQ(tavily.check_options(client_options{}).error().hint, "set TAVILY_API_KEY");
    EXPECT_EQ(searxng.check_options(client_options{}).error().hint, "set SEARXNG_URL");
    auto wrong                          = configured();
    wrong.services[provider::brave].key = "a key";
    EXPECT_EQ(brave.check_options(wrong).error().code, errc::invalid_key);
    for (const auto* service : {&brave, &tavily, &searxng}) EXPECT_TRUE(service->check_options(configured()));
}

}  // namespace
}  // namespace forage::detail
