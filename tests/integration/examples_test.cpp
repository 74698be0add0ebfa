// The small programs of examples/, run as a user would, against the loopback web.
#include "support/child_process.hpp"
#include "support/miniweb_fixture.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace {

using forage::testing::child_outcome;
using forage::testing::example_program;
using forage::testing::miniweb;
using forage::testing::run_child;
using nlohmann::json;

class Examples : public testing::Test {
protected:
    static void SetUpTestSuite() { web_ = std::make_unique<miniweb>(); }
    static void TearDownTestSuite() { web_.reset(); }

    static child_outcome
    run(std::string_view program, const std::vector<std::string>& arguments, const std::string& input = {}) {
        std::vector<std::string> words{example_program(program)};
        words.insert(words.end(), arguments.begin(), arguments.end());
        return run_child({.words = words, .environment = web_->environment(), .input = input});
    }

    static std::unique_ptr<miniweb> web_;
};
std::unique_ptr<miniweb> Examples::web_;

TEST_F(Examples, hello_search_prints_titles_and_addresses) {
    const auto run = Examples::run("hello_search", {"how does WAL mode handle checkpoints"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_NE(run.out.find("Write-Ahead Logging\n  " + web_->page("wal.html")), run.out.npos) << run.out;
}

TEST_F(Examples, fan_out_counts_links_and_names_what_failed) {
    const auto missing = web_->page("no-such-page.html");
    const auto run     = Examples::run(
        "fan_out", {web_->page("wal.html"), missing, web_->page("limits.html"), web_->page("about.html")}
    );
    EXPECT_EQ(run.exit_code, 0) << run.err;

    std::istringstream lines{run.out};
    int pages = 0;
    for (std::string line; std::getline(lines, line); ++pages) {
        EXPECT_GT(std::stoi(line), 5) << line;
        EXPECT_NE(line.find(" links on https://"), line.npos) << line;
    }
    EXPECT_EQ(pages, 3);
    EXPECT_NE(run.err.find(missing), run.err.npos) << run.err;
    EXPECT_NE(run.err.find("404"), run.err.npos) << run.err;
}

TEST_F(Examples, legacy_blocking_asks_from_plain_threads) {
    const auto run =
        Examples::run("legacy_blocking", {"autoincrement rowid", "partial index", "foreign key constraints"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    for (const auto* page : {"autoinc.html", "partialindex.html", "foreignkeys.html"}) {
        EXPECT_NE(run.out.find(web_->page(page)), run.out.npos) << page << " is not in\n" << run.out;
    }
}

TEST_F(Examples, inside_event_loop_does_not_deadlock) {
    const auto run = Examples::run("inside_event_loop", {"foreign key constraint"});
    EXPECT_FALSE(run.ran_too_long);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(run.out, "handler: 3 hits\ncoroutine: 3 hits\n");
}

TEST_F(Examples, agent_tool_loop_answers_every_line) {
    const std::vector<std::string> calls{
        R"({"id":1,"tool":"search","arguments":{"query":"WAL checkpoint","count":3}})",
        R"({"id":"two","tool":"scrape","arguments":{"url":")" + web_->page("wal.html") + R"("}})",
        R"({"id":3,"tool":"research","arguments":{"query":"what is the maximum length of a SQL statement"}})",
        R"({"id":4,"tool":"fly","arguments":{}})",
        R"({"id":5,"tool":"scrape","arguments":{"url":"ftp://example.org/"}})",
        R"({"id":6,"tool":"search","arguments":7})",
        R"({"id":7})",
        R"([[[[)",
        "\xFF\x1b[31m",
        std::string(2'000'000, '['),
        R"({"id":[[[[1]]]],"tool":"search","arguments":{"query":"x","count":1e308}})",
        R"({"id":8,"tool":"search","arguments":{"query":"vacuum","count":1}})",  // without its line break
    };
    std::string input;
    for (const auto& call : calls) input += (input.empty() ? "" : "\n") + call;
    const auto run = Examples::run("agent_tool_loop", {}, input);
    EXPECT_EQ(run.exit_code, 0) << run.err;

    std::vector<json> answers;
    std::istringstream lines{run.out};
    for (std::string line; std::getline(lines, line);) {
        for (const char c : line) ASSERT_TRUE(c >= 0x20 && c < 0x7F) << line;
        answers.push_back(json::parse(line));
    }
    ASSERT_EQ(answers.size(), calls.size());
    EXPECT_EQ(answers[0]["id"], 1);
    EXPECT_EQ(answers[0]["untrusted"], true);
    EXPECT_EQ(answers[0]["result"]["results"].size(), 3u);
    EXPECT_EQ(answers[1]["id"], "two");
    EXPECT_EQ(answers[1]["result"]["title"], "Write-Ahead Logging");
    EXPECT_FALSE(answers[2]["result"]["passages"].empty());
    for (std::size_t i = 3; i <= 9; ++i) {
        EXPECT_TRUE(answers[i].contains("error")) << answers[i];
        EXPECT_FALSE(answers[i].contains("result")) << answers[i];
    }
    EXPECT_EQ(answers[4]["error"]["kind"], "bad_url");
    EXPECT_EQ(answers[6]["id"], 7);
    EXPECT_EQ(answers[7]["id"], nullptr);
    EXPECT_EQ(answers[10]["id"], nullptr);
    EXPECT_EQ(answers[11]["result"]["results"].size(), 1u);
}

}  // namespace
