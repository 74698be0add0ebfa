// The URL parser against the web platform's own tests: every case an http(s) client needs.
#include "support/corpora.hpp"

#include <forage/url.hpp>

#include <filesystem>
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace {

using forage::url;

std::optional<nlohmann::json> cases(const char* name) {
    const auto text = forage::testing::corpora_text(std::filesystem::path{"url"} / name);
    if (!text) return std::nullopt;
    return nlohmann::json::parse(*text).at("cases");
}

std::optional<std::string> text_or_null(const nlohmann::json& value) {
    if (value.is_null()) return std::nullopt;
    return value.get<std::string>();
}

std::string shown(const std::optional<std::string>& text) { return text ? '<' + *text + '>' : "failure"; }

std::optional<std::string> href_of(const std::string& input, const std::optional<std::string>& base_text) {
    forage::result<url> base;
    if (base_text) {
        base = url::parse(*base_text);
        if (!base) return std::nullopt;
    }
    const auto parsed = url::parse(input, base_text ? &*base : nullptr);
    if (!parsed) {
        EXPECT_EQ(parsed.error().code, forage::errc::bad_url);
        return std::nullopt;
    }
    return parsed->text();
}

TEST(url_corpus, parses_as_the_web_platform_tests_say) {
    const auto all = cases("urltestdata.json");
    if (!all) GTEST_SKIP() << "no url/urltestdata.json under FORAGE_CORPORA";
    int wanted = 0, right = 0;
    for (const auto& item : *all) {
        if (!item.value("http", false)) continue;
        ++wanted;
        const auto input = item.at("input").get<std::string>();
        const auto base  = item.contains("base") ? text_or_null(item.at("base")) : std::nullopt;
        const auto want  = text_or_null(item.at("href"));
        const auto got   = href_of(input, base);
        if (got == want) {
            ++right;
        } else {
            ADD_FAILURE() << '<' << input << "> against " << shown(base) << ": " << shown(got) << ", expected "
                          << shown(want);
        }
    }
    std::cout << "urltestdata.json: " << right << " of " << wanted << '\n';
    EXPECT_GT(wanted, 0);
}

// The parts, not only the whole, where the data has them.
TEST(url_corpus, has_the_parts_the_web_platform_tests_say) {
    const auto all = cases("urltestdata.json");
    if (!all) GTEST_SKIP() << "no url/urltestdata.json under FORAGE_CORPORA";
    int checked = 0;
    for (const auto& item : *all) {
        if (!item.value("http", false) || !item.contains("parts")) continue;
        const auto parsed = url::parse(item.at("href").get<std::string>());
        ASSERT_TRUE(parsed) << item.at("href");
        const auto unless_bare = [](const std::string& text) { return text.size() == 1 ? std::string{} : text; };
        const std::map<std::string, std::string> parts{
            {"protocol", parsed->scheme() + ':'},
            {"username", parsed->username()},
            {"password", parsed->password()},
            {"host", parsed->authority()},
            {"hostname", parsed->host()},
            {"pathname", parsed->path()},
            {"search", unless_bare(parsed->query())},
            {"hash", unless_bare(parsed->fragment())},
            {"origin", parsed->origin()},
        };
        for (const auto& [name, want] : item.at("parts").items()) {
            const auto got = parts.find(name);
            if (got == parts.end()) continue;
            ++checked;
            EXPECT_EQ(got->second, want.get<std::string>()) << name << " of " << item.at("href");
        }
    }
    std::cout << "urltestdata.json: " << checked << " parts\n";
    EXPECT_GT(checked, 0);
}

// As the web platform's test does it: the host of https://INPUT/x. No exceptions are needed with ICU 72.
TEST(url_corpus, converts_hosts_to_ascii) {
    const auto all = cases("toascii.json");
    if (!all) GTEST_SKIP() << "no url/toascii.json under FORAGE_CORPORA";
    int right = 0;
    for (const auto& item : *all) {
        const auto input  = item.at("input").get<std::string>();
        const auto want   = text_or_null(item.at("output"));
        const auto parsed = url::parse("https://" + input + "/x");
        const auto got    = parsed ? std::optional{parsed->host()} : std::nullopt;
        if (got == want) {
            ++right;
        } else {
            ADD_FAILURE() << '<' << input << ">: " << shown(got) << ", expected " << shown(want);
        }
    }
    std::cout << "toascii.json: " << right << " of " << all->size() << '\n';
}

}  // namespace
