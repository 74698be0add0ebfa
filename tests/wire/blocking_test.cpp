// The blocking twins in the four situations they are called from: a plain thread, a handler of a running event loop, a
// coroutine, and, refused, their own worker.
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"
#include "support/sanitizers.hpp"

#include <forage/blocking.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <optional>
#include <sys/resource.h>
#include <thread>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
namespace net = boost::asio;

// The servers run on a thread of their own: the tests' threads block.
class blocking_test : public ::testing::Test {
public:
    blocking_test() : thread_{[this] { server_io.run(); }} {}
    ~blocking_test() override {
        net::post(server_io, [this] { silent.stop(); });
        server.stop();
        thread_.join();
    }
    [[nodiscard]] std::string url(const std::string& path = "/") const {
        return "http://127.0.0.1:" + std::to_string(server.port()) + path;
    }
    static client_options options() {
        client_options made;
        made.proxy_environment = false;
        made.allow_private     = true;
        made.respect_robots    = false;
        return made;
    }

    net::io_context server_io{1};
    miniweb::server server{server_io, miniweb::server::plain_handler{[](const miniweb::request& r) {
                               return html_page(r.target);
                           }}};
    raw_server silent{server_io, raw_answer{"", raw_answer::ending::hang}};
    const std::string silent_url = silent.url();

private:
    std::thread thread_;
};

TEST_F(blocking_test, from_a_plain_thread) {
    const blocking::client web{options()};
    const auto page = blocking::scrape_page(web, url("/one"));
    ASSERT_TRUE(page) << page.error().message();
    EXPECT_EQ(page->title, "/one");
    const auto batch = blocking::scrape_pages(web, std::vector<std::string>{url("/a"), url("/b")});
    ASSERT_TRUE(batch);
    EXPECT_EQ(batch->values.size(), 2U);
    EXPECT_GE(web.stats().connections_reused, 1U) << "the client is kept warm between calls";
}

TEST_F(blocking_test, from_many_threads_at_once) {
    const blocking::client web{options()};
    std::vector<std::thread> threads;
    std::atomic<int> read{0};
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            for (int k = 0; k < 5; ++k) {
                if (blocking::scrape_page(web, url("/" + std::to_string(i * 10 + k)))) ++read;
            }
        });
    }
    for (auto& t : threads) t.join();
    EXPECT_EQ(read, 40);
}

TEST_F(blocking_test, from_inside_a_handler_of_a_running_loop) {
    net::io_context io{1};
    const blocking::client web{options()};
    std::optional<result<page>> got;
    net::post(io, [&] { got = blocking::scrape_page(web, url("/handler")); });
    io.run();
    ASSERT_TRUE(got && *got);
    EXPECT_EQ((*got)->title, "/handler");
}

TEST_F(blocking_test, from_inside_a_coroutine) {
    net::io_context io{1};
    const blocking::client web{options()};
    std::optional<result<page>> got;
    auto body = [&]() -> awaitable<void> {
        got = blocking::scrape_page(web, url("/coroutine"));
        co_return;
    };
    net::co_spawn(io, body, [](std::exception_ptr) {});
    io.run();
    ASSERT_TRUE(got && *got);
    EXPECT_EQ((*got)->title, "/coroutine");
}

TEST_F(blocking_test, from_its_own_worker_it_returns_an_error_at_once) {
    const blocking::client web{options()};
    std::optional<result<page>> inner;
    auto nested = [&](std::size_t, const result<page>&) { inner = blocking::scrape_page(web, url("/inner")); };
    scrape_options settings = blocking::scrape_defaults;
    settings.on_result      = nested;
    const auto batch        = blocking::scrape_pages(web, std::vector<std::string>{url("/outer")}, settings);
    ASSERT_TRUE(batch);
    EXPECT_EQ(batch->values.size(), 1U);
    ASSERT_TRUE(inner.has_value());
    ASSERT_FALSE(*inner);
    EXPECT_EQ(inner->error().code, errc::bad_argument);
}

TEST_F(blocking_test, the_last_handle_may_go_in_a_callback) {
    auto web                = std::make_unique<blocking::client>(options());
    auto drop               = [&](std::size_t, const result<page>&) { web.reset(); };
    scrape_options settings = blocking::scrape_defaults;
    settings.on_result      = drop;
    const auto batch        = blocking::scrape_pages(*web, std::vector<std::string>{url("/dropped")}, settings);
    EXPECT_FALSE(web);
    ASSERT_TRUE(batch);
    EXPECT_EQ(batch->values.size(), 1U);
}

TEST_F(blocking_test, time_limits_hold) {
    const blocking::client web{options()};
    page_options settings;
    settings.timeout = 100ms;
    const auto page  = blocking::scrape_page(web, silent_url, settings);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, errc::timed_out);
}

TEST_F(blocking_test, a_client_never_used_starts_nothing_and_bad_options_come_back_as_errors) {
    const blocking::client unused;
    auto settings            = options();
    settings.allow_addresses = {"not an address"};
    const blocking::client web{settings};
    const auto page = blocking::scrape_page(web, url());
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, errc::bad_argument);
}

TEST_F(blocking_test, without_descriptors_the_call_fails_with_an_error) {
#ifdef FORAGE_ADDRESS_SANITIZER
    GTEST_SKIP() << "UBSan tells readable memory by opening a pipe, and reports a fault where it cannot";
#endif
    rlimit limit{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
    auto none     = limit;
    none.rlim_cur = 3;  // what is open stays open, nothing new opens
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    const blocking::client web{options()};
    const auto failed = blocking::scrape_page(web, url());
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, errc::internal);
    EXPECT_TRUE(blocking::scrape_page(web, url())) << "and it recovers";
}

}  // namespace
}  // namespace forage::testing
