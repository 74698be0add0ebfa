// A scrape that is cancelled after n handlers of the loop, for n = 1, 2, … until it completes by itself: through
// robots.txt, a redirect to another site, and a coded body that is read on the worker pool.
#include "support/encoders.hpp"
#include "support/loopback_web.hpp"
#include "support/open_descriptors.hpp"

#include <forage/scrape.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>
#include <optional>
#include <string>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
namespace net = boost::asio;

const std::string text = "<!doctype html><title>the end</title><p>" + std::string(40'000, 'x');

class torture_test : public ::testing::TestWithParam<bool> {
protected:
    using cancel_by = std::function<void(client&, net::cancellation_signal&)>;

    // One scrape with servers and a loop of its own. True when it completed before `handlers` had run.
    bool completes_within(int handlers, const cancel_by& cancel) {
        net::io_context io{1};
        miniweb::server target{io, miniweb::server::plain_handler{answer}, server_settings()};
        miniweb::server origin{
            io,
            miniweb::server::plain_handler{[&](const miniweb::request& r) {
                if (r.target != "/moved") return answer(r);
                miniweb::response moved{302, "text/plain", ""};
                moved.fields.add("Location", url_of(target, "/end"));
                return moved;
            }},
            server_settings()
        };
        client web{io.get_executor(), client_settings()};
        std::optional<result<page>> outcome;
        net::cancellation_signal signal;
        start(io, web, url_of(origin, "/moved"), outcome, signal);
        for (int i = 0; i < handlers && !outcome; ++i) io.run_one_for(10s);
        const bool is_over = outcome.has_value();
        cancel(web, signal);
        run_until(io, outcome);
        if (!outcome) return is_over;
        if (*outcome) {
            EXPECT_EQ((*outcome)->title, "the end");
        } else {
            EXPECT_FALSE(is_over);
            EXPECT_EQ(outcome->error().code, errc::cancelled) << outcome->error().message();
        }

        std::optional<result<page>> after;
        net::cancellation_signal unused;
        start(io, web, url_of(origin, "/after"), after, unused);
        run_until(io, after);
        EXPECT_TRUE(after && *after) << "the client is no longer usable";
        origin.stop();
        target.stop();
        io.run_for(10s);
        EXPECT_TRUE(io.stopped()) << "work is left";
        return is_over;
    }

    void cancel_at_every_handler(const cancel_by& cancel) {
        completes_within(1'000'000, cancel);  // the worker pool starts, and whatever else a process does once
        const auto before = open_descriptors();
        bool completed    = false;
        int handlers      = 0;
        while (!completed && !HasFailure() && handlers < 5'000) {
            SCOPED_TRACE("cancelled after " + std::to_string(++handlers) + " handlers");
            completed = completes_within(handlers, cancel);
            EXPECT_EQ(open_descriptors(), before);
        }
        EXPECT_TRUE(completed);
        EXPECT_GT(handlers, 30);
    }

private:
    static miniweb::response answer(const miniweb::request& r) {
        if (r.target == "/robots.txt") return {200, "text/plain", "User-agent: *\nDisallow: /private\n"};
        miniweb::response page{200, "text/html", encode_gzip(text)};
        page.fields.add("Content-Encoding", "gzip");
        return page;
    }

    miniweb::server_options server_settings() {
        if (!GetParam()) return {};
        return {.tls = identity_};
    }

    client_options client_settings() {
        client_options made;
        made.allow_addresses   = {"127.0.0.0/8"};
        made.proxy_environment = false;
        made.ca_file           = ca_file_.path();
        made.system_trust      = false;
        made.hosts             = {{"web.test", "127.0.0.1"}};
        return made;
    }

    static std::string url_of(const miniweb::server& s, const std::string& path) {
        return (GetParam() ? "https://web.test:" : "http://web.test:") + std::to_string(s.port()) + path;
    }

    static void start(
        net::io_context& io,
        const client& web,
        const std::string& url,
        std::optional<result<page>>& outcome,
        net::cancellation_signal& signal
    ) {
        auto done = [&outcome](std::exception_ptr thrown, result<page> r) {
            EXPECT_FALSE(thrown);
            EXPECT_FALSE(outcome) << "completed twice";
            outcome = std::move(r);
        };
        net::co_spawn(io, scrape_page(web, url), net::bind_cancellation_slot(signal.slot(), done));
    }

    static void run_until(net::io_context& io, const std::optional<result<page>>& outcome) {
        const auto limit = std::chrono::steady_clock::now() + 10s;
        while (!outcome && io.run_one_until(limit) != 0) {}
        EXPECT_TRUE(outcome) << "hangs";
    }

    miniweb::certificate_authority authority_;
    miniweb::tls_identity identity_ = authority_.issue({.names = {"web.test"}, .addresses = {}});
    temporary_file ca_file_{authority_.certificate()};
};

TEST_P(torture_test, the_call_is_cancelled_at_every_handler) {
    cancel_at_every_handler([](client&, net::cancellation_signal& signal) {
        signal.emit(net::cancellation_type::terminal);
    });
}

TEST_P(torture_test, the_client_is_cancelled_at_every_handler) {
    cancel_at_every_handler([](client& web, net::cancellation_signal&) { web.cancel(); });
}

INSTANTIATE_TEST_SUITE_P(over, torture_test, ::testing::Bool(), [](const auto& tested) {
    return std::string{tested.param ? "https" : "http"};
});

}  // namespace
}  // namespace forage::testing
