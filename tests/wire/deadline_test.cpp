// Every call ends by its deadline, whatever the other side does, with an error that names where the time went; and
// nothing holds the loop meanwhile.
#include "support/background_server.hpp"
#include "support/coding_bombs.hpp"
#include "support/hostile_documents.hpp"
#include "support/loop_watch.hpp"
#include "support/loopback_web.hpp"
#include "support/silent_server.hpp"
#include "support/slowness.hpp"
#include "support/timed_calls.hpp"

#include <forage/search.hpp>

#include <boost/asio/ip/udp.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <set>
#include <utility>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using ending = raw_answer::ending;
using kind   = wire_fault::kind;

const std::string ok      = "HTTP/1.1 200 OK\r\n";
const std::string html    = ok + "Content-Type: text/html; charset=utf-8\r\n";
const std::string chunked = html + "Transfer-Encoding: chunked\r\n\r\n";

raw_server::script always(raw_answer answer) {
    auto shared = std::make_shared<const raw_answer>(std::move(answer));
    return [shared](std::size_t, std::size_t, const std::string&) { return *shared; };
}

raw_answer dripping(std::string bytes, std::size_t slice, std::chrono::milliseconds between) {
    raw_answer answer{std::move(bytes), ending::hang};
    answer.slice   = slice;
    answer.between = between;
    return answer;
}

struct deadline_case {
    const char* name;
    raw_server::script answers                  = always({"", ending::hang});
    std::set<errc> codes                        = {errc::timed_out};
    std::set<phase> phases                      = {};  ///< of a time-out
    raw_server_options how                      = {};
    std::string url                             = {};  ///< empty: the server's
    std::function<void(client_options&)> adjust = {};  ///< what the client is told besides
};

class deadline_test : public loopback_web {
protected:
    // Under a sanitizer long enough for a handshake.
    const std::chrono::milliseconds limit    = slowness > 1 ? 1s : 300ms;
    const std::chrono::milliseconds lateness = 100ms * slowness;
    const std::chrono::milliseconds hold     = 50ms * slowness;

    raw_server_options tls(std::function<wire_fault(std::size_t)> fault = {}) {
        raw_server_options how;
        how.tls   = authority.issue({.names = {"web.test"}, .addresses = {"127.0.0.1"}});
        how.fault = std::move(fault);
        return how;
    }

    void try_all(const std::vector<deadline_case>& cases) {
        for (const auto& c : cases) {
            const background_server server{c.answers, c.how};
            const auto url = c.url.empty() ? server.url() : c.url;
            auto settings  = options();
            if (c.adjust) c.adjust(settings);
            const auto got = all_calls(settings, url);
            EXPECT_LT(got.longest_hold, hold) << c.name;
            for (const auto& each : got.calls) check(c, each);
        }
    }

    /// Awaited and blocking. A machine that has other things to do makes a call late now and then, a fault always: so
    /// what is late has two more tries.
    awaited_outcomes all_calls(const client_options& settings, const std::string& url) {
        const auto is_late = [&](const call_outcome& each) { return each.lasted >= limit + lateness; };
        for (int tries = 3;; --tries) {
            auto got = awaited_calls(io, settings, url, limit);
            for (auto& each : blocking_calls(settings, url, limit)) got.calls.push_back(std::move(each));
            const bool is_fine = got.longest_hold < hold && std::ranges::none_of(got.calls, is_late);
            if (is_fine || tries == 1) return got;
        }
    }

    void check(const deadline_case& c, const call_outcome& got) const {
        EXPECT_LT(got.lasted, limit + lateness) << c.name << ", " << got.call;
        EXPECT_TRUE(!got.errors.empty() || c.codes.contains(errc::ok)) << c.name << ", " << got.call;
        for (const auto& e : got.errors) {
            if (e.code == errc::not_run) continue;  // of a batch, behind a page that took all the time
            // What is no page is no answer to a search either, but searches have words of their own for that, and take
            // less.
            static const std::set<errc> of_searches{errc::bad_response, errc::server_error, errc::too_large};
            const bool is_known  = c.codes.contains(e.code) || (got.is_search() && of_searches.contains(e.code));
            const bool is_proper = is_known && (!e.is_timeout() || c.phases.contains(e.where));
            EXPECT_TRUE(is_proper) << c.name << ", " << got.call << ": " << e.message();
            EXPECT_TRUE(!e.is_timeout() || e.where != phase::none) << c.name << ", " << got.call << ": " << e.message();
        }
    }
};

