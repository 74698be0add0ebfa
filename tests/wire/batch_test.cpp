// scrape_pages: order, failures, duplicates, deadlines, and cancellation at every point.
#include "support/loopback_web.hpp"
#include "support/open_descriptors.hpp"
#include "support/raw_server.hpp"

#include <forage/run.hpp>
#include <forage/scrape.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace forage::testing {
namespace {

using batch_test = loopback_web;
using namespace std::chrono_literals;
namespace net = boost::asio;

CO_TEST_F(batch_test, keeps_input_order_and_lists_failures_and_duplicates) {
    auto& server = http([](const miniweb::request& r) {
        auto page = html_page(r.target);
        // The first answers last.
        if (r.target == "/0") page.delay = 60ms;
        if (r.target == "/2") page.status = 500;
        return page;
    });
    std::vector<std::string> urls{
        url_of(server, "/0"),
        url_of(server, "/1"),
        url_of(server, "/2"),
        "not a url",
        url_of(server, "/1#part"),
        url_of(server, "/3"),
    };
    std::vector<std::size_t> order;
    auto note = [&order](std::size_t index, const result<page>&) { order.push_back(index); };
    scrape_options settings;
    settings.on_result = note;
    const auto web     = make_client();
    const auto batch   = co_await scrape_pages(web, urls, settings);
    CO_ASSERT_TRUE(batch.values.size() == 3);
    EXPECT_EQ(batch.values[0].title, "/0");
    EXPECT_EQ(batch.values[1].title, "/1");
    EXPECT_EQ(batch.values[2].title, "/3");
    CO_ASSERT_TRUE(batch.failures.size() == 2);
    EXPECT_EQ(batch.failures[0].index, 2U);
    EXPECT_EQ(batch.failures[0].error.code, errc::http_status);
    EXPECT_EQ(batch.failures[1].index, 3U);
    EXPECT_EQ(batch.failures[1].error.code, errc::bad_url);
    EXPECT_EQ(batch.failures[1].url, "not a url");
    CO_ASSERT_TRUE(batch.duplicates.size() == 1);
    EXPECT_EQ(batch.duplicates[0].index, 4U);
    EXPECT_EQ(batch.duplicates[0].of, 1U);
    EXPECT_EQ(order.size(), 5U);
    EXPECT_EQ(order.back(), 0U);
    EXPECT_EQ(server.counters().requests, 4U);
    stop_servers();
}

CO_TEST_F(batch_test, never_more_in_flight_than_asked_for) {
    auto& server = http([](const miniweb::request& r) {
        auto page  = html_page(r.target);
        page.delay = 5ms;
        return page;
    });
    std::vector<std::string> urls;
    for (int i = 0; i < 30; ++i) urls.push_back(url_of(server, "/" + std::to_string(i)));
    scrape_options settings;
    settings.concurrency = 4;
    const auto web       = make_client();
    const auto batch     = co_await scrape_pages(web, urls, settings);
    EXPECT_EQ(batch.values.size(), 30U);
    EXPECT_LE(server.counters().peak_open, 4U);
    EXPECT_EQ(web.stats().connections_opened, 4U);
    stop_servers();
}

CO_TEST_F(batch_test, the_deadline_keeps_what_is_done) {
    raw_server never{io, raw_answer{"", raw_answer::ending::hang}};
    auto& server = http([](const miniweb::request& r) { return html_page(r.target); });
    std::vector<std::string> urls{
        url_of(server, "/a"), never.url("/b"), url_of(server, "/c"), never.url("/d"), never.url("/e")
    };
    scrape_options settings;
    settings.concurrency = 2;
    settings.deadline    = 300ms;
    const auto web       = make_client();
    const auto batch     = co_await scrape_pages(web, urls, settings);
    EXPECT_EQ(batch.values.size(), 2U);
    CO_ASSERT_TRUE(batch.failures.size() == 3);
    EXPECT_EQ(batch.failures[0].error.code, errc::timed_out);
    EXPECT_EQ(batch.failures[1].error.code, errc::timed_out);
    EXPECT_EQ(batch.failures[2].error.code, errc::not_run);
    stop_servers();
}

CO_TEST_F(batch_test, a_page_has_its_own_time_limit_and_says_which_phase_used_it) {
    // The head in one piece, then the body in pieces of that size.
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90000\r\n\r\n";
    raw_answer drip{head + std::string(90'000, 'x')};
    drip.slice   = head.size();
    drip.between = 10ms;
    raw_server dripping{io, drip};
    raw_server silent{io, raw_answer{"", raw_answer::ending::hang}};
    page_options settings;
    settings.timeout = 200ms;
    const auto web   = make_client();
    const auto slow  = co_await scrape_page(web, silent.url(), settings);
    CO_ASSERT_TRUE(!slow);
    EXPECT_EQ(slow.error().code, errc::timed_out);
    EXPECT_EQ(slow.error().where, phase::first_byte);
    settings.timeout   = 900ms;
    const auto dripped = co_await scrape_page(web, dripping.url(), settings);
    CO_ASSERT_TRUE(!dripped);
    EXPECT_EQ(dripped.error().code, errc::timed_out);
    EXPECT_EQ(dripped.error().where, phase::body);
}

CO_TEST_F(batch_test, client_cancel_ends_what_runs_and_leaves_the_client_usable) {
    raw_server silent{io, raw_answer{"", raw_answer::ending::hang}};
    auto& server   = http([](const miniweb::request&) { return html_page("after"); });
    const auto web = make_client();
    std::vector<result<page>> ended;
    for (int i = 0; i < 5; ++i) {
        net::co_spawn(io, scrape_page(web, silent.url()), [&](std::exception_ptr, result<page> r) {
            ended.push_back(std::move(r));
        });
    }
    while (silent.requests() < 5) co_await let_pass(1ms);
    client{web}.cancel();
    while (ended.size() < 5) co_await let_pass(1ms);
    for (const auto& r : ended) EXPECT_EQ(r.error().code, errc::cancelled);
    const auto again = co_await scrape_page(web, url_of(server, "/"));
    EXPECT_TRUE(again);
    stop_servers();
}

// Cancels a scrape after n turns of the loop, for every n until it completes by itself.
TEST(cancellation, at_every_turn_of_the_loop) {
    const auto before = open_descriptors();
    bool completed    = false;
    int turns         = 0;
    for (; !completed && turns < 20'000; turns += turns < 300 ? 1 : 37) {
        net::io_context io{1};
        miniweb::server server{io, miniweb::server::plain_handler{[](const miniweb::request& r) {
                                   if (r.target != "/") return html_page("end", "<p>" + std::string(40'000, 'x'));
                                   miniweb::response moved{302, "text/plain", ""};
                                   moved.fields.add("Location", "/end");
                                   return moved;
                               }}};
        client_options settings;
        settings.proxy_environment = false;
        settings.allow_private     = true;
        settings.respect_robots    = false;
        settings.hosts             = {{"web.test", "127.0.0.1"}};
        const client web{io.get_executor(), settings};
        const std::vector<std::string> urls{"http://web.test:" + std::to_string(server.port()) + "/"};

        std::optional<scrape_batch> batch;
        net::cancellation_signal cancel;
        auto done = [&](std::exception_ptr, scrape_batch b) {
            batch = std::move(b);
            server.stop();
        };
        net::co_spawn(io, scrape_pages(web, urls), net::bind_cancellation_slot(cancel.slot(), done));
        for (int i = 0; i < turns && !batch; ++i) {
            if (io.run_one_for(std::chrono::seconds{10}) == 0) break;
        }
        completed = batch.has_value();
        cancel.emit(net::cancellation_type::terminal);
        io.run_for(std::chrono::seconds{10});
        ASSERT_TRUE(batch.has_value()) << "hung after " << turns << " turns";
        if (!completed && !batch->failures.empty()) {
            EXPECT_EQ(batch->failures[0].error.code, errc::cancelled) << turns;
        }
        ASSERT_EQ(batch->values.size() + batch->failures.size(), 1U);
    }
    EXPECT_TRUE(completed);
    EXPECT_GT(turns, 10);
    EXPECT_EQ(open_descriptors(), before);
}

// The event loop goes away in the middle of a scrape: frames are freed, nothing is touched afterwards.
TEST(destruction, of_the_loop_at_every_turn) {
    for (int turns = 0; turns < 120; ++turns) {
        net::io_context io{1};
        miniweb::server server{io, miniweb::server::plain_handler{[](const miniweb::request&) {
                                   return html_page("x");
                               }}};
        client_options settings;
        settings.proxy_environment = false;
        settings.allow_private     = true;
        settings.respect_robots    = false;
        const client web{io.get_executor(), settings};
        const std::vector<std::string> urls{"http://127.0.0.1:" + std::to_string(server.port()) + "/"};
        bool ended = false;
        net::co_spawn(io, scrape_pages(web, urls), [&ended](std::exception_ptr, scrape_batch) { ended = true; });
        for (int i = 0; i < turns && !ended; ++i) {
            if (io.run_one_for(std::chrono::seconds{10}) == 0) break;
        }
    }
}

CO_TEST_F(batch_test, an_on_result_that_throws_is_called_no_more_and_ends_the_batch) {
    auto& server   = http([](const miniweb::request& r) {
        auto page  = html_page(r.target);
        page.delay = 10ms;
        return page;
    });
    const auto web = make_client();
    for (const std::string second : {"/1", "not a url"}) {
        const std::vector<std::string> urls{
            url_of(server, "/0"),
            second == "/1" ? url_of(server, second) : second,
            url_of(server, "/2"),
            url_of(server, "/3"),
            url_of(server, "/4"),
            url_of(server, "/5")
        };
        const auto before = server.counters().requests;
        int calls         = 0;
        auto refuse       = [&](std::size_t, const result<page>&) {
            ++calls;
            throw std::runtime_error{"no more of this"};
        };
        scrape_options how;
        how.concurrency = 2;
        how.on_result   = refuse;
        std::string said;
        try {
            static_cast<void>(co_await scrape_pages(web, urls, how));
        } catch (const exception& e) {
            said = e.why().what;
        }
        EXPECT_EQ(said, "no more of this");
        EXPECT_EQ(calls, 1) << second;
        EXPECT_LE(server.counters().requests - before, 3U) << second;
    }
    stop_servers();
}

TEST(many, a_thousand_slow_pages_at_once) {
    net::io_context io{1};
    miniweb::server server{io, miniweb::server::plain_handler{[](const miniweb::request& r) {
                               auto page  = html_page(r.target);
                               page.delay = 300ms;
                               return page;
                           }}};
    client_options settings;
    settings.proxy_environment          = false;
    settings.allow_private              = true;
    settings.respect_robots             = false;
    settings.max_connections            = 1000;
    settings.max_connections_per_origin = 1000;
    const client web{io.get_executor(), settings};
    std::vector<std::string> urls;
    for (int i = 0; i < 1000; ++i)
        urls.push_back("http://127.0.0.1:" + std::to_string(server.port()) + "/" + std::to_string(i));
    scrape_options options;
    options.concurrency  = 1000;
    options.page.timeout = 60s;
    scrape_batch batch;
    net::co_spawn(io, scrape_pages(web, urls, options), [&](std::exception_ptr, scrape_batch b) {
        batch = std::move(b);
        server.stop();
    });
    io.run_for(std::chrono::seconds{100});
    EXPECT_EQ(batch.values.size(), 1000U);
    EXPECT_EQ(batch.failures.size(), 0U);
    EXPECT_EQ(server.counters().peak_open, 1000U);
}

}  // namespace
}  // namespace forage::testing
