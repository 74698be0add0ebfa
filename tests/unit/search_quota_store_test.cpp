// The file that counts requests, with times passed in.
#include "search/quota_store.hpp"
#include "support/temporary_folder.hpp"

#include <forage/search.hpp>

#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <vector>

namespace forage::detail {
namespace {

using namespace std::chrono_literals;
using testing::temporary_folder;

quota_store::time_point at(int month, int day, std::chrono::seconds time = 12h) {
    return std::chrono::sys_days{std::chrono::year{2096} / month / day} + time;
}

class quota_store_test : public ::testing::Test {
protected:
    temporary_folder folder;
    const std::string file = folder.path() / "below" / "quota.sqlite";
    quota_store store{file};

    errc reserve(const std::string& service, const quota_limits& limits, quota_store::time_point when) {
        const auto done = store.reserve({service, key}, limits, when);
        if (done) return errc::ok;
        last = done.error();
        return last.code;
    }
    int count(const std::string& service, const quota_limits& limits, quota_store::time_point when) {
        int made = 0;
        while (made < 50 && reserve(service, limits, when) == errc::ok) ++made;
        return made;
    }

    error last;
    std::string key = "a-key";
};

TEST_F(quota_store_test, a_day_has_so_many_and_the_next_as_many_again) {
    const quota_limits limits{.per_day = 3};
    EXPECT_EQ(count("a", limits, at(11, 28)), 3);
    EXPECT_EQ(last.code, errc::quota_exceeded);
    EXPECT_EQ(last.retry_at, at(11, 29, 0s));
    EXPECT_EQ(last.what, "3 requests were made today");
    EXPECT_EQ(last.hint, "wait until 2096-11-29, use another provider, or raise quota.per_day");
    EXPECT_EQ(count("b", limits, at(11, 28)), 3) << "each service has its own";
    EXPECT_EQ(count("a", limits, at(11, 29, 0s)), 3);
    EXPECT_EQ(count("a", limits, at(11, 28, 24h - 1s)), 0) << "a clock that is set back";
}

TEST_F(quota_store_test, a_month_too) {
    const quota_limits limits{.per_day = 3, .per_month = 5};
    EXPECT_EQ(count("a", limits, at(11, 28)), 3);
    EXPECT_EQ(count("a", limits, at(11, 30)), 2);
    EXPECT_EQ(last.retry_at, at(12, 1, 0s));
    EXPECT_EQ(count("a", limits, at(12, 31)), 3);
    EXPECT_EQ(count("a", {.per_month = 6}, at(12, 31)), 3);
    EXPECT_EQ(last.retry_at, std::chrono::sys_days{std::chrono::year{2097} / 1 / 1});
}

TEST_F(quota_store_test, money_is_counted_over_all_services) {
    const quota_limits dear{.micro_usd = 7'000, .micro_usd_per_month = 20'000};
    const quota_limits cheap{.micro_usd = 1'000, .micro_usd_per_month = 20'000};
    const quota_limits free{.micro_usd_per_month = 20'000};
    EXPECT_EQ(count("dear", dear, at(11, 28)), 2);
    EXPECT_EQ(last.what, "the money for this month is spent");
    EXPECT_EQ(count("cheap", cheap, at(11, 29)), 6);
    EXPECT_EQ(reserve("free", free, at(11, 29)), errc::ok) << "what costs nothing goes on";
    EXPECT_EQ(count("dear", dear, at(12, 1)), 2);
}

TEST_F(quota_store_test, what_was_not_made_is_given_back) {
    const quota_limits limits{.per_day = 2, .micro_usd = 10, .micro_usd_per_month = 20};
    EXPECT_EQ(count("a", limits, at(11, 28)), 2);
    store.give_back({"a", key}, limits, at(11, 28));
    EXPECT_EQ(count("a", limits, at(11, 28)), 1);
    for (int i = 0; i < 5; ++i) store.give_back({"a", key}, limits, at(11, 28));
    EXPECT_EQ(count("a", limits, at(11, 28)), 2) << "no more than was counted";
}

TEST_F(quota_store_test, what_a_service_says_to_be_spent_is_not_asked_for) {
    const quota_limits limits{};
    store.is_spent({"a", key}, at(11, 29, 7h));
    EXPECT_EQ(reserve("a", limits, at(11, 29, 6h)), errc::quota_exceeded);
    EXPECT_EQ(last.retry_at, at(11, 29, 7h));
    EXPECT_EQ(reserve("b", limits, at(11, 29, 6h)), errc::ok);
    EXPECT_EQ(reserve("a", limits, at(11, 29, 7h)), errc::ok);
    store.is_spent({"a", key}, at(11, 29, 5h));
    EXPECT_EQ(reserve("a", limits, at(11, 29, 6h)), errc::quota_exceeded) << "the later time holds";
    key = "another-key";
    EXPECT_EQ(reserve("a", limits, at(11, 29, 6h)), errc::ok) << "which has a plan of its own";
    EXPECT_EQ(asked_service("a", "secret-key").account().find("secret"), std::string::npos);
}

TEST_F(quota_store_test, it_is_kept) {
    const quota_limits limits{.per_day = 3};
    EXPECT_EQ(reserve("a", limits, at(11, 28)), errc::ok);
    quota_store other{file};
    EXPECT_TRUE(other.reserve({"a", key}, limits, at(11, 28)));
    EXPECT_EQ(count("a", limits, at(11, 28)), 1);
}

TEST_F(quota_store_test, many_at_once_make_no_more_than_allowed) {
    const quota_limits limits{.per_day = 100};
    std::atomic<int> made{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                quota_store own{file};  // as a process of its own has
                for (int n = 0; n < 20; ++n) made += own.reserve({"a", key}, limits, at(11, 28)) ? 1 : 0;
            });
        }
    }
    EXPECT_EQ(made, 100);
}

TEST_F(quota_store_test, a_file_that_cannot_be_used_is_an_error) {
    for (const std::string name : {"folder", "text"}) {
        const auto path = folder.path() / name;
        if (name == "folder") std::filesystem::create_directory(path);
        if (name == "text") std::ofstream{path} << "this is no database at all, and long enough to be looked at\n";
        quota_store broken{path};
        const auto done = broken.reserve({"a", key}, {.per_day = 1}, at(11, 28));
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code, errc::file_failed);
        EXPECT_NE(done.error().what.find(path), std::string::npos) << done.error().what;
        broken.give_back({"a", key}, {}, at(11, 28));
        broken.is_spent({"a", key}, at(11, 28));
    }
}

TEST(quota_limits, services_with_a_key_have_those_of_all_others_their_own) {
    quota_options options;
    EXPECT_EQ(quota_limits::of(options, provider::google, true).per_day, 100);
    EXPECT_EQ(quota_limits::of(options, provider::duckduckgo, false).per_day, 0);
    EXPECT_EQ(quota_limits::of(options, provider::exa, true).micro_usd, 7'000);
    options.per_month                 = 9;
    options.services[provider::exa]   = {.per_day = 5, .micro_usd = 1};
    options.services[provider::arxiv] = {.per_month = 7};
    EXPECT_EQ(quota_limits::of(options, provider::exa, true).per_day, 5);
    EXPECT_EQ(quota_limits::of(options, provider::exa, true).per_month, 9);
    EXPECT_EQ(quota_limits::of(options, provider::exa, true).micro_usd, 1);
    EXPECT_EQ(quota_limits::of(options, provider::arxiv, false).per_month, 7);
}

}  // namespace
}  // namespace forage::detail
