// Too few descriptors: what cannot be done says so at once, what can is done, and all is well when there are more.
#include "support/loopback_web.hpp"
#include "support/open_descriptors.hpp"
#include "support/sanitizers.hpp"
#include "support/silent_server.hpp"
#include "support/slowness.hpp"

#include <forage/scrape.hpp>

#include <ctime>
#include <string>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;

std::chrono::nanoseconds cpu_time() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

class descriptors_test : public loopback_web {
protected:
#ifdef FORAGE_ADDRESS_SANITIZER
    void SetUp() override {
        GTEST_SKIP() << "UBSan tells readable memory by opening a pipe, and reports a fault where it cannot";
    }
#endif

    static std::vector<std::string> pages(const std::string& site, std::size_t count) {
        std::vector<std::string> urls;
        for (std::size_t i = 0; i < count; ++i) urls.push_back(site + std::to_string(i));
        return urls;
    }

    static void expect_advice(const error& e) {
        EXPECT_EQ(e.code, errc::connect_failed) << e.message();
        EXPECT_EQ(e.where, phase::queue) << "not the host's fault: " << e.message();
        EXPECT_NE(e.what.find("Too many open files"), std::string::npos) << e.message();
        EXPECT_NE(e.hint.find("open files"), std::string::npos) << e.message();
    }

    client_options impatient() {
        auto made               = options();
        made.retry_budget       = 1;
        made.first_byte_timeout = 100ms * slowness;
        return made;
    }
};

CO_TEST_F(descriptors_test, without_any_all_calls_fail_with_advice_and_recover) {
    auto& plain   = http([](const miniweb::request& r) { return html_page(r.target); });
    auto& secure  = https([](const miniweb::request& r) { return html_page(r.target); });
    auto settings = impatient();
    for (const bool robots : {false, true}) {
        settings.respect_robots = robots;
        const client web{io.get_executor(), settings};
        for (const auto& site : {url_of(plain, "/"), url_of(secure, "/", true)}) {
            const descriptor_limit none{0};
            const auto before = cpu_time();
            scrape_options how;
            how.concurrency  = 64;
            const auto batch = co_await scrape_pages(web, pages(site, 200), how);
            EXPECT_LT(cpu_time() - before, 500ms * slowness) << "spins";
            EXPECT_EQ(batch.failures.size(), 200U);
            for (const auto& f : batch.failures) expect_advice(f.error);
        }
        for (const auto& site : {url_of(plain, "/"), url_of(secure, "/", true)}) {
            const auto page = co_await scrape_page(web, site);
            EXPECT_TRUE(page) << page.error().message();
        }
    }
    stop_servers();
}

// The server never takes the connections that the kernel makes for it, so it needs no descriptors.
CO_TEST_F(descriptors_test, with_some_the_rest_of_the_calls_fail_with_advice) {
    auto& server = http([](const miniweb::request& r) { return html_page(r.target); });
    const silent_server silent;
    const client web{io.get_executor(), impatient()};
    {
        const descriptor_limit some{8};
        scrape_options how;
        how.concurrency         = 64;
        how.page.retry.attempts = 1;
        const auto batch        = co_await scrape_pages(web, pages(silent.url(), 64), how);
        EXPECT_EQ(batch.failures.size(), 64U);
        std::size_t asked = 0;
        for (const auto& f : batch.failures) {
            if (f.error.code == errc::timed_out)
                ++asked;
            else
                expect_advice(f.error);
        }
        EXPECT_EQ(asked, 8U);
    }
    const auto batch = co_await scrape_pages(web, pages(url_of(server, "/"), 64));
    EXPECT_EQ(batch.values.size(), 64U);
    stop_servers();
}

// One is enough to connect, and none is left to read certificates with.
CO_TEST_F(descriptors_test, with_one_https_fails_with_advice_and_recovers) {
    auto& server  = https([](const miniweb::request& r) { return html_page(r.target); });
    auto settings = impatient();
    page_options once;
    once.retry = no_retry;
    for (const bool system_trust : {false, true}) {
        settings.system_trust = system_trust;
        const client web{io.get_executor(), settings};
        {
            const descriptor_limit one{1};
            const auto page = co_await scrape_page(web, url_of(server, "/", true), once);
            CO_ASSERT_TRUE(!page);
            EXPECT_EQ(page.error().code, errc::connect_failed) << page.error().message();
            EXPECT_NE(page.error().hint.find("open files"), std::string::npos) << page.error().message();
        }
        const auto page = co_await scrape_page(web, url_of(server, "/", true), once);
        EXPECT_TRUE(page) << page.error().message();
    }
    stop_servers();
}

}  // namespace
}  // namespace forage::testing
