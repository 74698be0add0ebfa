// robots.txt: decisions of the RFC's reference parsers, and what the RFC says of the outcomes of fetching the file.
#include "http/robots_lines.hpp"
#include "http/robots_rules.hpp"
#include "http/robots_verdict.hpp"
#include "support/corpora.hpp"

#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <optional>
#include <string>

namespace {

using forage::errc;
using forage::detail::robots_rules;
using forage::detail::robots_verdict;

std::optional<nlohmann::json> corpus(const std::string& name) {
    const auto text = forage::testing::corpora_text("robots/" + name);
    return text ? std::optional{nlohmann::json::parse(*text)} : std::nullopt;
}

std::string from_base64(const std::string& text) {
    std::string out(text.size() / 4 * 3, '\0');
    const int size = EVP_DecodeBlock(
        reinterpret_cast<unsigned char*>(out.data()),
        reinterpret_cast<const unsigned char*>(text.data()),
        static_cast<int>(text.size())
    );
    EXPECT_GE(size, 0) << text;
    out.resize(out.size() - (text.ends_with("==") ? 2U : text.ends_with('=') ? 1U : 0U));
    return out;
}

std::string body_of(const nlohmann::json& file) {
    if (file.contains("robots")) return file.at("robots").get<std::string>();
    return from_base64(file.at("robots_b64").get<std::string>());
}

// As the cases write it: they judge raw octets too, which no parsed URL has.
std::string target_of(const std::string& address) {
    const auto authority = address.find("://") + 3;
    const auto begin     = address.find_first_of("/?", authority);
    if (begin == std::string::npos) return "/";
    const auto target = address.substr(begin, address.find('#', begin) - begin);
    return target.front() == '/' ? target : '/' + target;
}

void judge(const char* name, const char* counts) {
    const auto all = corpus(name);
    if (!all) GTEST_SKIP() << "no robots/" << name << " under FORAGE_CORPORA";
    int wanted = 0, right = 0;
    for (const auto& item : all->at("cases")) {
        if (!item.value(counts, false)) continue;
        ++wanted;
        const auto id    = item.at("robots_id").get<std::string>();
        const auto agent = item.at("agent").get<std::string>();
        const auto where = item.at("url").get<std::string>();
        const auto rules = robots_rules::parse(body_of(all->at("files").at(id)), agent);
        const bool want  = item.at("allowed").get<bool>();
        if (rules.permits(target_of(where)) == want) {
            ++right;
        } else {
            ADD_FAILURE() << agent << " at " << where << " under " << id << ": should be "
                          << (want ? "allowed" : "disallowed");
        }
    }
    std::cout << name << ": " << right << " of " << wanted << '\n';
    EXPECT_GT(wanted, 0);
}

TEST(robots_corpus, decides_as_the_rfc_and_its_reference_parser) { judge("vectors.json", "rfc9309"); }

TEST(robots_corpus, decides_on_real_files_as_two_other_parsers) { judge("real.json", "agreed"); }

constexpr std::string_view rules_body = "User-agent: *\nDisallow: /secret\nCrawl-delay: 2\n";

std::string body_as_described(const std::string& words) {
    if (words.empty()) return {};
    if (words == "an HTML page") return "<!DOCTYPE html>\n<title>Allow: x</title>\n<p style=\"color: red\">Not found\n";
    std::string body{rules_body};
    if (words.starts_with("more than")) {
        while (body.size() < forage::detail::max_robots_bytes + 100'000) body += "Disallow: /filler/x\n";
    }
    return body;
}

std::optional<errc> failure_of(const std::string& words) {
    const std::map<std::string, errc> known{
        {"host not found", errc::name_not_found},
        {"connection refused", errc::connect_failed},
        {"no answer in time", errc::timed_out},
        {"connection closed before Content-Length", errc::protocol},
    };
    const auto found = known.find(words);
    return found == known.end() ? std::nullopt : std::optional{found->second};
}

// Nothing for what is about fetching and keeping the file: that takes a client.
std::optional<robots_verdict> verdict_on(const nlohmann::json& item) {
    const std::string_view token = "forage";
    if (item.contains("error")) {
        const auto failure = failure_of(item.at("error").get<std::string>());
        EXPECT_TRUE(failure) << item;
        return failure ? std::optional{robots_verdict::from_failure(*failure)} : std::nullopt;
    }
    if (item.contains("chain")) {
        const auto& chain = item.at("chain");
        if (!chain.back().is_number()) return robots_verdict::from_failure(errc::bad_redirect);
        EXPECT_LE(chain.size() - 1, static_cast<std::size_t>(forage::detail::min_robots_redirects)) << item;
        return robots_verdict::from_answer(chain.back().get<int>(), rules_body, token);
    }
    if (item.contains("content_encoding") || (!item.contains("status") && !item.contains("body"))) return std::nullopt;
    const auto body = body_as_described(item.value("body", ""));
    return robots_verdict::from_answer(item.value("status", 200), body, token);
}

bool agrees(const robots_verdict& verdict, const std::string& decision) {
    using kind     = robots_verdict::kind;
    const auto has = [&decision](const char* words) { return decision.find(words) != std::string::npos; };
    if (has("spaced requests")) return verdict.crawl_delay() == std::chrono::seconds{2};
    if (decision.starts_with("disallow all")) return verdict.what() == kind::disallow_all;
    if (has("allow all")) return verdict.what() == kind::allow_all;
    const auto page   = forage::url::parse("https://example.com/page").value();
    const auto secret = forage::url::parse("https://example.com/secret/page").value();
    return verdict.what() == kind::rules && verdict.allows(page) && !verdict.allows(secret);
}

TEST(robots_corpus, decides_from_the_outcome_of_the_fetch) {
    const auto all = corpus("fetch.json");
    if (!all) GTEST_SKIP() << "no robots/fetch.json under FORAGE_CORPORA";
    int wanted = 0, right = 0, of_the_client = 0;
    for (const auto& item : all->at("cases")) {
        const auto verdict = verdict_on(item);
        if (!verdict) {
            ++of_the_client;
            continue;
        }
        ++wanted;
        if (agrees(*verdict, item.at("decision").get<std::string>())) {
            ++right;
        } else {
            ADD_FAILURE() << item << ": got " << static_cast<int>(verdict->what());
        }
    }
    std::cout << "fetch.json: " << right << " of " << wanted << ", besides " << of_the_client << " about the client\n";
    EXPECT_GT(wanted, 0);
}

}  // namespace