TEST_F(deadline_test, before_there_is_a_connection) {
    const boost::asio::ip::udp::socket names{io, {boost::asio::ip::address_v4::loopback(), 0}};
    const auto name_server = "127.0.0.1:" + std::to_string(names.local_endpoint().port());
    const silent_server proxy;
    const auto by_proxy = [&](const std::string& scheme) {
        return [&, scheme](client_options& o) { o.proxy = scheme + proxy.url().substr(4); };
    };
    const auto stalled_at = [&](std::size_t at) { return tls([at](auto) { return wire_fault{kind::stall, at}; }); };
    const std::string far = "https://web.test/";
    try_all({
        {.name   = "a name server that never answers",
         .phases = {phase::resolve},
         .url    = "http://slow.test/",
         .adjust = [&](client_options& o) { o.dns_server = name_server; }},
        {.name = "an HTTP proxy", .phases = {phase::proxy}, .url = far, .adjust = by_proxy("http")},
        {.name = "a SOCKS proxy", .phases = {phase::proxy}, .url = far, .adjust = by_proxy("socks5")},
        {.name = "TLS, no byte", .phases = {phase::tls}, .how = stalled_at(0)},
        {.name = "TLS, half a record's head", .phases = {phase::tls}, .how = stalled_at(3)},
        {.name = "TLS, half a server hello", .phases = {phase::tls}, .how = stalled_at(60)},
        {.name = "TLS, half a certificate", .phases = {phase::tls}, .how = stalled_at(500)},
        {.name = "TLS, dripping", .phases = {phase::tls}, .how = tls([](auto) { return wire_fault{kind::drip, 0}; })},
        {.name = "TLS, then silence", .phases = {phase::first_byte}, .how = tls()},
    });
}

