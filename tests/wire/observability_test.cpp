// What can be seen from outside of what a client does: a record of every request, timings, and counters that agree.
#include "http/client_impl.hpp"
#include "support/closed_port.hpp"
#include "support/encoders.hpp"
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"
#include "support/slowness.hpp"

#include <forage/scrape.hpp>
#include <forage/search.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;
using ending = raw_answer::ending;

microseconds sum_of_phases(const fetch_timing& t) {
    return t.queue + t.robots + t.resolve + t.connect + t.tls + t.first_byte + t.body + t.read;
}

// What holds of every record, whatever came of the request. For the guard, names are looked up anew before a proxy is
// asked to forward a request, whatever connection it is asked over.
void expect_plausible(const request_record& r, bool by_http_proxy = false) {
    SCOPED_TRACE(r.method + ' ' + r.url + ' ' + std::to_string(r.status) + (r.error ? r.error->message() : ""));
    const auto& t = r.timing;
    EXPECT_NE(r.status != 0, r.error.has_value()) << "an answer, or why there is none";
    EXPECT_EQ(t.attempts, 1);
    EXPECT_EQ(t.redirects, 0);
    EXPECT_EQ(t.robots, 0us) << "a request of its own";
    EXPECT_EQ(t.read, 0us) << "comes later";
    EXPECT_GT(t.total, 0us);
    EXPECT_LE(sum_of_phases(t), t.total);
    EXPECT_TRUE(!t.reused || t.connect + t.tls == 0us);
    EXPECT_TRUE(!t.reused || (by_http_proxy && r.url.starts_with("http:")) || t.resolve == 0us);
    if (r.status != 0) {
        EXPECT_GT(t.first_byte, 0us);
        EXPECT_GT(t.bytes_wire, 0U);
        EXPECT_NE(t.reused, t.connect > 0us) << "a connection is kept or new";
        EXPECT_EQ(t.tls > 0us, r.url.starts_with("https:") && !t.reused);
    }
}

class observability_test : public loopback_web {
public:
    client_options watched() {
        auto made       = options();
        made.on_request = [this](const request_record& r) { records.push_back(r); };
        return made;
    }
    // The records agree with the counters. `unopened` of the requests got no connection.
    void expect_consistent(const client& web, std::size_t unopened = 0) {
        for (const auto& r : records) expect_plausible(r, web.impl()->options.proxy.reveal().starts_with("http"));
        const auto stats          = web.stats();
        std::uint64_t bytes       = 0;
        std::uint64_t over_a_kept = 0;
        for (const auto& r : records) bytes += r.timing.bytes_wire, over_a_kept += r.timing.reused ? 1 : 0;
        EXPECT_EQ(stats.requests, records.size() - unopened + stats.stale_retries);
        EXPECT_EQ(stats.connections_reused, over_a_kept + stats.stale_retries);
        EXPECT_EQ(stats.bytes_received, bytes);
        EXPECT_LE(stats.tls_handshakes, stats.connections_opened);
    }
    [[nodiscard]] std::vector<int> statuses() const {
        std::vector<int> all;
        for (const auto& r : records) all.push_back(r.status);
        return all;
    }
    static miniweb::response moved(std::string to) {
        miniweb::response answer{302, "text/plain", ""};
        answer.fields.add("Location", std::move(to));
        return answer;
    }

    std::vector<request_record> records;
};

