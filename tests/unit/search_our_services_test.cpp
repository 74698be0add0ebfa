// Each service that we describe: the request it gets, an answer of its kind, and how it refuses.
#include "search/form.hpp"
#include "search/our_services.hpp"
#include "search/provider.hpp"
#include "search/service_description.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {
namespace {

using namespace std::chrono_literals;

class our_services_test : public ::testing::Test {
protected:
    client_options options;
    std::vector<field> fields;
    std::string url = "https://service.example/api";

    our_services_test() {
        for (const auto p :
             {provider::webiq, provider::exa, provider::serper, provider::stackexchange, provider::github})
            options.services[p].key = "the-key";
    }

    static page_query query(std::string text, int wanted = 10, std::string token = {}, std::string language = {}) {
        page_query ask;
        ask.query    = std::move(text);
        ask.wanted   = wanted;
        ask.token    = std::move(token);
        ask.language = std::move(language);
        return ask;
    }
    [[nodiscard]] http_request request(provider p, const page_query& ask) const {
        auto made = provider_of(p).request(options, ask);
        EXPECT_TRUE(made);
        return made ? *made : http_request{};
    }
    [[nodiscard]] std::string parameter(provider p, const page_query& ask, std::string_view name) const {
        return form_value(request(p, ask).target.query(), name).value_or("(none)");
    }
    [[nodiscard]] result<hit_page> read(provider p, int status, std::string_view body) const {
        provider_answer answer;
        answer.status = status;
        answer.url    = url;
        answer.body   = body;
        answer.fields = &fields;
        answer.now    = std::chrono::system_clock::now();
        return provider_of(p).read(query("q"), answer);
    }
    [[nodiscard]] errc failure(provider p, int status, std::string_view body) const {
        const auto page = read(p, status, body);
        return page ? errc::ok : page.error().code;
    }
};

TEST_F(our_services_test, are_described_without_a_mistake) {
    for (const auto& each : our_services()) {
        const auto read = read_service_description(each.description);
        ASSERT_TRUE(read) << read.error().message();
        EXPECT_EQ(read->name, to_string(each.self));
    }
}

TEST_F(our_services_test, web_iq) {
    const auto asked = request(provider::webiq, query("wal", 7, {}, "de-AT"));
    EXPECT_EQ(asked.target.text(), "https://api.microsoft.ai/v3/search/web");
    EXPECT_EQ(
        asked.body, R"({"contentFormat":"passage","language":"de","maxLength":3000,"maxResults":7,"query":"wal"})"
    );
    EXPECT_EQ(find_field(asked.fields, "x-apikey"), "the-key");
    const auto page = read(
        provider::webiq,
        200,
        R"({"traceId":"t","webResults":[{"title":"A","url":"https://a.example/","content":"one  text"},)"
        R"({"title":"B","url":"https://b.example/","content":[{"text":"a list"}]}]})"
    );
    ASSERT_TRUE(page);
    EXPECT_EQ(page->hits.at(0).snippet, "one text");
    EXPECT_EQ(page->hits.at(1).snippet, "a list");
    EXPECT_EQ(failure(provider::webiq, 429, R"({"error":{"message":"slow"}})"), errc::rate_limited);
    EXPECT_EQ(failure(provider::webiq, 401, "{}"), errc::invalid_key);
    EXPECT_EQ(failure(provider::webiq, 200, R"({"error":"x"})"), errc::bad_response);
}

TEST_F(our_services_test, exa) {
    const auto asked = request(provider::exa, query("wal", 200));
    EXPECT_EQ(asked.body, R"({"contents":{"highlights":true},"numResults":100,"query":"wal","type":"auto"})");
    const auto page = read(
        provider::exa,
        200,
        R"({"results":[{"title":"A","url":"https://a.example/","highlights":["the best part"],"text":"all"},)"
        R"({"title":"B","url":"https://b.example/","text":"only text"}],"costDollars":{"total":0.007}})"
    );
    ASSERT_TRUE(page);
    EXPECT_EQ(page->hits.at(0).snippet, "the best part");
    EXPECT_EQ(page->hits.at(1).snippet, "only text");
    EXPECT_EQ(failure(provider::exa, 402, R"({"error":"no more credits"})"), errc::quota_exceeded);
    EXPECT_EQ(read(provider::exa, 429, R"({"error":"10 a second"})").error().what, "10 a second");
}

TEST_F(our_services_test, serper) {
    const auto asked = request(provider::serper, query("wal", 5, "3-0-21"));
    EXPECT_EQ(asked.body, R"({"num":10,"page":3,"q":"wal"})") << "pages are counted in tens";
    EXPECT_EQ(find_field(asked.fields, "X-API-KEY"), "the-key");
    const auto page = read(
        provider::serper,
        200,
        R"({"searchParameters":{"q":"wal"},"organic":[{"title":"A","link":"https://a.example/","snippet":"s","position":1}]})"
    );
    ASSERT_TRUE(page);
    EXPECT_EQ(page->hits.at(0).url, "https://a.example/");
    EXPECT_EQ(page->next, "2-0-2");
    EXPECT_TRUE(read(provider::serper, 200, R"({"searchParameters":{"q":"wal"}})")) << "nothing found";
    EXPECT_EQ(failure(provider::serper, 400, R"({"message":"Not enough credits"})"), errc::quota_exceeded);
    EXPECT_EQ(failure(provider::serper, 400, R"({"message":"Missing query"})"), errc::bad_request);
}

TEST_F(our_services_test, mediawiki) {
    EXPECT_EQ(request(provider::mediawiki, query("q")).target.host(), "en.wikipedia.org");
    const auto german = query("wal & co", 5, "2-0-41", "de-CH");
    EXPECT_EQ(request(provider::mediawiki, german).target.host(), "de.wikipedia.org");
    EXPECT_EQ(parameter(provider::mediawiki, german, "srsearch"), "wal & co");
    EXPECT_EQ(parameter(provider::mediawiki, german, "sroffset"), "40");
    EXPECT_EQ(parameter(provider::mediawiki, german, "maxlag"), "5");
    url             = "https://de.wikipedia.org/w/api.php";
    const auto page = read(
        provider::mediawiki,
        200,
        R"({"continue":{"sroffset":20},"query":{"searchinfo":{"totalhits":812},"search":[)"
        R"({"ns":0,"title":"C++ / 100 % Größe?","pageid":1,"snippet":"<span class=\"searchmatch\">wal</span> &amp; more"}]}})"
    );
    ASSERT_TRUE(page);
    EXPECT_EQ(page->hits.at(0).url, "https://de.wikipedia.org/wiki/C++_/_100_%25_Gr%C3%B6%C3%9Fe%3F");
    EXPECT_EQ(page->hits.at(0).snippet, "wal & more");
    EXPECT_EQ(page->total, 812U);
    // Refusals with status 200.
    fields = {{"Retry-After", "5"}, {"MediaWiki-API-Error", "maxlag"}};
    const auto lagging =
        read(provider::mediawiki, 200, R"({"error":{"code":"maxlag","info":"Waiting for db1: 6 seconds lagged"}})");
    EXPECT_EQ(lagging.error().code, errc::rate_limited);
    EXPECT_EQ(lagging.error().what, "Waiting for db1: 6 seconds lagged");
    EXPECT_TRUE(lagging.error().retry_at);
    EXPECT_EQ(failure(provider::mediawiki, 200, R"({"error":{"code":"ratelimited"}})"), errc::rate_limited);
    EXPECT_EQ(failure(provider::mediawiki, 200, R"({"error":{"code":"badvalue"}})"), errc::bad_request);
    EXPECT_EQ(failure(provider::mediawiki, 200, R"({"error":{"code":"readonly"}})"), errc::server_error);
    EXPECT_NE(read(provider::mediawiki, 403, "{}").error().hint.find("user_agent"), std::string::npos);
}

