// Recorded and documented answers of the search services: what is read from them against what must be.
#include "search/duckduckgo_page.hpp"
#include "search/form.hpp"
#include "search/provider.hpp"
#include "support/corpora.hpp"

#include <forage/url.hpp>

#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>

namespace forage::detail {
namespace {

using nlohmann::json;

std::optional<std::string> content(const std::string& name) { return forage::testing::corpora_text("search/" + name); }

// What a wrong reading is, in words; empty when all is right.
std::string compare_hits(const std::vector<search_hit>& hits, const json& wanted) {
    std::ostringstream wrong;
    if (hits.size() != wanted.size()) wrong << hits.size() << " hits instead of " << wanted.size() << '\n';
    for (std::size_t i = 0; i < hits.size() && i < wanted.size(); ++i) {
        const auto check = [&](const char* what, const std::string& got, const std::string& want) {
            if (got != want) wrong << what << ' ' << i << ": <" << got << "> instead of <" << want << ">\n";
        };
        check("title", hits[i].title, wanted[i].at("title").get<std::string>());
        // Ours are serialised: "https://host" is "https://host/".
        const auto link = wanted[i].at("url").get<std::string>();
        check("url", hits[i].url, url::parse(link).value().text());
        check("snippet", hits[i].snippet, wanted[i].at("snippet").get<std::string>());
    }
    return wrong.str();
}

std::string compare_total(const std::optional<std::uint64_t>& got, const json& wanted) {
    std::optional<std::uint64_t> want;
    if (wanted.is_string()) want = std::stoull(wanted.get<std::string>());
    if (wanted.is_number()) want = wanted.get<std::uint64_t>();
    return got == want ? "" : "wrong total\n";
}

std::string compare_page(const hit_page& page, const json& wanted) {
    auto wrong = compare_hits(page.hits, wanted.at("results"));
    if (wanted.contains("total")) wrong += compare_total(page.total, wanted.at("total"));
    if (wanted.contains("corrected")) {
        const auto& corrected = wanted.at("corrected");
        if (page.corrected != (corrected.is_null() ? std::string{} : corrected.get<std::string>()))
            wrong += "corrected: " + page.corrected + '\n';
    }
    if (wanted.contains("next_start")) {
        // Start 101 is announced, but refused when asked for: no page.
        const auto start = wanted.at("next_start").is_null() ? 101 : wanted.at("next_start").get<int>();
        if (page.next != (start > 100 ? "" : std::to_string(start))) wrong += "next: " + page.next + '\n';
    }
    if (wanted.contains("next_form"))
        for (const auto& [name, value] : wanted.at("next_form").items())
            if (form_value(page.next, name) != value.get<std::string>()) wrong += "next_form: " + name + '\n';
    return wrong;
}

// The kind each error sample must be, by file.
const std::map<std::string, errc> kinds{
    {"google/error-400-start-101.json", errc::bad_request},
    {"google/error-403-closed.json", errc::invalid_key},
    {"bing/error-401.json", errc::invalid_key},
    {"duckduckgo/lite-challenge-202.html", errc::challenge},
};

std::string compare_error(const std::string& name, const error& got, const json& wanted) {
    std::string wrong;
    const auto kind = kinds.find(name);
    if (kind == kinds.end() || kind->second != got.code) wrong += "kind: " + std::string{to_string(got.code)} + '\n';
    const auto& message = wanted.at("error");
    // A message may carry Bing's code only; its text is quoted as it is.
    if (message.contains("message") && got.what != message.at("message").get<std::string>())
        wrong += "message: " + got.what + '\n';
    if (got.http_status != wanted.at("status").get<int>()) wrong += "status\n";
    return wrong;
}

std::string read_sample(provider p, const std::string& name, const json& wanted, const std::string& body) {
    page_query ask;
    if (name == "google/page-10.json") ask.token = "91";
    provider_answer answer;
    answer.status   = wanted.at("status").get<int>();
    answer.body     = body;
    answer.now      = std::chrono::system_clock::now();
    const auto page = provider_of(p).read(ask, answer);
    if (wanted.contains("error"))
        return page ? "hits instead of an error\n" : compare_error(name, page.error(), wanted);
    return page ? compare_page(*page, wanted) : page.error().message() + '\n';
}

TEST(search_corpus, samples_are_read_as_expected) {
    const auto expected = content("expected.json");
    if (!expected) GTEST_SKIP() << "no search/expected.json under FORAGE_CORPORA";
    int right = 0, tried = 0, later = 0;
    const auto all = json::parse(*expected);
    for (const auto& [name, wanted] : all.at("files").items()) {
        const auto p = provider_named(wanted.at("provider").get<std::string>());
        if (!p) {
            ++later;
            std::cout << name << ": skipped, " << wanted.at("provider") << " is no provider yet\n";
            continue;
        }
        ++tried;
        const auto body = content(name);
        ASSERT_TRUE(body) << name;
        const auto wrong = read_sample(*p, name, wanted, *body);
        EXPECT_EQ(wrong, "") << name;
        if (wrong.empty()) ++right;
    }
    std::cout << "search samples: " << right << " of " << tried << " (" << later << " of later providers skipped)\n";
    EXPECT_GT(tried, 0);
}

TEST(search_corpus, duckduckgo_links_are_unwrapped) {
    const auto cases = content("duckduckgo/redirects.json");
    if (!cases) GTEST_SKIP() << "no search/duckduckgo/redirects.json under FORAGE_CORPORA";
    int right = 0, tried = 0;
    const auto all = json::parse(*cases);
    for (const auto& each : all.at("cases")) {
        ++tried;
        const auto href = each.at("href").get<std::string>();
        std::optional<std::string> want;
        if (!each.at("url").is_null()) want = each.at("url").get<std::string>();
        const auto got = unwrap_duckduckgo_link(href);
        EXPECT_EQ(got, want) << href;
        if (got == want) ++right;
    }
    std::cout << "search redirects: " << right << " of " << tried << '\n';
    EXPECT_GT(tried, 0);
}

}  // namespace
}  // namespace forage::detail
