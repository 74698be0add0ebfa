// Kept connections that the server ends just when the next request comes, or a moment before (RFC 9112 §9.3.1): nobody
// sees it, but where a request may not be sent twice.
#include "http/client_impl.hpp"
#include "http/exchange.hpp"
#include "support/fetch_body.hpp"
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"
#include "support/setting.hpp"

#include <forage/scrape.hpp>

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
namespace net = boost::asio;
using ending  = raw_answer::ending;

constexpr std::size_t requests = 1'000;

const std::string kept_answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\ngood";

class stale_test : public loopback_web {
protected:
    // Answers the first request of a connection. The second is met with `then`, and no answer.
    raw_server& ends_on_second(bool tls, ending then) {
        raw_server_options how;
        if (tls) how.tls = authority.issue({.names = {"web.test"}, .addresses = {"127.0.0.1"}});
        const auto script = [this, then](std::size_t, std::size_t request, const std::string&) {
            if (request == 1) return raw_answer{kept_answer, ending::keep};
            ++swallowed;
            return raw_answer{"", then};
        };
        return server.emplace(io, script, std::move(how));
    }

    awaitable<void> all_pages_come(bool tls, ending then, int concurrency) {
        ends_on_second(tls, then);
        auto settings = options();
        // Fewer connections than lanes: they wait for kept and for fresh ones.
        settings.max_connections_per_origin = 4;
        settings.host_concurrency           = 64;
        const client web{io.get_executor(), settings};
        std::vector<std::string> urls;
        for (std::size_t i = 0; i < requests; ++i) urls.push_back(server->url("/" + std::to_string(i)));
        scrape_options how;
        how.concurrency  = concurrency;
        how.page.timeout = 50s;
        const auto batch = co_await scrape_pages(web, urls, how);
        EXPECT_EQ(batch.values.size(), requests);
        for (const auto& f : batch.failures) ADD_FAILURE() << f.url << ": " << f.error.message();
        EXPECT_EQ(web.stats().stale_retries, swallowed);
        EXPECT_GE(swallowed, requests / 4);
        EXPECT_EQ(web.stats().retries, 0U);
        server->stop();
    }

    // What was not sent twice by the library may be sent again by its caller alone.
    awaitable<void> a_request_is_not_repeated(std::string method, bool tls, ending then) {
        ends_on_second(tls, then);
        const auto web   = make_client();
        const auto first = co_await fetch_body(web, server->url(), 10s);
        CO_ASSERT_TRUE(first);
        const auto posted = co_await send(web, method);
        CO_ASSERT_TRUE(!posted);
        EXPECT_EQ(posted.error().code, errc::connect_failed) << posted.error().message();
        EXPECT_EQ(posted.error().where, phase::first_byte);
        EXPECT_EQ(swallowed, 1U);
        EXPECT_EQ(server->requests(), 2U);
        EXPECT_EQ(web.stats().stale_retries, 0U);
        const auto again = co_await send(web, method);
        EXPECT_TRUE(again) << again.error().message();
        server->stop();
    }

    awaitable<result<detail::http_response>> send(client web, std::string method) {
        detail::http_request request;
        request.method = std::move(method);
        request.target = url::parse(server->url("/form")).value();
        request.body   = "a=b";
        auto sending   = detail::fetch(web.impl(), std::move(request));
        co_return co_await detail::on_strand(web.impl(), std::move(sending));
    }

    // Ends each connection some 0 to 1.5 ms after an answer, and the next request goes after as long: the end is there
    // before it, comes while it is on its way, or after it was read.
    awaitable<void> all_pages_come_from_a_hasty_server(bool tls, ending then) {
        std::mt19937_64 dice{seed};
        raw_server_options how;
        if (tls) how.tls = authority.issue({.names = {"web.test"}, .addresses = {"127.0.0.1"}});
        const auto some_time = [&] { return std::chrono::microseconds{std::uniform_int_distribution{0, 1'500}(dice)}; };
        const auto script    = [&](std::size_t, std::size_t, const std::string&) {
            raw_answer answer{kept_answer, then};
            answer.linger = some_time();
            return answer;
        };
        server.emplace(io, script, std::move(how));
        const auto web = make_client();
        for (std::size_t i = 0; i < requests; ++i) {
            const auto page = co_await scrape_page(web, server->url("/" + std::to_string(i)));
            EXPECT_TRUE(page) << page.error().message() << "; request " << i << ", seed " << seed;
            co_await let_pass(some_time());
        }
        // Each that met the end of its connection was asked again, and no other.
        const auto seen = web.stats();
        EXPECT_EQ(seen.requests, requests + seen.stale_retries);
        EXPECT_GT(seen.stale_retries, 10U);
        EXPECT_GT(seen.connections_opened, seen.stale_retries + 10) << "some ends were seen before a request went";
        server->stop();
    }

    const std::uint64_t seed = setting("FORAGE_SEED", std::random_device{}());
    std::optional<raw_server> server;
    std::size_t swallowed = 0;
};

CO_TEST_F(stale_test, http_ended_when_the_request_comes) { co_await all_pages_come(false, ending::close, 1); }
CO_TEST_F(stale_test, http_reset_when_the_request_comes) { co_await all_pages_come(false, ending::reset, 1); }
CO_TEST_F(stale_test, https_ended_when_the_request_comes) { co_await all_pages_come(true, ending::close, 1); }
CO_TEST_F(stale_test, https_cut_when_the_request_comes) { co_await all_pages_come(true, ending::cut, 1); }
CO_TEST_F(stale_test, https_reset_when_the_request_comes) { co_await all_pages_come(true, ending::reset, 1); }

// A fresh connection is what a lane must get then, even where it has to wait for its turn.
CO_TEST_F(stale_test, http_ended_under_many_lanes) { co_await all_pages_come(false, ending::close, 16); }
CO_TEST_F(stale_test, http_reset_under_many_lanes) { co_await all_pages_come(false, ending::reset, 16); }
CO_TEST_F(stale_test, https_reset_under_many_lanes) { co_await all_pages_come(true, ending::reset, 16); }

CO_TEST_F(stale_test, http_ended_at_any_moment) { co_await all_pages_come_from_a_hasty_server(false, ending::close); }
CO_TEST_F(stale_test, http_reset_at_any_moment) { co_await all_pages_come_from_a_hasty_server(false, ending::reset); }
CO_TEST_F(stale_test, https_ended_at_any_moment) { co_await all_pages_come_from_a_hasty_server(true, ending::close); }
CO_TEST_F(stale_test, https_reset_at_any_moment) { co_await all_pages_come_from_a_hasty_server(true, ending::reset); }

// RFC 9110 §9.2.2
CO_TEST_F(stale_test, http_post_is_not_repeated) { co_await a_request_is_not_repeated("POST", false, ending::close); }
CO_TEST_F(stale_test, http_patch_is_not_repeated) { co_await a_request_is_not_repeated("PATCH", false, ending::reset); }
CO_TEST_F(stale_test, https_post_is_not_repeated) { co_await a_request_is_not_repeated("POST", true, ending::close); }
CO_TEST_F(stale_test, https_patch_is_not_repeated) { co_await a_request_is_not_repeated("PATCH", true, ending::reset); }

}  // namespace
}  // namespace forage::testing