TEST_F(deadline_test, answers_that_come_slowly_or_without_end) {
    const auto fields  = filled_with("X-Filler: x\r\n", 60'000);
    const auto interim = filled_with("HTTP/1.1 102 Processing\r\n\r\n", 27 * 9);
    const auto chunks  = filled_with("1\r\nx\r\n", 60'000);
    try_all({
        {.name = "silence", .phases = {phase::first_byte}},
        {.name = "a dripping head", .answers = always(dripping(ok + fields, 1, 10ms)), .phases = {phase::first_byte}},
        {.name    = "dripping interim answers",
         .answers = always(dripping(interim, 27, 80ms)),
         .phases  = {phase::first_byte}},
        {.name    = "endless interim answers",
         .answers = always(raw_answer::without_end("", "HTTP/1.1 102 Processing\r\n\r\n")),
         .codes   = {errc::protocol}},
        {.name    = "a dripping body",
         .answers = always(dripping(html + "\r\n" + filled_with("x", 60'000), 1, 10ms)),
         .phases  = {phase::first_byte, phase::body}},
        {.name    = "half a body, then silence",
         .answers = always({html + "Content-Length: 100\r\n\r\n<p>half", ending::hang}),
         .phases  = {phase::body}},
        {.name    = "dripping chunks",
         .answers = always(dripping(chunked + chunks, 6, 2ms)),
         .phases  = {phase::first_byte, phase::body}},
        {.name    = "endless chunks",
         .answers = always(raw_answer::without_end(chunked, "1\r\nx\r\n")),
         .codes   = {errc::too_large, errc::timed_out},
         .phases  = {phase::body}},
        {.name    = "an endless body",
         .answers = always(raw_answer::without_end(html + "\r\n", "<p>more and ")),
         .codes   = {errc::too_large, errc::timed_out},
         .phases  = {phase::body}},
        {.name    = "an endless body over TLS",
         .answers = always(raw_answer::without_end(html + "\r\n", "<p>more and ")),
         .codes   = {errc::too_large, errc::timed_out},
         .phases  = {phase::body},
         .how     = tls()},
    });
}

TEST_F(deadline_test, bodies_that_are_dear_to_read) {
    std::vector<deadline_case> cases;
    const auto bombs = zeros_of_10_gb();
    for (const auto& each : bombs) {
        cases.push_back({
            .name    = each.name,
            .answers = always({html + "Content-Encoding: " + each.codings + "\r\n\r\n" + each.body}),
            .codes   = {errc::too_large, errc::timed_out},
            .phases  = {phase::body, phase::read},
        });
    }
    const auto dear = [&](const char* name, const std::string& body) {
        cases.push_back({
            .name    = name,
            .answers = always({html + "\r\n" + body}),
            .codes   = {errc::ok, errc::parse_failed, errc::timed_out},
            .phases = {phase::body, phase::decode, phase::read},  // decoding waits for workers that read for the others
        });
    };
    dear("1 MB of nested div", filled_with("<div>", 1'000'000));
    dear("many attributes", "<p " + filled_with("a b c d e f ", 1'000'000) + ">x");
    dear("the formatting bomb", formatting_bomb());
    dear("10 MB of links", filled_with("<a href=/x>y</a>", 10'000'000));
    try_all(cases);
}

constexpr std::size_t most = 4'000'000;  // of a service's answer, about

/// Hits that are dear to read, and as many as there may be.
std::string many_hits() {
    const std::string each =
        R"({"title":"&amp;<b>x</b>&#1234;&amp;&amp;&amp;","link":"http://h/","snippet":"<b>&amp;</b>"},)";
    return R"({"items":[)" + filled_with(each, most / each.size() * each.size()) + "{}]}";
}

// Services' answers are read elsewhere than pages.
TEST_F(deadline_test, answers_of_services_that_are_dear_to_read) {
    const std::set<errc> codes{errc::bad_response, errc::unsupported_type, errc::timed_out, errc::ok};
    const auto service = [&](const char* name, const std::string& json) {
        return deadline_case{
            .name    = name,
            .answers = always({ok + "Content-Type: application/json\r\n\r\n" + json}),
            .codes   = codes,
            .phases  = {phase::read, phase::decode, phase::body},
        };
    };
    try_all({
        service("lists", "[" + filled_with("0,", most) + "0]"),
        service("nested lists", filled_with("[", most)),
        service("hits", many_hits()),
        service("one string", "[\"" + filled_with("\\u00e4", most / 6 * 6) + "\"]"),
    });
}

CO_TEST_F(deadline_test, large_answers_of_services_do_not_hold_the_loop) {
    const std::string results = "<div class=result>" + filled_with("<a class=result__a href=x>", most);
    const background_server pages{raw_answer{html + "\r\n" + results}};
    const background_server json{raw_answer{ok + "\r\n" + many_hits()}};
    auto settings           = options();
    settings.google_key     = "key";
    settings.google_cx      = "engine";
    settings.google_url     = json.url();
    settings.duckduckgo_url = pages.url();
    const client web{io.get_executor(), settings};
    loop_watch watch{io};
    watch.start();
    const auto by_json = co_await search_google(web, "question");
    const auto by_page = co_await search_duckduckgo(web, "question");
    EXPECT_TRUE(by_json) << by_json.error().message();
    EXPECT_TRUE(by_page) << by_page.error().message();
    watch.stop();
    EXPECT_LT(watch.longest(), hold);
}

TEST_F(deadline_test, what_comes_before_the_page) {
    const auto robots_that = [](raw_answer does) {
        return [does](std::size_t, std::size_t, const std::string& head) {
            return head.starts_with("GET /robots.txt") ? does : raw_answer{html + "\r\n<p>welcome"};
        };
    };
    const auto obeys    = [](client_options& o) { o.respect_robots = true; };
    const auto insists  = [](client_options& o) { o.retry_budget = 1; };
    const auto redirect = [](std::chrono::milliseconds apart) {
        return [apart](std::size_t number, std::size_t request, const std::string&) {
            const auto next = std::to_string(number) + '-' + std::to_string(request);
            auto answer =
                dripping("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /" + next + "\r\n\r\n", 20, apart);
            answer.then = ending::keep;
            return answer;
        };
    };
    const auto refusal = [](const std::string& when) {
        return always({"HTTP/1.1 503 Later\r\nContent-Length: 0\r\nRetry-After: " + when + "\r\n\r\n", ending::keep});
    };
    const auto rules = "HTTP/1.1 200 OK\r\n\r\n" + filled_with("User-agent: x\n", 60'000);
    const std::set<errc> refused{errc::http_status, errc::rate_limited, errc::timed_out};
    try_all({
        {.name    = "robots.txt hangs",
         .answers = robots_that({"", ending::hang}),
         .phases  = {phase::first_byte, phase::queue},
         .adjust  = obeys},
        {.name    = "robots.txt drips",
         .answers = robots_that(dripping(rules, 1, 10ms)),
         .phases  = {phase::first_byte, phase::body, phase::queue},
         .adjust  = obeys},
        {.name    = "robots.txt of 10 GB",
         .answers = robots_that({ok + "Content-Encoding: gzip\r\n\r\n" + zeros_of_10_gb().front().body}),
         .codes   = {errc::ok, errc::timed_out},
         .phases  = {phase::first_byte, phase::body, phase::read, phase::queue},
         .adjust  = obeys},
        {.name = "endless redirects", .answers = redirect(0ms), .codes = {errc::bad_redirect}},
        // Each comes in three pieces and takes two thirds of the limit: the second is half there when the time is up.
        {.name = "slow endless redirects", .answers = redirect(limit / 3), .phases = {phase::first_byte}},
        {.name    = "Retry-After: 0",
         .answers = refusal("0"),
         .codes   = refused,
         .phases  = {phase::queue},
         .adjust  = insists},
        {.name    = "Retry-After: 1",
         .answers = refusal("1"),
         .codes   = refused,
         .phases  = {phase::queue},
         .adjust  = insists},
        {.name    = "Retry-After: 3600",
         .answers = refusal("3600"),
         .codes   = refused,
         .phases  = {phase::queue},
         .adjust  = insists},
    });
}

// Zero is no time of one's own, never endless time.
TEST_F(deadline_test, calls_without_a_deadline_have_the_clients) {
    const deadline_case c{.name = "no deadline", .phases = {phase::first_byte}};
    const background_server server{c.answers};
    auto settings          = options();
    settings.total_timeout = limit;
    for (const auto& each : awaited_calls(io, settings, server.url(), 0ms).calls) check(c, each);
}

}  // namespace
}  // namespace forage::testing