CO_TEST_F(observability_test, a_page_sums_up_its_redirects_retries_and_robots) {
    int failures       = 0;
    auto& end          = https([&](const miniweb::request& r) {
        if (r.target == "/robots.txt") return miniweb::response{200, "text/plain", "User-agent: *\nDisallow: /no\n"};
        if (failures++ == 0) return miniweb::response{500, "text/plain", "not now"};
        auto page = html_page("coded", "<p>" + std::string(40'000, 'x'));
        page.body = encode_gzip(page.body);
        page.fields.add("Content-Encoding", "gzip");
        page.delay = 20ms;
        return page;
    });
    auto& start        = http([&](const miniweb::request& r) {
        if (r.target == "/robots.txt") return miniweb::response{404, "text/plain", ""};
        return moved(r.target == "/1" ? "/2" : url_of(end, "/end", true));
    });
    auto how           = watched();
    how.respect_robots = true;
    how.retry_budget   = 0.1;
    const client web{io.get_executor(), how};
    page_options quick;
    quick.retry.base = 10ms;
    const auto got   = co_await scrape_page(web, url_of(start, "/1"), quick);
    CO_ASSERT_TRUE(got);

    const std::vector<int> expected{404, 302, 302, 200, 500, 200};
    EXPECT_EQ(statuses(), expected);
    fetch_timing sum;
    microseconds robots{};
    for (const auto& r : records) {
        if (r.url.ends_with("/robots.txt")) {
            robots += r.timing.total;
            continue;
        }
        sum.queue += r.timing.queue;
        sum.resolve += r.timing.resolve;
        sum.connect += r.timing.connect;
        sum.tls += r.timing.tls;
        sum.first_byte += r.timing.first_byte;
        sum.body += r.timing.body;
        sum.bytes_wire += r.timing.bytes_wire;
        sum.attempts += r.timing.attempts;
    }
    const auto& t = got->timing;
    EXPECT_EQ(t.queue, sum.queue);
    EXPECT_EQ(t.resolve, sum.resolve);
    EXPECT_EQ(t.connect, sum.connect);
    EXPECT_EQ(t.tls, sum.tls);
    EXPECT_EQ(t.first_byte, sum.first_byte);
    EXPECT_EQ(t.body, sum.body);
    EXPECT_EQ(t.bytes_wire, sum.bytes_wire);
    EXPECT_EQ(t.attempts, 4);
    EXPECT_EQ(t.attempts, sum.attempts);
    EXPECT_EQ(t.redirects, 2);
    EXPECT_GE(t.robots, robots);
    EXPECT_GE(t.first_byte, 20ms);
    EXPECT_GT(t.read, 0us);
    EXPECT_GT(t.bytes_body, 40'000U);
    EXPECT_LE(sum_of_phases(t), t.total);
    EXPECT_TRUE(t.reused);

    const auto stats = web.stats();
    EXPECT_EQ(stats.requests, 6U);
    EXPECT_EQ(stats.connections_opened, 2U) << "one to each server";
    EXPECT_EQ(stats.connections_reused, 4U);
    EXPECT_EQ(stats.tls_handshakes, 1U);
    EXPECT_EQ(stats.retries, 1U);
    EXPECT_EQ(stats.robots_fetched, 2U);
    EXPECT_GE(stats.bytes_decoded, t.bytes_body);
    expect_consistent(web);
    stop_servers();
}

CO_TEST_F(observability_test, failed_requests_are_recorded_up_to_where_they_failed) {
    struct failing {
        raw_answer answer;
        errc code;
        phase where;
        std::size_t bytes;
        bool has_body;
    };
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n";
    const std::vector<failing> cases{
        {raw_answer{"", ending::reset}, errc::connect_failed, phase::first_byte, 0, false},
        {raw_answer{"", ending::hang}, errc::timed_out, phase::first_byte, 0, false},
        {raw_answer{"HTTP/1.1 200", ending::close}, errc::protocol, phase::first_byte, 12, false},
        {raw_answer{head + "abc", ending::close}, errc::protocol, phase::body, head.size() + 3, true},
        {raw_answer{head + "abc", ending::hang}, errc::timed_out, phase::body, head.size() + 3, true},
    };
    for (const auto& c : cases) {
        records.clear();
        raw_server server{io, c.answer};
        auto how               = watched();
        how.first_byte_timeout = 60ms * slowness;
        how.read_timeout       = 60ms * slowness;
        const client web{io.get_executor(), how};
        const auto got = co_await scrape_page(web, server.url());
        CO_ASSERT_TRUE(!got && records.size() == 1 && records[0].error);
        const auto& t = records[0].timing;
        SCOPED_TRACE(records[0].error->message());
        EXPECT_EQ(records[0].error->code, c.code);
        EXPECT_EQ(records[0].error->where, c.where);
        EXPECT_GT(t.connect, 0us);
        EXPECT_GT(t.first_byte, 0us);
        EXPECT_TRUE(c.code != errc::timed_out || (c.has_body ? t.body : t.first_byte) >= 59ms);
        EXPECT_EQ(t.body > 0us, c.has_body);
        EXPECT_EQ(t.bytes_wire, c.bytes);
        expect_consistent(web);
    }
}

CO_TEST_F(observability_test, requests_without_a_connection_are_recorded_too) {
    const closed_port gone;
    raw_server_options rude;
    rude.greeting = "not TLS";
    raw_server plain{io, raw_answer{""}, rude};
    raw_server silent{io, raw_answer{"", ending::hang}};
    auto how            = watched();
    how.tls_timeout     = 60ms * slowness;
    how.connect_timeout = 60ms * slowness;
    how.hosts.emplace_back("far.test", "10.1.1.1");
    const client web{io.get_executor(), how};
    struct lost {
        std::string target;
        errc code;
        bool has_connected;
        bool has_shaken;
    };
    const std::vector<lost> cases{
        {gone.url(), errc::connect_failed, false, false},
        {"http://far.test/", errc::blocked_address, false, false},
        {"https" + plain.url().substr(4), errc::tls_failed, true, true},
        {"https" + silent.url().substr(4), errc::timed_out, true, true},
    };
    for (const auto& c : cases) {
        const auto before = web.stats();
        const auto got    = co_await scrape_page(web, c.target);
        CO_ASSERT_TRUE(!got && !records.empty() && records.back().error);
        EXPECT_EQ(records.back().error->code, c.code) << c.target;
        const auto& t = records.back().timing;
        EXPECT_GT(t.resolve + t.connect, 0us) << c.target;
        EXPECT_EQ(t.tls > 0us, c.has_shaken) << c.target;
        EXPECT_EQ(t.first_byte + t.body, 0us) << c.target;
        EXPECT_EQ(t.bytes_wire, 0U);
        const auto after = web.stats();
        EXPECT_EQ(after.connections_opened - before.connections_opened, c.has_connected ? 1U : 0U) << c.target;
        EXPECT_EQ(after.tls_handshakes - before.tls_handshakes, c.has_shaken ? 1U : 0U) << c.target;
        EXPECT_EQ(after.requests, 0U);
    }
    EXPECT_EQ(records.size(), cases.size());
    expect_consistent(web, cases.size());
}

CO_TEST_F(observability_test, what_was_never_asked_makes_no_record) {
    auto& server       = http([](const miniweb::request& r) {
        return r.target == "/robots.txt" ? miniweb::response{200, "text/plain", "User-agent: *\nDisallow: /"}
                                               : moved("http://10.0.0.1/");
    });
    auto how           = watched();
    how.respect_robots = true;
    const client web{io.get_executor(), how};
    for (const auto& target : {std::string{"http://10.0.0.1/"}, std::string{"ftp://h/"}, url_of(server, "/denied")}) {
        const auto got = co_await scrape_page(web, target);
        EXPECT_FALSE(got);
    }
    const std::vector<int> expected{200};
    EXPECT_EQ(statuses(), expected) << "robots.txt alone";
    EXPECT_EQ(web.stats().requests, 1U);
    expect_consistent(web);
    stop_servers();
}

CO_TEST_F(observability_test, a_kept_connection_that_was_closed_is_one_request) {
    raw_server server{io, [](std::size_t connection, std::size_t request, const std::string&) {
                          const std::string page{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"};
                          if (connection == 1 && request == 2) return raw_answer{"", ending::close};
                          return raw_answer{page, ending::keep};
                      }};
    const client web{io.get_executor(), watched()};
    for (int i = 0; i < 3; ++i) {
        const auto got = co_await scrape_page(web, server.url());
        CO_ASSERT_TRUE(got);
        EXPECT_EQ(got->timing.attempts, 1);
        EXPECT_EQ(got->timing.reused, i == 2);
    }
    EXPECT_EQ(records.size(), 3U);
    const auto stats = web.stats();
    EXPECT_EQ(stats.stale_retries, 1U);
    EXPECT_EQ(stats.requests, 4U);
    EXPECT_EQ(stats.requests, stats.connections_opened + stats.connections_reused);
    EXPECT_EQ(stats.retries, 0U);
    expect_consistent(web);
    server.stop();
}

CO_TEST_F(observability_test, a_cancelled_request_is_recorded_as_such) {
    raw_server server{io, raw_answer{"", ending::hang}};
    const client web{io.get_executor(), watched()};
    boost::asio::cancellation_signal stop;
    auto page = scrape_page(web, server.url());
    result<forage::page> outcome;
    boost::asio::co_spawn(
        io,
        std::move(page),
        boost::asio::bind_cancellation_slot(
            stop.slot(), [&](std::exception_ptr, result<forage::page> got) { outcome = std::move(got); }
        )
    );
    while (server.requests() == 0) co_await let_pass(1ms);
    stop.emit(boost::asio::cancellation_type::terminal);
    while (outcome.error().code == errc::not_run) co_await let_pass(1ms);
    EXPECT_EQ(outcome.error().code, errc::cancelled);
    CO_ASSERT_TRUE(records.size() == 1 && records[0].error);
    EXPECT_EQ(records[0].error->code, errc::cancelled);
    EXPECT_GT(records[0].timing.connect, 0us);
    expect_plausible(records[0]);
}

CO_TEST_F(observability_test, requests_through_a_proxy_are_recorded_like_others) {
    const std::string page{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"};
    raw_server proxy{io, [&](std::size_t, std::size_t, const std::string& head) {
                         if (!head.starts_with("CONNECT ")) return raw_answer{page, ending::keep};
                         return raw_answer{"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"};
                     }};
    auto how  = watched();
    how.proxy = proxy.url();
    const client web{io.get_executor(), how};
    for (int i = 0; i < 2; ++i) {
        const auto got = co_await scrape_page(web, "http://web.test/");
        CO_ASSERT_TRUE(got);
        EXPECT_EQ(got->timing.reused, i == 1);
    }
    const auto refused = co_await scrape_page(web, "https://web.test/");
    CO_ASSERT_TRUE(!refused && records.size() == 3 && records[2].error);
    EXPECT_EQ(records[0].url, "http://web.test/");
    EXPECT_EQ(records[2].error->code, errc::proxy_failed);
    EXPECT_EQ(records[2].error->where, phase::proxy);
    EXPECT_GT(records[2].timing.connect, 0us);
    EXPECT_EQ(records[2].timing.tls, 0us);
    EXPECT_EQ(web.stats().connections_opened, 1U) << "none to the host that was refused";
    expect_consistent(web, 1);
    proxy.stop();
}

CO_TEST_F(observability_test, requests_of_searches_are_recorded) {
    auto& service    = http([](const miniweb::request&) { return miniweb::response{500, "application/json", "{}"}; });
    auto how         = watched();
    how.retry_budget = 0.1;
    how.bing_key     = "key";
    how.bing_url     = url_of(service, "/v7");
    const client web{io.get_executor(), how};
    search_options quick;
    quick.retry.base = 1ms;
    const auto found = co_await search_bing(web, "question", quick);
    EXPECT_FALSE(found);
    const std::vector<int> expected{500, 500, 500};
    EXPECT_EQ(statuses(), expected);
    EXPECT_EQ(web.stats().retries, 2U);
    expect_consistent(web);
    stop_servers();
}

CO_TEST_F(observability_test, the_records_of_a_batch_agree_with_its_counters) {
    auto& server = https([](const miniweb::request& r) {
        if (r.target.ends_with("7")) return miniweb::response{404, "text/plain", "none"};
        return r.target.ends_with("3") ? moved("/end") : html_page(r.target);
    });
    const client web{io.get_executor(), watched()};
    std::vector<std::string> urls;
    for (int i = 0; i < 100; ++i) urls.push_back(url_of(server, "/" + std::to_string(i), true));
    const auto batch = co_await scrape_pages(web, urls);
    EXPECT_EQ(batch.values.size(), 90U);
    EXPECT_EQ(records.size(), 110U);
    std::uint64_t bytes_body = 0;
    for (const auto& p : batch.values) {
        bytes_body += p.timing.bytes_body;
        EXPECT_LE(sum_of_phases(p.timing), p.timing.total);
        EXPECT_EQ(p.timing.attempts, 1 + p.timing.redirects);
    }
    const auto stats = web.stats();
    EXPECT_EQ(stats.requests, 110U);
    EXPECT_EQ(stats.requests, stats.connections_opened + stats.connections_reused);
    EXPECT_EQ(stats.tls_handshakes, stats.connections_opened);
    EXPECT_EQ(stats.connections_opened, server.counters().accepted);
    EXPECT_EQ(stats.bytes_decoded, bytes_body);
    expect_consistent(web);
    stop_servers();
}

}  // namespace
}  // namespace forage::testing
