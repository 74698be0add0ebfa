// Exit codes, failure lines and counters.
#include "cli/console.hpp"
#include "cli/input.hpp"
#include "cli/run_report.hpp"

#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace {

using namespace forage::cli;

tally run(std::size_t ok, std::size_t failed, bool interrupted = false) {
    tally t;
    t.ok              = ok;
    t.failed          = failed;
    t.was_interrupted = interrupted;
    return t;
}

TEST(CliExitCode, as_documented) {
    EXPECT_EQ(exit_code(run(3, 0)), 0);
    EXPECT_EQ(exit_code(run(0, 3)), 1);
    EXPECT_EQ(exit_code(run(1, 2)), 3);
    EXPECT_EQ(exit_code(run(1, 2, true)), 3);
    EXPECT_EQ(exit_code(run(0, 2, true)), 130);
}

forage::scrape_failure failure(std::size_t index, forage::errc code, std::string url = "https://a/") {
    return {index, std::move(url), forage::error{code, "why"}};
}

std::string complaints(const std::vector<forage::scrape_failure>& failures) {
    testing::internal::CaptureStderr();
    console out;
    report_failures(out, failures);
    return testing::internal::GetCapturedStderr();
}

long lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

TEST(CliFailures, one_line_each) {
    const auto text = complaints(
        {failure(0, forage::errc::timed_out), failure(1, forage::errc::not_run), failure(2, forage::errc::tls_failed)}
    );
    EXPECT_EQ(lines(text), 3) << text;
}

TEST(CliFailures, an_interruption_is_summed_up) {
    const std::vector<forage::scrape_failure> failures{
        failure(0, forage::errc::timed_out), failure(1, forage::errc::cancelled), failure(2, forage::errc::not_run)
    };
    EXPECT_TRUE(was_interrupted(failures));
    const auto text = complaints(failures);
    EXPECT_EQ(lines(text), 2) << text;
    EXPECT_NE(text.find("2 pages not fetched"), text.npos) << text;
}

TEST(CliFailures, are_printable_and_redacted) {
    const auto text = complaints({
        failure(0, forage::errc::bad_url, "ht\x1btp://\u202E"),
        failure(1, forage::errc::timed_out, "https://user:hunter2@a.example/?key=sesame"),
    });
    EXPECT_EQ(text.find('\x1b'), text.npos);
    EXPECT_EQ(text.find("\u202E"), text.npos);
    EXPECT_EQ(text.find("hunter2"), text.npos) << text;
    EXPECT_EQ(text.find("sesame"), text.npos) << text;
}

TEST(CliStats, all_counters_are_there) {
    forage::client_stats client;
    client.bytes_received     = 10;
    client.bytes_decoded      = 20;
    client.connections_opened = 3;
    client.connections_reused = 4;
    client.tls_handshakes     = 2;
    client.tls_resumed        = 1;
    const auto stats          = nlohmann::json::parse(stats_json(run(5, 6), client, 1.5, 0.25));
    const nlohmann::json expected{
        {"pages_ok", 5},
        {"pages_failed", 6},
        {"bytes_wire", 10},
        {"bytes_decoded", 20},
        {"wall_s", 1.5},
        {"cpu_s", 0.25},
        {"connections_opened", 3},
        {"connections_reused", 4},
        {"tls_handshakes", 2},
        {"tls_resumed", 1},
        {"retries", 0},
        {"robots_fetched", 0},
        {"requests", nlohmann::json::array()},
    };
    EXPECT_EQ(stats, expected);
}

TEST(CliInput, reads_all_or_says_why_not) {
    const auto path = testing::TempDir() + "cli_input_test.txt";
    std::ofstream{path} << std::string(200'000, 'x');
    const auto all = read_input(path);
    ASSERT_TRUE(all);
    EXPECT_EQ(all->size(), 200'000u);
    EXPECT_TRUE(read_input(path, 200'000));
    EXPECT_EQ(read_input(path, 199'999).error().code, forage::errc::too_large);
    std::remove(path.c_str());
    EXPECT_EQ(read_input(path).error().code, forage::errc::file_failed);
    EXPECT_EQ(read_input(testing::TempDir()).error().code, forage::errc::file_failed);
}

}  // namespace
