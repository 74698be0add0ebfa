// The command line: what it takes, what it refuses, and with which code.
#include "cli/options.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace {

using namespace forage::cli;
using namespace std::chrono_literals;

command_line parse(std::vector<const char*> words) {
    words.insert(words.begin(), "forage");
    return parse_command_line(static_cast<int>(words.size()), words.data());
}

options chosen(std::vector<const char*> words) {
    auto line = parse(std::move(words));
    EXPECT_TRUE(line.chosen) << line.text;
    return line.chosen.value_or(options{});
}

void expect_usage_error(std::vector<const char*> words) {
    std::string all;
    for (const auto* word : words) all += std::string{word} + ' ';
    const auto line = parse(std::move(words));
    EXPECT_FALSE(line.chosen) << all;
    EXPECT_EQ(line.exit_code, 2) << all;
    EXPECT_NE(line.text.find("forage: "), std::string::npos) << all;
}

TEST(CliOptions, search_with_defaults) {
    const auto o = chosen({"search", "wal", "checkpoint"});
    EXPECT_EQ(o.command, command::search);
    EXPECT_EQ(o.query, "wal checkpoint");
    EXPECT_TRUE(o.chain.empty());
    EXPECT_FALSE(o.count);
    EXPECT_EQ(o.timeout, 10s);
    EXPECT_EQ(o.deadline, 0s);
    EXPECT_EQ(o.format, output_format::text);
}

TEST(CliOptions, providers_as_list_and_repeated) {
    using forage::provider;
    const std::vector<provider> both{provider::duckduckgo, provider::google};
    EXPECT_EQ(chosen({"search", "--provider", "duckduckgo,google", "q"}).chain, both);
    EXPECT_EQ(chosen({"search", "--provider", "duckduckgo", "--provider", "google", "q"}).chain, both);
    EXPECT_EQ(chosen({"search", "--provider", "bing", "q"}).query, "q");
    expect_usage_error({"search", "--provider", "altavista", "q"});
}

TEST(CliOptions, words_of_a_query_may_be_names_of_commands) {
    const auto o = chosen({"search", "scrape", "and", "search"});
    EXPECT_EQ(o.command, command::search);
    EXPECT_EQ(o.query, "scrape and search");
}

TEST(CliOptions, metadata_is_asked_for) {
    EXPECT_FALSE(chosen({"extract", "a.html"}).metadata);
    EXPECT_TRUE(chosen({"extract", "--metadata", "a.html"}).metadata);
    EXPECT_TRUE(chosen({"scrape", "--metadata", "https://a.example"}).metadata);
    expect_usage_error({"search", "--metadata", "q"});
}

TEST(CliOptions, research_has_presets_and_wishes_beyond_them) {
    using forage::quick_research, forage::deep_research;
    const auto plain = chosen({"research", "q"}).research.options();
    EXPECT_EQ(plain.pages, quick_research.pages);
    EXPECT_EQ(plain.depth, 0);
    // The order does not matter: a preset does not undo a wish.
    const auto o = chosen(
        {"research",
         "--depth",
         "1",
         "--preset",
         "deep",
         "--max-tokens",
         "500",
         "--host-pages",
         "3",
         "--max-requests",
         "40",
         "--max-bytes",
         "1000000",
         "--passages",
         "2",
         "q"}
    );
    const auto how = o.research.options();
    EXPECT_EQ(how.pages, deep_research.pages);
    EXPECT_EQ(how.depth, 1);
    EXPECT_EQ(how.max_tokens, 500);
    EXPECT_EQ(how.host_pages, 3);
    EXPECT_EQ(how.max_requests, 40);
    EXPECT_EQ(how.max_bytes, 1'000'000U);
    EXPECT_EQ(how.passages, 2);
    EXPECT_EQ(how.deadline, deep_research.deadline);
    EXPECT_TRUE(chosen({"research", "--preset", "adaptive", "q"}).research.options().adaptive);
    EXPECT_EQ(chosen({"research", "--preset", "comprehensive", "q"}).research.options().pages, 100);
    EXPECT_TRUE(chosen({"research", "--progress", "json", "q"}).research.progress_as_json);
    EXPECT_FALSE(chosen({"research", "--progress", "auto", "q"}).research.progress_as_json);
    expect_usage_error({"research", "--preset", "far", "q"});
    expect_usage_error({"research", "--depth", "4", "q"});
    expect_usage_error({"research", "--max-tokens", "-1", "q"});
    expect_usage_error({"research", "--progress", "loud", "q"});
    expect_usage_error({"search", "--preset", "deep", "q"});
}

TEST(CliOptions, scrape_takes_everything) {
    const auto o = chosen(
        {"scrape",
         "https://a/",
         "https://b/",
         "--urls",
         "-",
         "--concurrency",
         "64",
         "--timeout",
         "0.25",
         "--deadline=1.5",
         "--format",
         "jsonl",
         "--ca-file",
         "ca.pem",
         "--allow-address",
         "127.0.0.1",
         "--allow-address",
         "10.0.0.0/8",
         "--dns-server",
         "127.0.0.1:5353",
         "--fetch-only",
         "--stats",
         "-v"}
    );
    EXPECT_EQ(o.command, command::scrape);
    EXPECT_EQ(o.urls, (std::vector<std::string>{"https://a/", "https://b/"}));
    EXPECT_EQ(o.url_list, "-");
    EXPECT_EQ(o.concurrency, 64);
    EXPECT_EQ(o.timeout, 250ms);
    EXPECT_EQ(o.deadline, 1500ms);
    EXPECT_EQ(o.format, output_format::jsonl);
    EXPECT_EQ(o.client.ca_file, "ca.pem");
    EXPECT_EQ(o.client.allow_addresses, (std::vector<std::string>{"127.0.0.1", "10.0.0.0/8"}));
    EXPECT_FALSE(o.client.allow_private);
    EXPECT_EQ(o.client.dns_server, "127.0.0.1:5353");
    EXPECT_TRUE(o.fetch_only);
    EXPECT_TRUE(o.stats);
    EXPECT_EQ(o.verbosity, 1);
}

