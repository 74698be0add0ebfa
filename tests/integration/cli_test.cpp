// The command line program as a child process: what it prints where, and how it ends.
#include "support/cli_fixture.hpp"
#include "support/silent_server.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace {

using forage::testing::example_program;
using forage::testing::hostile_name;
using forage::testing::hostile_page;
using forage::testing::miniweb;
using forage::testing::run_child;
using forage::testing::silent_server;
using forage::testing::temporary_folder;
using nlohmann::json;
using strings = std::vector<std::string>;

/// No byte a terminal would act on, and valid enough that none hides.
bool is_calm(const std::string& text) {
    const bool has_control = std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
    });
    return !has_control && text.find("\xC2\x9B") == text.npos && text.find("\xE2\x80\xAE") == text.npos;
}

std::vector<json> json_lines(const std::string& text) {
    std::vector<json> all;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) all.push_back(json::parse(line));
    return all;
}

long line_count(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

using Cli = forage::testing::cli_fixture;

TEST_F(Cli, research_cites_the_right_pages) {
    const std::vector<std::pair<std::string, std::string>> questions{
        {"how does WAL mode handle checkpoints", "wal.html"},
        {"what is the maximum length of a SQL statement", "limits.html"},
        {"how do I enable foreign key constraints", "foreignkeys.html"},
        {"does AUTOINCREMENT prevent the reuse of rowids", "autoinc.html"},
        {"what is a partial index", "partialindex.html"},
    };
    for (const auto& [question, name] : questions) {
        const auto ended = run({"research", question, "--format", "json", "--count", "5"});
        EXPECT_EQ(ended.exit_code, 0) << question << '\n' << ended.err;
        const auto pack = json::parse(ended.out, nullptr, false);
        ASSERT_TRUE(pack.is_object()) << ended.out;
        bool is_cited = false;
        for (const auto& passage : pack["passages"]) {
            for (const auto& source : pack["sources"]) {
                if (source["number"] == passage["source"]) is_cited = is_cited || source["url"] == page(name);
            }
        }
        EXPECT_TRUE(is_cited) << question << '\n' << pack["sources"].dump(2);
    }
}

TEST_F(Cli, research_as_text_numbers_passages_and_sources) {
    const auto ended = run({"research", "how does WAL mode handle checkpoints"});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(ended.err, "");
    EXPECT_EQ(ended.out.rfind("how does WAL mode handle checkpoints\n\n1. [", 0), 0u) << ended.out;
    EXPECT_NE(ended.out.find("\nSources\n[1] "), ended.out.npos) << ended.out;
    EXPECT_NE(ended.out.find("\n    " + page("wal.html") + "\n"), ended.out.npos) << ended.out;
}

TEST_F(Cli, search_asks_the_provider_it_is_told) {
    for (const std::string provider : {"google", "bing", "duckduckgo"}) {
        const auto ended =
            run({"search", "foreign", "key", "--provider", provider, "--count", "3", "--format", "json"});
        EXPECT_EQ(ended.exit_code, 0) << ended.err;
        const auto found = json::parse(ended.out);
        ASSERT_EQ(found["results"].size(), 3u) << provider;
        EXPECT_EQ(found["results"][0]["provider"], provider);
        EXPECT_EQ(found["attempts"].size(), 1u);
    }
    const auto text = run({"search", "foreign key", "--count", "2"});
    EXPECT_NE(text.out.find("1. "), text.out.npos);
    EXPECT_NE(text.out.find("\n   https://"), text.out.npos) << text.out;
}

TEST_F(Cli, search_asks_a_service_that_a_file_describes) {
    const temporary_folder folder;
    const auto file = folder.path() / "mine.json";
    std::ofstream{file} << R"({"name":"mine","url_environment":"NOWHERE","key_environment":"GOOGLE_SEARCH_API_KEY",)"
                        << R"("needs_key":true,"key_parameter":"key","parameters":{"q":"{query}","cx":")"
                        << miniweb::google_cx << R"(","num":"{count}"},"page_size":10,"results":"items",)"
                        << R"("always":"queries","title":"title","link":"link","snippet":"snippet"})";
    const strings ask{"search", "foreign key", "--provider", "mine", "--count", "3", "--format", "json"};
    auto words = ask;
    words.insert(words.end(), {"--provider-file", file, "--service-url", "mine=" + google_url()});
    const auto ended = run(words);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    const auto found = json::parse(ended.out, nullptr, false);
    ASSERT_TRUE(found.is_object()) << ended.out;
    ASSERT_EQ(found["results"].size(), 3u);
    EXPECT_EQ(found["results"][0]["provider"], "mine");
    EXPECT_NE(found["results"][0]["snippet"], "");

    EXPECT_EQ(run(ask).exit_code, 2) << "nobody is called so";
    std::ofstream{file} << R"({"name":"mine","titel":"t"})";
    const auto wrong = run(words);
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_NE(wrong.err.find("mine.json: description of a search service: titel: no member"), wrong.err.npos)
        << wrong.err;
}

