// robots.txt over real sockets: fetched once, before the first page of a site, and obeyed.
#include "support/busy_pool.hpp"
#include "support/encoders.hpp"
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"

#include <forage/scrape.hpp>

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <optional>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;

class robots_test : public loopback_web {
public:
    client_options obedient() {
        auto made           = options();
        made.respect_robots = true;
        return made;
    }
    // A site whose robots.txt is `answer`; `asked` gets the targets in order.
    miniweb::server& site(miniweb::response answer) {
        return http([this, answer](const miniweb::request& r) {
            asked.push_back(r.target);
            return r.target == "/robots.txt" ? answer : html_page(r.target);
        });
    }
    static miniweb::response rules(std::string_view text) { return {200, "text/plain", std::string{text}}; }

    std::vector<std::string> asked;
};

CO_TEST_F(robots_test, is_asked_first_and_obeyed) {
    auto& server = site(rules("User-agent: *\nDisallow: /private\n"));
    const client web{io.get_executor(), obedient()};
    const auto denied = co_await scrape_page(web, url_of(server, "/private/x"));
    CO_ASSERT_TRUE(!denied);
    EXPECT_EQ(denied.error().code, errc::robots_denied);
    EXPECT_EQ(denied.error().where, phase::robots);
    const auto page = co_await scrape_page(web, url_of(server, "/public"));
    CO_ASSERT_TRUE(page);
    const std::vector<std::string> expected{"/robots.txt", "/public"};
    EXPECT_EQ(asked, expected);
    EXPECT_EQ(web.stats().robots_fetched, 1U);
    stop_servers();
}

CO_TEST_F(robots_test, is_fetched_once_for_a_batch) {
    auto& server = site(rules("User-agent: forage\nDisallow: /3\n"));
    const client web{io.get_executor(), obedient()};
    std::vector<std::string> urls;
    for (int i = 0; i < 20; ++i) urls.push_back(url_of(server, "/" + std::to_string(i)));
    scrape_options how;
    how.concurrency  = 20;
    const auto batch = co_await scrape_pages(web, urls, how);
    EXPECT_EQ(batch.values.size(), 19U);
    CO_ASSERT_TRUE(batch.failures.size() == 1);
    EXPECT_EQ(batch.failures[0].index, 3U);
    EXPECT_EQ(batch.failures[0].error.code, errc::robots_denied);
    EXPECT_EQ(web.stats().robots_fetched, 1U);
    EXPECT_EQ(asked.size(), 20U);
    stop_servers();
}

CO_TEST_F(robots_test, that_is_missing_allows_everything) {
    auto& server = site({404, "text/html", "no"});
    const client web{io.get_executor(), obedient()};
    const auto page = co_await scrape_page(web, url_of(server, "/any"));
    EXPECT_TRUE(page);
    stop_servers();
}

CO_TEST_F(robots_test, that_fails_on_the_server_denies_everything) {
    auto& server = site({500, "text/html", "oops"});
    const client web{io.get_executor(), obedient()};
    const auto page = co_await scrape_page(web, url_of(server, "/any"));
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::robots_denied);
    stop_servers();
}

CO_TEST_F(robots_test, of_a_host_that_does_not_answer_is_that_very_error) {
    raw_server server{io, raw_answer{"", raw_answer::ending::hang}};
    auto settings               = obedient();
    settings.first_byte_timeout = 100ms;
    const client web{io.get_executor(), settings};
    const auto page = co_await scrape_page(web, server.url("/any"));
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::timed_out);
    EXPECT_NE(page.error().what.find("robots.txt"), std::string::npos);
    server.stop();
}

CO_TEST_F(robots_test, sets_the_pace_of_its_host) {
    std::vector<std::chrono::steady_clock::time_point> times;
    auto& server = http([&](const miniweb::request& r) {
        if (r.target == "/robots.txt") return rules("User-agent: *\nCrawl-delay: 0.3\n");
        times.push_back(std::chrono::steady_clock::now());
        return html_page("x");
    });
    const client web{io.get_executor(), obedient()};
    std::vector<std::string> urls;
    for (int i = 0; i < 3; ++i) urls.push_back(url_of(server, "/" + std::to_string(i)));
    const auto batch = co_await scrape_pages(web, urls);
    EXPECT_EQ(batch.values.size(), 3U);
    CO_ASSERT_TRUE(times.size() == 3);
    EXPECT_GE(times[1] - times[0], 290ms);
    EXPECT_GE(times[2] - times[1], 290ms);
    stop_servers();
}

