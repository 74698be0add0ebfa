// How the command line program ends when it is interrupted, cut off, or no longer read; and what a terminal sees.
#include "support/cli_fixture.hpp"
#include "support/silent_server.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>

namespace {

using forage::testing::child_process;
using forage::testing::silent_server;
using nlohmann::json;
using namespace std::chrono_literals;

using CliEnding = forage::testing::cli_fixture;

long line_count(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

class stopwatch {
public:
    [[nodiscard]] auto elapsed() const { return std::chrono::steady_clock::now() - begin_; }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

TEST_F(CliEnding, interrupted_it_keeps_what_is_there) {
    const silent_server silent;
    child_process forage{command({"scrape", page("about.html"), silent.url(), "--format", "jsonl", "--timeout", "60"})};
    ASSERT_TRUE(forage.writes("\n")) << forage.err();
    const stopwatch watch;
    forage.send_signal(SIGINT);
    const auto ended = forage.finish();
    EXPECT_LT(watch.elapsed(), 2s);
    EXPECT_EQ(ended.exit_code, 3) << ended.err;
    EXPECT_EQ(line_count(ended.out), 2) << ended.out;
    EXPECT_EQ(json::parse(ended.out.substr(ended.out.find('\n')))["error"]["kind"], "cancelled");
    EXPECT_EQ(line_count(ended.err), 1) << ended.err;
}

TEST_F(CliEnding, interrupted_before_there_is_anything_it_says_130) {
    for (const std::string format : {"text", "json"}) {
        const silent_server silent;
        child_process forage{command({"scrape", silent.url(), "--format", format, "--timeout", "60"})};
        ASSERT_TRUE(silent.is_asked());
        const stopwatch watch;
        forage.send_signal(SIGINT);
        const auto ended = forage.finish();
        EXPECT_LT(watch.elapsed(), 2s);
        EXPECT_EQ(ended.exit_code, 130) << ended.err;
    }
}

TEST_F(CliEnding, a_search_is_interrupted_too) {
    const silent_server silent;
    child_process forage{command({"search", "q", "--provider", "bing", "--bing-url", silent.url(), "--timeout", "60"})};
    ASSERT_TRUE(silent.is_asked());
    forage.send_signal(SIGINT);
    EXPECT_EQ(forage.finish().exit_code, 130);
}

TEST_F(CliEnding, the_deadline_keeps_what_is_there) {
    const silent_server silent;
    const stopwatch watch;
    const auto ended =
        run({"scrape", silent.url(), page("about.html"), "--format", "jsonl", "--timeout", "60", "--deadline", "1.5"});
    EXPECT_LT(watch.elapsed(), 3s);
    EXPECT_EQ(ended.exit_code, 3) << ended.err;
    ASSERT_EQ(line_count(ended.out), 2) << ended.out;
    EXPECT_EQ(json::parse(ended.out.substr(0, ended.out.find('\n')))["error"]["kind"], "timed_out");
    EXPECT_EQ(json::parse(ended.out.substr(ended.out.find('\n')))["url"], page("about.html"));
}

TEST_F(CliEnding, the_timeout_is_for_one_page) {
    const silent_server silent;
    const stopwatch watch;
    const auto ended = run({"scrape", silent.url(), "--timeout", "0.3"});
    EXPECT_GE(watch.elapsed(), 300ms);
    EXPECT_LT(watch.elapsed(), 3s);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(line_count(ended.err), 1) << ended.err;
}

TEST_F(CliEnding, a_reader_that_has_gone_ends_it_quietly) {
    const silent_server silent;
    // The last page never comes: only the reader's going can end this in time.
    child_process forage{command({"scrape", page("about.html"), page("wal.html"), page("lang.html"), silent.url()})};
    forage.close_output();
    const auto ended = forage.finish();
    EXPECT_EQ(ended.exit_code, 0);
    EXPECT_EQ(ended.err, "");
    EXPECT_FALSE(ended.ran_too_long);
}

TEST_F(CliEnding, a_reader_that_stands_still_does_not_hold_ctrl_c) {
    // More than a pipe holds: the program waits inside a write when the signal comes.
    child_process forage{command({"scrape", page("fileformat2.html"), page("c3ref/intro.html"), page("session.html")})};
    ASSERT_TRUE(forage.fills_output()) << forage.err();
    forage.send_signal(SIGINT);
    const auto ended = forage.finish();
    EXPECT_FALSE(ended.ran_too_long);
    EXPECT_EQ(ended.exit_code, 3);
}

TEST_F(CliEnding, progress_is_for_terminals) {
    auto call               = command({"scrape", page("about.html"), page("no-such-page.html")});
    const auto plain        = forage::testing::run_child(call);
    call.stderr_is_terminal = true;
    const auto shown        = forage::testing::run_child(call);
    EXPECT_EQ(plain.err.find(" of 2 pages"), plain.err.npos) << plain.err;
    EXPECT_NE(shown.err.find("1 of 2 pages"), shown.err.npos) << shown.err;
    EXPECT_EQ(shown.out, plain.out);
}

}  // namespace