TEST(CliOptions, an_option_with_one_value_leaves_the_next_word_alone) {
    const auto o = chosen({"scrape", "--allow-address", "127.0.0.1", "https://a/"});
    EXPECT_EQ(o.urls, std::vector<std::string>{"https://a/"});
}

TEST(CliOptions, the_last_of_repeated_single_values_counts) {
    const auto o = chosen(
        {"search",
         "q",
         "--format",
         "json",
         "--count",
         "3",
         "--timeout",
         "1",
         "--format",
         "text",
         "--count",
         "4",
         "--timeout",
         "2",
         "--bing-url",
         "https://a/",
         "--bing-url",
         "https://b/"}
    );
    EXPECT_EQ(o.format, output_format::text);
    EXPECT_EQ(o.count, 4);
    EXPECT_EQ(o.timeout, 2s);
    EXPECT_EQ(o.client.bing_url, "https://b/");
}

TEST(CliOptions, extract_and_research) {
    const auto page = chosen({"extract", "-", "--base", "https://a/b"});
    EXPECT_EQ(page.command, command::extract);
    EXPECT_EQ(page.file, "-");
    EXPECT_EQ(page.base, "https://a/b");
    EXPECT_EQ(page.mode, forage::extraction_mode::balanced);
    EXPECT_EQ(chosen({"extract", "-", "--mode", "Recall"}).mode, forage::extraction_mode::recall);
    EXPECT_EQ(chosen({"scrape", "u", "--mode", "precision"}).mode, forage::extraction_mode::precision);
    EXPECT_EQ(chosen({"extract", "--batch", "pages"}).batch, "pages");

    const auto question = chosen({"research", "why is the sky blue", "--count", "3", "--bing-url", "https://b/"});
    EXPECT_EQ(question.command, command::research);
    EXPECT_EQ(question.count, 3);
    EXPECT_EQ(question.client.bing_url, "https://b/");
}

TEST(CliOptions, feed_and_sitemap) {
    const auto feed = chosen({"feed", "-", "--base", "https://a/b", "--format", "jsonl"});
    EXPECT_EQ(feed.command, command::feed);
    EXPECT_EQ(feed.file, "-");
    EXPECT_EQ(feed.base, "https://a/b");
    EXPECT_EQ(feed.format, output_format::jsonl);
    const auto sitemap = chosen({"sitemap", "s.xml.gz", "--timeout", "2"});
    EXPECT_EQ(sitemap.command, command::sitemap);
    EXPECT_EQ(sitemap.file, "s.xml.gz");
    EXPECT_EQ(sitemap.timeout, 2s);
    expect_usage_error({"feed"});
    expect_usage_error({"sitemap", "a", "b"});
}

TEST(CliOptions, what_is_wrong_is_refused) {
    expect_usage_error({});
    expect_usage_error({"fly"});
    expect_usage_error({"search"});
    expect_usage_error({"search", "  "});
    expect_usage_error({"scrape"});
    expect_usage_error({"extract", "--batch", "pages", "a"});
    expect_usage_error({"extract", "-", "--mode", "some"});
    expect_usage_error({"extract"});
    expect_usage_error({"extract", "a", "b"});
    expect_usage_error({"search", "q", "--format", "xml"});
    expect_usage_error({"search", "q", "--count", "0"});
    expect_usage_error({"search", "q", "--count", "many"});
    expect_usage_error({"scrape", "https://a/", "--concurrency", "0"});
    expect_usage_error({"scrape", "https://a/", "--timeout", "nan"});
    expect_usage_error({"scrape", "https://a/", "--ignore-errors"});
    expect_usage_error({"search", "q", "--google-key", "secret"});  // keys never in argv
}

TEST(CliOptions, usage_errors_are_printable) {
    const auto line = parse({"search", "q", "--format", "\x1b[31m\u202Exml"});
    EXPECT_EQ(line.text.find('\x1b'), std::string::npos);
    EXPECT_EQ(line.text.find("\u202E"), std::string::npos);
}

TEST(CliOptions, help_documents_exit_codes) {
    for (const auto& words :
         std::vector<std::vector<const char*>>{{"--help"}, {"scrape", "--help"}, {"search", "-h"}}) {
        const auto line = parse(words);
        EXPECT_FALSE(line.chosen);
        EXPECT_EQ(line.exit_code, 0);
        EXPECT_NE(line.text.find("Exit codes"), std::string::npos);
    }
    EXPECT_NE(parse({"scrape", "--help"}).text.find("--fetch-only"), std::string::npos);
}

TEST(CliOptions, seconds) {
    EXPECT_EQ(parse_seconds("1"), 1s);
    EXPECT_EQ(parse_seconds("0.5"), 500ms);
    EXPECT_EQ(parse_seconds("0.0001"), 1ms);
    EXPECT_EQ(parse_seconds("86400"), 86'400s);
    for (const auto* text : {"", "0", "-1", "86401", "1e9", "nan", "inf", "1s", " 1", "1 ", "0x10"}) {
        EXPECT_FALSE(parse_seconds(text)) << text;
    }
}

}  // namespace