CO_TEST_F(robots_test, of_a_redirects_target_is_obeyed_too) {
    auto& target = site(rules("User-agent: *\nDisallow: /\n"));
    auto& origin = http([&](const miniweb::request& r) {
        if (r.target == "/robots.txt") return miniweb::response{404, "text/plain", ""};
        miniweb::response moved{302, "text/plain", ""};
        moved.fields.add("Location", url_of(target, "/there"));
        return moved;
    });
    const client web{io.get_executor(), obedient()};
    const auto page = co_await scrape_page(web, url_of(origin, "/here"));
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::robots_denied);
    const std::vector<std::string> expected{"/robots.txt"};
    EXPECT_EQ(asked, expected);
    stop_servers();
}

CO_TEST_F(robots_test, is_left_alone_when_the_client_says_so) {
    auto& server    = site(rules("User-agent: *\nDisallow: /\n"));
    const auto web  = make_client();
    const auto page = co_await scrape_page(web, url_of(server, "/any"));
    EXPECT_TRUE(page);
    const std::vector<std::string> expected{"/any"};
    EXPECT_EQ(asked, expected);
    stop_servers();
}

// One call with little time must not shut the site out for those who have more.
CO_TEST_F(robots_test, that_one_caller_had_no_time_for_is_asked_for_again) {
    int given    = 0;
    auto& server = http([&](const miniweb::request& r) {
        if (r.target != "/robots.txt") return html_page("page");
        auto answer = rules("User-agent: *\nDisallow: /private\n");
        if (given++ == 0) answer.delay = 400ms;
        return answer;
    });
    const client web{io.get_executor(), obedient()};
    page_options hasty;
    hasty.timeout   = 100ms;
    const auto none = co_await scrape_page(web, url_of(server, "/public"), hasty);
    CO_ASSERT_TRUE(!none);
    EXPECT_EQ(none.error().code, errc::timed_out);
    const auto page = co_await scrape_page(web, url_of(server, "/public"));
    EXPECT_TRUE(page);
    EXPECT_EQ(web.stats().robots_fetched, 2U);
    stop_servers();
}

// What is remembered is no new failure of the host.
CO_TEST_F(robots_test, that_could_not_be_had_counts_once_however_many_pages_want_it) {
    raw_server server{io, raw_answer{"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhal"}};
    const client web{io.get_executor(), obedient()};
    std::vector<std::string> urls;
    for (int i = 0; i < 10; ++i) urls.push_back(server.url("/" + std::to_string(i)));
    const auto batch = co_await scrape_pages(web, urls);
    CO_ASSERT_TRUE(batch.failures.size() == 10);
    for (const auto& failure : batch.failures) EXPECT_EQ(failure.error.code, errc::protocol) << failure.error.message();
    EXPECT_EQ(web.stats().robots_fetched, 1U);
    server.stop();
}

// Reading 400 KiB of rules would hold the loop for milliseconds. They come in so few bytes that no worker decodes them.
CO_TEST_F(robots_test, that_is_large_is_read_by_a_worker) {
    std::string text = "User-agent: *\n";
    while (text.size() < 400 * 1024) text += "Disallow: /private/of/nobody/else\n";
    auto answer = rules(encode_gzip(text));
    EXPECT_LT(answer.body.size(), 16U * 1024U);
    answer.fields.add("Content-Encoding", "gzip");
    auto& server = site(answer);
    const client web{io.get_executor(), obedient()};
    std::optional<result<page>> got;
    {
        const busy_pool none_to_spare;
        boost::asio::co_spawn(
            io,
            scrape_page(web, url_of(server, "/public")),
            [&](const std::exception_ptr&, result<page> outcome) { got = std::move(outcome); }
        );
        while (asked.empty()) co_await let_pass(1ms);
        co_await let_pass(200ms);
        const std::vector<std::string> expected{"/robots.txt"};
        EXPECT_EQ(asked, expected) << "the page was asked for, so the rules were read on the loop's own thread";
    }
    while (!got) co_await let_pass(1ms);
    EXPECT_TRUE(*got) << got->error().message();
    stop_servers();
}

// What kept us from asking is no word of the site: it is told as it is, and not remembered.
CO_TEST_F(robots_test, that_may_not_be_asked_for_says_why) {
    auto settings  = obedient();
    settings.hosts = {{"printer.corp", "10.0.0.1"}};
    const client web{io.get_executor(), settings};
    for (int i = 1; i <= 2; ++i) {
        const auto page = co_await scrape_page(web, "http://printer.corp/");
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::blocked_address) << page.error().message();
        EXPECT_EQ(web.stats().robots_fetched, static_cast<std::uint64_t>(i));
    }
    auto& server        = site(rules(""));
    settings.user_agent = "forage\nX: y";
    const client broken{io.get_executor(), settings};
    const auto page = co_await scrape_page(broken, url_of(server, "/"));
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::bad_argument) << page.error().message();
    stop_servers();
}

}  // namespace
}  // namespace forage::testing
