// Quotas over processes and over the network: what is counted, what is not, and that nothing is asked beyond.
#include "support/background_server.hpp"
#include "support/child_process.hpp"
#include "support/closed_port.hpp"
#include "support/miniweb_fixture.hpp"
#include "support/temporary_folder.hpp"

#include <atomic>
#include <fstream>
#include <gtest/gtest.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace {

using forage::testing::background_server;
using forage::testing::child_command;
using forage::testing::child_outcome;
using forage::testing::child_process;
using forage::testing::closed_port;
using forage::testing::example_program;
using forage::testing::raw_answer;
using forage::testing::run_child;
using forage::testing::temporary_folder;
using nlohmann::json;
using strings = std::vector<std::string>;

/// A service with one hit on each of its pages.
class quota_test : public ::testing::Test {
protected:
    quota_test() {
        std::ofstream{folder.path() / "one.json"}
            << R"({"name":"one","url":"http://unused.example/","key_environment":"ONE_KEY","needs_key":true,)"
               R"("key_header":"X-Key","parameters":{"q":"{query}","n":"{count}","page":"{page}"},)"
               R"("page_size":1,"pages":1000,"results":"hits","link":"url"})";
    }

    raw_answer hit(std::size_t connection, std::size_t request, std::string fields = {}) {
        const auto number = std::to_string(connection) + "-" + std::to_string(request);
        const auto body   = R"({"hits":[{"url":"http://hit.example/)" + number + "\"}]}";
        return {
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + fields +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body,
            raw_answer::ending::keep
        };
    }
    [[nodiscard]] child_command search(const std::string& address, int count, const strings& more = {}) const {
        strings words{
            example_program("forage"),
            "search",
            "why",
            "--provider-file",
            folder.path() / "one.json",
            "--provider",
            "one",
            "--service-url",
            "one=" + address,
            "--count",
            std::to_string(count),
            "--quota-file",
            folder.path() / "quota.sqlite",
            "--allow-private",
            "--timeout",
            "50",
            "--format",
            "json"
        };
        words.insert(words.end(), more.begin(), more.end());
        return {.words = std::move(words), .environment = {{"ONE_KEY", "key"}}};
    }

    temporary_folder folder;
    std::atomic<int> asked{0};
};

TEST_F(quota_test, ten_processes_never_make_the_101st_request) {
    const background_server service{[&](std::size_t connection, std::size_t request, const std::string&) {
        ++asked;
        return hit(connection, request);
    }};
    std::vector<std::unique_ptr<child_process>> processes;
    for (int i = 0; i < 10; ++i) processes.push_back(std::make_unique<child_process>(search(service.url(), 15)));
    std::size_t hits = 0, refused = 0;
    for (const auto& process : processes) {
        const auto ended = process->finish();
        const auto found = json::parse(ended.out, nullptr, false);
        if (found.is_object()) hits += found["results"].size();
        refused +=
            ended.out.find("quota_exceeded") != ended.out.npos || ended.err.find("100 requests") != ended.err.npos;
    }
    EXPECT_EQ(asked, 100);
    EXPECT_EQ(hits, 100u);
    EXPECT_GE(refused, 1u);
    const auto late = run_child(search(service.url(), 1));
    EXPECT_EQ(late.exit_code, 1);
    EXPECT_NE(late.err.find("100 requests were made today"), late.err.npos) << late.err;
    EXPECT_EQ(asked, 100);
}

TEST_F(quota_test, what_could_not_be_sent_is_not_counted) {
    const closed_port nobody;
    for (int i = 0; i < 3; ++i) EXPECT_EQ(run_child(search(nobody.url(), 1, {"--quota", "1"})).exit_code, 1);
    const background_server service{[&](std::size_t connection, std::size_t request, const std::string&) {
        ++asked;
        return hit(connection, request);
    }};
    EXPECT_EQ(run_child(search(service.url(), 1, {"--quota", "1"})).exit_code, 0);
    EXPECT_EQ(run_child(search(service.url(), 1, {"--quota", "1"})).exit_code, 1);
    EXPECT_EQ(run_child(search(service.url(), 1, {"--no-quota"})).exit_code, 0);
    EXPECT_EQ(asked, 2);
}

TEST_F(quota_test, what_the_service_says_holds_for_all_processes) {
    const background_server service{[&](std::size_t connection, std::size_t request, const std::string&) {
        ++asked;
        return hit(connection, request, "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 90000\r\n");
    }};
    EXPECT_EQ(run_child(search(service.url(), 1)).exit_code, 0);
    const auto second = run_child(search(service.url(), 1));
    EXPECT_EQ(second.exit_code, 1);
    EXPECT_NE(second.err.find("it said that its quota is spent"), second.err.npos) << second.err;
    EXPECT_EQ(asked, 1);
}

TEST_F(quota_test, without_the_file_nothing_is_asked) {
    const background_server service{[&](std::size_t connection, std::size_t request, const std::string&) {
        ++asked;
        return hit(connection, request);
    }};
    const auto ended = run_child(search(service.url(), 1, {"--quota-file", folder.path()}));
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_NE(ended.err.find("the file that counts requests"), ended.err.npos) << ended.err;
    EXPECT_EQ(asked, 0);
}

}  // namespace