TEST_F(our_services_test, crossref) {
    EXPECT_EQ(parameter(provider::crossref, query("wal", 5, "1-3-24"), "offset"), "20");
    EXPECT_EQ(parameter(provider::crossref, query("wal", 5), "rows"), "20");
    fields          = {{"x-rate-limit-limit", "50"}, {"x-rate-limit-interval", "1s"}};
    const auto page = read(
        provider::crossref,
        200,
        R"({"status":"ok","message":{"total-results":"3","items":[{"DOI":"10.1/x","URL":"https://doi.org/10.1/x",)"
        R"("title":["Write-Ahead <i>Logging</i>"],"abstract":"<jats:p>We  log.</jats:p>"}]}})"
    );
    ASSERT_TRUE(page);
    EXPECT_EQ(page->hits.at(0).title, "Write-Ahead Logging");
    EXPECT_EQ(page->hits.at(0).snippet, "We log.");
    EXPECT_EQ(page->total, 3U);
    EXPECT_EQ(page->limits.gap, std::nullopt) << "what the fields say is read by who reads the answer";
    EXPECT_EQ(failure(provider::crossref, 429, "{}"), errc::rate_limited);
}

TEST_F(our_services_test, arxiv) {
    const auto ask = query("write ahead", 5, "1-0-21");
    EXPECT_EQ(parameter(provider::arxiv, ask, "search_query"), "all:write ahead");
    EXPECT_EQ(parameter(provider::arxiv, ask, "start"), "20");
    EXPECT_EQ(provider_of(provider::arxiv).pace().gap, 3s);
    const auto page = read(
        provider::arxiv,
        200,
        R"(<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>ArXiv Query</title><entry>)"
        R"(<id>http://arxiv.org/abs/1.2</id><title>Logging
  Ahead</title><summary>We log.</summary><link href="http://arxiv.org/abs/1.2" rel="alternate"/>)"
        R"(<link href="http://arxiv.org/pdf/1.2" rel="related" title="pdf"/></entry></feed>)"
    );
    ASSERT_TRUE(page);
    EXPECT_EQ(page->hits.at(0).url, "http://arxiv.org/abs/1.2");
    EXPECT_EQ(page->hits.at(0).title, "Logging Ahead");
    EXPECT_EQ(page->hits.at(0).snippet, "We log.");
    EXPECT_EQ(page->next, "1-0-2");
    fields            = {{"Retry-After", "30"}};
    const auto silent = read(provider::arxiv, 503, "Rate exceeded.");
    EXPECT_EQ(silent.error().code, errc::server_error);
    EXPECT_TRUE(silent.error().retry_at);
    EXPECT_EQ(failure(provider::arxiv, 200, "{}"), errc::bad_response);
}