TEST_F(Cli, search_that_finds_nothing_ends_with_1) {
    const auto ended = run({"search", "qqqzzzxxx"});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(ended.out, "");
    EXPECT_EQ(line_count(ended.err), 1) << ended.err;
}

TEST_F(Cli, scrape_prints_in_input_order_and_counts) {
    const strings names{"wal.html", "limits.html", "foreignkeys.html", "autoinc.html", "about.html", "lang.html"};
    strings words{"scrape", "--format", "jsonl", "--concurrency", "2", "--stats"};
    for (const auto& name : names) words.push_back(page(name));
    const auto ended = run(words);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;

    const auto pages = json_lines(ended.out);
    ASSERT_EQ(pages.size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(pages[i]["url"], page(names[i]));
    EXPECT_EQ(pages[0]["title"], "Write-Ahead Logging");

    const auto stats = json::parse(ended.err);
    EXPECT_EQ(stats["pages_ok"], 6);
    EXPECT_EQ(stats["pages_failed"], 0);
    EXPECT_GT(stats["bytes_wire"], 10'000);
    EXPECT_GE(stats["bytes_decoded"], 50'000);
    EXPECT_GT(stats["wall_s"], 0.0);
    EXPECT_GT(stats["cpu_s"], 0.0);
    EXPECT_LE(stats["connections_opened"], 2);
    EXPECT_EQ(stats["connections_opened"].get<int>() + stats["connections_reused"].get<int>(), 7)
        << "six pages and robots.txt";
    ASSERT_EQ(stats["requests"].size(), 7u);
    for (const auto& request : stats["requests"]) {
        EXPECT_EQ(request["method"], "GET");
        EXPECT_GT(request["timing"]["first_byte"], 0.0);
    }
    EXPECT_EQ(stats["tls_handshakes"], stats["connections_opened"]);
    EXPECT_EQ(stats.size(), 13u);
}

TEST_F(Cli, scrape_exit_codes_and_failures) {
    const auto good = page("about.html");
    const auto bad  = page("no-such-page.html");

    const auto some = run({"scrape", good, bad, "--format", "json"});
    EXPECT_EQ(some.exit_code, 3);
    EXPECT_EQ(line_count(some.err), 1) << some.err;
    const auto batch = json::parse(some.out);
    EXPECT_EQ(batch["pages"][0]["url"], good);
    EXPECT_EQ(batch["failures"][0]["error"]["kind"], "http_status");

    const auto none = run({"scrape", bad, "nonsense", "ftp://example.org/"});
    EXPECT_EQ(none.exit_code, 1);
    EXPECT_EQ(none.out, "");
    EXPECT_EQ(line_count(none.err), 3) << none.err;

    EXPECT_EQ(run({"scrape"}).exit_code, 2);
    EXPECT_EQ(run({"scrape", good, "--allow-address", "not-an-address"}).exit_code, 2);
    EXPECT_EQ(run({"scrape", "--urls", "/no/such/file"}).exit_code, 1);
}

TEST_F(Cli, the_guard_stays_on_unless_told) {
    const silent_server inside;
    const auto ended = run_child({.words = {example_program("forage"), "scrape", inside.url(), "--format", "jsonl"}});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(json::parse(ended.out)["error"]["kind"], "blocked_address") << ended.out;
}

TEST_F(Cli, scrape_takes_lists_from_a_file_and_from_standard_input) {
    const auto list =
        "# the list\n\n" + page("about.html") + "\n" + page("lang.html") + "#part\n" + page("lang.html") + "\n";
    const temporary_folder folder;
    const auto file = (folder.path() / "urls").string();
    std::ofstream{file} << list;

    const auto from_file = run({"scrape", "--urls", file, "--format", "jsonl"});
    const auto from_pipe = run({"scrape", "--urls", "-", "--format", "jsonl"}, list);
    for (const auto* ended : {&from_file, &from_pipe}) {
        EXPECT_EQ(ended->exit_code, 0) << ended->err;
        EXPECT_EQ(json_lines(ended->out).size(), 2u);
        EXPECT_NE(ended->err.find("1 repeated"), ended->err.npos) << ended->err;
    }
}

TEST_F(Cli, fetch_only_reads_nothing) {
    const auto ended = run({"scrape", "--fetch-only", page("wal.html")});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(line_count(ended.out), 1) << ended.out;
    EXPECT_EQ(ended.out.rfind("200 ", 0), 0u) << ended.out;
}

TEST_F(Cli, extract_reads_standard_input_without_network) {
    const std::string html = "<title>Caf\xE9</title><meta charset=latin1><p>one <a href=two rel=next>two</a>";
    const auto ended       = run({"extract", "-", "--base", "https://a.example/dir/", "--format", "json"}, html);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    const auto read = json::parse(ended.out);
    EXPECT_EQ(read["title"], "Caf\xC3\xA9");
    EXPECT_EQ(read["charset"], "windows-1252");
    EXPECT_EQ(read["links"][0]["url"], "https://a.example/dir/two");
    EXPECT_EQ(read["links"][0]["rel"], "next");

    EXPECT_EQ(run({"extract", "/no/such/file"}).exit_code, 1);
    EXPECT_EQ(run({"extract", "-", "--base", "nonsense"}).exit_code, 2);
}

TEST_F(Cli, extract_reads_a_folder_as_one_object) {
    const temporary_folder folder;
    const auto write = [&](const std::string& name, const std::string& html) {
        std::ofstream{folder.path() / name} << html;
    };
    write("b.html", "<title>B</title><nav><a href=/x>menu</a></nav><p>say \"b\"\\\x01<p>and more");
    write("a.html", "<p>only this");
    write("c.txt", "no page");
    const auto ended = run({"extract", "--batch", folder.path().string()});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    const auto read = json::parse(ended.out);
    EXPECT_EQ(read.size(), 2u);
    EXPECT_EQ(read["a"]["articleBody"], "only this");
    EXPECT_EQ(read["b"]["articleBody"], "say \"b\"\\\nand more");
    EXPECT_EQ(read["b"]["title"], "B");
    EXPECT_EQ(run({"extract", "--batch", "/no/such/folder"}).exit_code, 1);
}

TEST_F(Cli, feeds_and_sitemaps_are_read_without_network) {
    const std::string rss = "<rss><channel><title>T</title><item><title>One</title><link>/1</link></item>";
    const auto whole =
        run({"feed", "-", "--base", "https://a.example/", "--format", "jsonl"}, rss + "</channel></rss>");
    EXPECT_EQ(whole.exit_code, 0) << whole.err;
    EXPECT_EQ(json::parse(whole.out)["url"], "https://a.example/1");
    const auto cut = run({"feed", "-", "--format", "json"}, rss);
    EXPECT_EQ(cut.exit_code, 3) << cut.err;
    EXPECT_EQ(json::parse(cut.out)["truncated"], true);
    EXPECT_EQ(run({"feed", "-"}, "<html>").exit_code, 1);
    EXPECT_EQ(run({"feed", "-", "--base", "nonsense"}, rss).exit_code, 2);

    const auto sitemap = run({"sitemap", "-"}, "<urlset><url><loc>https://a.example/1</loc></url></urlset>");
    EXPECT_EQ(sitemap.exit_code, 0) << sitemap.err;
    EXPECT_EQ(sitemap.out, "https://a.example/1\n");
    EXPECT_EQ(run({"sitemap", "/no/such/file"}).exit_code, 1);
}

TEST_F(Cli, control_characters_of_pages_reach_no_terminal) {
    const auto url = page(hostile_name);
    for (const std::string format : {"text", "markdown", "json", "jsonl"}) {
        const auto scraped   = run({"scrape", url, "--format", format, "-v"});
        const auto searched  = run({"search", "zebrafinch", "--format", format, "-v"});
        const auto answered  = run({"research", "zebrafinch", "--format", format, "-v"});
        const auto extracted = run({"extract", "-", "--format", format}, hostile_page);
        for (const auto* ended : {&scraped, &searched, &answered, &extracted}) {
            EXPECT_EQ(ended->exit_code, 0) << ended->err;
            EXPECT_NE(ended->out.find("zebrafinch"), ended->out.npos);
            EXPECT_TRUE(is_calm(ended->out)) << ended->out;
            EXPECT_TRUE(is_calm(ended->err)) << ended->err;
        }
    }
    const auto failed = run({"scrape", "http://\x1b[31m\xE2\x80\xAE/"});
    EXPECT_EQ(failed.exit_code, 1);
    EXPECT_TRUE(is_calm(failed.err)) << failed.err;
    const auto refused = run({"search", "q", "--format", "\x1b[31m"});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_TRUE(is_calm(refused.err)) << refused.err;
}

TEST_F(Cli, keys_are_in_no_output_and_no_log) {
    const silent_server silent;
    for (const std::string provider : {"google", "bing", "google,bing"}) {
        for (const bool works : {true, false}) {
            strings words{"search", "wal", "--provider", provider, "-vv", "--stats", "--format", "json"};
            if (!works) {
                // What is said about a request that failed tells where it went.
                words.insert(words.end(), {"--timeout", "0.3"});
                for (const auto* option : {"--google-url", "--bing-url"}) {
                    words.emplace_back(option);
                    words.push_back(silent.url() + "v1");
                }
            }
            const auto ended = run(words);
            EXPECT_EQ(ended.exit_code, works ? 0 : 1) << ended.err;
            EXPECT_GT(line_count(ended.err), 1) << "nothing was logged";
            for (const auto secret : {miniweb::google_key, miniweb::bing_key}) {
                EXPECT_EQ(ended.out.find(secret), ended.out.npos) << ended.out;
                EXPECT_EQ(ended.err.find(secret), ended.err.npos) << ended.err;
            }
        }
    }
}

TEST_F(Cli, logs_go_to_standard_error_only) {
    const auto quiet = run({"scrape", page("about.html")});
    const auto loud  = run({"scrape", page("about.html"), "-v"});
    EXPECT_EQ(quiet.err, "");
    EXPECT_NE(loud.err, "");
    EXPECT_EQ(quiet.out, loud.out);
}

}  // namespace