TEST_F(our_services_test, stack_exchange) {
    EXPECT_EQ(parameter(provider::stackexchange, query("wal"), "key"), "the-key");
    EXPECT_EQ(parameter(provider::stackexchange, query("wal", 5, "2-0-31"), "page"), "2");
    options.services.clear();
    EXPECT_EQ(parameter(provider::stackexchange, query("wal"), "key"), "(none)") << "it is asked without a key too";
    EXPECT_TRUE(provider_of(provider::stackexchange).check_options(options));
    const auto page = read(
        provider::stackexchange,
        200,
        R"({"items":[{"title":"What&#39;s WAL?","link":"https://stackoverflow.com/q/1"}],"has_more":false,)"
        R"("backoff":10,"quota_max":300,"quota_remaining":41})"
    );
    ASSERT_TRUE(page);
    EXPECT_EQ(page->hits.at(0).title, "What's WAL?");
    EXPECT_EQ(page->next, "");
    EXPECT_FALSE(page->limits.is_spent);
    ASSERT_TRUE(page->limits.not_before);
    EXPECT_GT(*page->limits.not_before, std::chrono::system_clock::now() + 9s) << "backoff must be obeyed";
    const auto last = read(provider::stackexchange, 200, R"({"items":[],"has_more":false,"quota_remaining":0})");
    ASSERT_TRUE(last);
    EXPECT_TRUE(last->limits.is_spent && last->limits.is_long);
    const auto throttled = read(
        provider::stackexchange,
        400,
        R"({"error_id":502,"error_message":"too many requests from this IP","error_name":"throttle_violation"})"
    );
    EXPECT_EQ(throttled.error().code, errc::rate_limited);
    EXPECT_EQ(throttled.error().what, "too many requests from this IP");
    EXPECT_EQ(
        failure(provider::stackexchange, 400, R"({"error_id":400,"error_name":"bad_parameter"})"), errc::bad_request
    );
}

TEST_F(our_services_test, github) {
    EXPECT_EQ(find_field(request(provider::github, query("wal")).fields, "Authorization"), "Bearer the-key");
    EXPECT_EQ(find_field(request(provider::github, query("wal")).fields, "Accept"), "application/vnd.github+json");
    const auto page = read(
        provider::github,
        200,
        R"({"total_count":2,"incomplete_results":false,"items":[)"
        R"({"full_name":"a/b","html_url":"https://github.com/a/b","description":null}]})"
    );
    ASSERT_TRUE(page);
    EXPECT_EQ(page->hits.at(0).title, "a/b");
    EXPECT_EQ(page->total, 2U);
    EXPECT_EQ(failure(provider::github, 403, R"({"message":"Bad credentials"})"), errc::invalid_key);
    const auto soon =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    fields           = {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", std::to_string(soon + 40)}};
    const auto spent = read(provider::github, 403, R"({"message":"API rate limit exceeded"})");
    EXPECT_EQ(spent.error().code, errc::rate_limited);
    EXPECT_TRUE(spent.error().retry_at);
    fields = {{"Retry-After", "60"}};
    EXPECT_EQ(failure(provider::github, 403, R"({"message":"secondary rate limit"})"), errc::rate_limited);
}

}  // namespace
}  // namespace forage::detail
