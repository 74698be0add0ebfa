// Through real proxies: squid and microsocks.
#include "support/free_port.hpp"
#include "support/loopback_web.hpp"
#include "support/proxy_server.hpp"

#include <forage/scrape.hpp>

#include <mutex>
#include <thread>

namespace forage::testing {
namespace {

using kind = proxy_server::kind;

constexpr const char* right_login = proxy_server::right_login;
constexpr const char* wrong_login = "scout:wr%6Fng@";
// As options write them, decoded, and as HTTP sends them.
constexpr const char* passwords[] = {"p%40ss", "p@ss", "c2NvdXQ6cEBzcy93OnJk", "wr%6Fng", "wrong", "c2NvdXQ6d3Jvbmc="};

class proxy_integration : public loopback_web, public ::testing::WithParamInterface<kind> {
protected:
    // `host` means 127.0.0.1 to the proxy. To the client it is a name without an address, or another machine's, so that
    // a page that comes can only have come through the proxy.
    void SetUp() override {
        if (!proxy_server::installed(GetParam())) GTEST_SKIP() << "the proxy is not installed";
        host       = GetParam() == kind::squid ? proxy_server::known_to_squid : "localhost";
        handler    = [this](const ::miniweb::request& r) { return seen(r); };
        plain      = &http(handler);
        secure     = &https(handler, authority.issue({.names = {host}, .addresses = {"127.0.0.1"}}));
        plain_url  = "http://" + host + ":" + std::to_string(plain->port()) + "/a?b";
        secure_url = "https://" + host + ":" + std::to_string(secure->port()) + "/a?b";
    }

    client_options through(const proxy_server& proxy, const std::string& login = {}) {
        auto made        = options();
        made.proxy       = proxy.url(login);
        made.allow_hosts = {host};
        made.hosts       = {{"localhost", "127.0.0.99"}, {"web.test", "127.0.0.1"}};
        return made;
    }

    awaitable<result<page>> fetch(client_options settings, std::string target) {
        const client web{io.get_executor(), std::move(settings)};
        co_return co_await scrape_page(web, target);
    }

    // Of all that reached the origins nothing may be meant for the proxy.
    ::miniweb::response seen(const ::miniweb::request& r) {
        const std::lock_guard lock{guard};
        ++requests;
        if (r.target != "/a?b") ++odd_requests;
        for (const auto& [name, value] : r.fields) {
            if (name.starts_with("Proxy-Auth") || name.starts_with("proxy-auth")) ++leaks;
            for (const char* text : passwords) leaks += value.find(text) != value.npos ? 1 : 0;
        }
        return html_page("through");
    }

    static void expect_no_password(const std::string& text) {
        for (const char* password : passwords) EXPECT_EQ(text.find(password), text.npos) << text;
    }

    std::string host, plain_url, secure_url;
    ::miniweb::server* plain  = nullptr;
    ::miniweb::server* secure = nullptr;
    ::miniweb::server::plain_handler handler;
    std::mutex guard;
    int requests = 0, odd_requests = 0, leaks = 0;
};

TEST_P(proxy_integration, brings_pages_with_and_without_a_login) {
    const auto body = [this]() -> awaitable<void> {
        for (const bool wants_login : {false, true}) {
            const proxy_server proxy{GetParam(), wants_login};
            for (const std::string login : {"", right_login}) {
                if (wants_login && login.empty()) continue;
                const client web{io.get_executor(), through(proxy, login)};
                for (const auto& target : {plain_url, secure_url, plain_url, secure_url}) {
                    const auto got = co_await scrape_page(web, target);
                    EXPECT_TRUE(got) << target << ": " << got.error().message();
                    if (!got) continue;
                    EXPECT_EQ(got->title, "through");
                    EXPECT_EQ(got->final_url, target);
                }
                EXPECT_EQ(web.stats().connections_opened, 2U) << "kept connections are used again";
            }
        }
        EXPECT_EQ(requests, 12);
        EXPECT_EQ(odd_requests, 0);
        EXPECT_EQ(leaks, 0);
        stop_servers();
    };
    run(body());
}

TEST_P(proxy_integration, refuses_a_missing_or_wrong_login) {
    const auto body = [this]() -> awaitable<void> {
        const proxy_server proxy{GetParam(), true};
        for (const std::string login : {"", wrong_login}) {
            for (const auto& target : {plain_url, secure_url}) {
                const auto got = co_await fetch(through(proxy, login), target);
                CO_ASSERT_TRUE(!got);
                EXPECT_EQ(got.error().code, errc::proxy_failed) << got.error().message();
                EXPECT_EQ(got.error().where, phase::proxy);
                EXPECT_EQ(got.error().http_status, GetParam() == kind::squid ? 407 : 0);
                const auto says =
                    login.empty() ? "wants a user name and password" : "refuses the user name and password";
                EXPECT_NE(got.error().what.find(says), std::string::npos) << got.error().what;
                expect_no_password(got.error().message());
            }
        }
        EXPECT_EQ(requests, 0);
        stop_servers();
    };
    run(body());
}

TEST_P(proxy_integration, says_that_the_host_refuses) {
    const auto body = [this]() -> awaitable<void> {
        const proxy_server proxy{GetParam(), false};
        const auto nobody = host + ":" + std::to_string(free_port()) + "/";
        const auto tunnel = co_await fetch(through(proxy), "https://" + nobody);
        CO_ASSERT_TRUE(!tunnel);
        EXPECT_EQ(tunnel.error().code, errc::proxy_failed) << tunnel.error().message();
        EXPECT_EQ(tunnel.error().where, phase::proxy);
        const auto plainly = co_await fetch(through(proxy), "http://" + nobody);
        CO_ASSERT_TRUE(!plainly);
        if (GetParam() == kind::squid) {
            EXPECT_EQ(tunnel.error().http_status, 503);
            // What an HTTP proxy says itself and what it passes on cannot be told apart.
            EXPECT_EQ(plainly.error().code, errc::http_status);
            EXPECT_EQ(plainly.error().http_status, 503);
        } else {
            EXPECT_NE(tunnel.error().what.find("refused the connection"), std::string::npos) << tunnel.error().what;
            EXPECT_EQ(plainly.error().code, errc::proxy_failed);
        }
        stop_servers();
    };
    run(body());
}

TEST_P(proxy_integration, is_left_out_for_hosts_of_no_proxy) {
    const auto body = [this]() -> awaitable<void> {
        const proxy_server proxy{GetParam(), true};
        auto settings     = through(proxy, wrong_login);
        settings.no_proxy = "web.test, 127.0.0.1:" + std::to_string(secure->port());
        const auto direct = co_await fetch(settings, url_of(*secure, "/a?b").replace(0, 4, "https"));
        EXPECT_TRUE(direct) << direct.error().message();
        const auto named = co_await fetch(settings, "http://web.test:" + std::to_string(plain->port()) + "/a?b");
        EXPECT_TRUE(named) << named.error().message();
        const auto other = co_await fetch(settings, plain_url);
        CO_ASSERT_TRUE(!other);
        EXPECT_EQ(other.error().code, errc::proxy_failed);
        EXPECT_EQ(requests, 2);
        EXPECT_EQ(leaks, 0);
        stop_servers();
    };
    run(body());
}

TEST_P(proxy_integration, certificates_are_those_of_the_host) {
    const auto body = [this]() -> awaitable<void> {
        const proxy_server proxy{GetParam(), false};
        auto& wrong    = https(handler, authority.issue({.names = {"elsewhere.test"}, .addresses = {}}));
        const auto got = co_await fetch(through(proxy), "https://" + host + ":" + std::to_string(wrong.port()) + "/");
        CO_ASSERT_TRUE(!got);
        EXPECT_EQ(got.error().code, errc::tls_failed) << got.error().message();
        EXPECT_NE(got.error().what.find("elsewhere.test"), std::string::npos) << got.error().what;
        EXPECT_EQ(requests, 0);
        stop_servers();
    };
    run(body());
}

// The environment of a program is its own, so the command line program stands for all.
TEST_P(proxy_integration, is_taken_from_the_environment) {
    const proxy_server proxy{GetParam(), true};
    const proxy_server nobody_may{GetParam(), true};
    // The servers answer while this thread waits for the program.
    struct serving_thread {
        loopback_web& web;
        std::jthread thread{[this] { web.io.run(); }};
        void end() {
            web.stop_servers();
            if (thread.joinable()) thread.join();
        }
        ~serving_thread() { end(); }
    } serving{*this};
    const auto run_forage = [&](const std::string& target, std::vector<std::pair<std::string, std::string>> variables) {
        child_command command;
        command.words = {
            example_program("forage"), "scrape", target, "-v", "-v", "--allow-private", "--ca-file", ca_file.path()
        };
        command.environment = std::move(variables);
        auto ended          = run_child(std::move(command));
        expect_no_password(ended.out + ended.err);
        return ended;
    };
    const auto right         = proxy.url(right_login);
    const auto wrong         = nobody_may.url(wrong_login);
    using variables          = std::vector<std::pair<std::string, std::string>>;
    const auto plain_through = run_forage(plain_url, variables{{"http_proxy", right}, {"https_proxy", wrong}});
    EXPECT_EQ(plain_through.exit_code, 0) << plain_through.err;
    EXPECT_NE(plain_through.out.find("through"), std::string::npos) << plain_through.out;
    const auto secure_through = run_forage(secure_url, variables{{"http_proxy", wrong}, {"HTTPS_PROXY", right}});
    EXPECT_EQ(secure_through.exit_code, 0) << secure_through.err;
    const auto all_through = run_forage(secure_url, variables{{"all_proxy", right}});
    EXPECT_EQ(all_through.exit_code, 0) << all_through.err;

    const auto refused = run_forage(secure_url, variables{{"all_proxy", wrong}});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE(refused.err.find("proxy_failed"), std::string::npos) << refused.err;
    const auto not_one =
        run_forage(secure_url, variables{{"all_proxy", "https://" + std::string{right_login} + "a:1"}});
    EXPECT_EQ(not_one.exit_code, 1);
    EXPECT_NE(not_one.err.find("all_proxy: "), std::string::npos) << not_one.err;

    const auto direct = run_forage(url_of(*plain, "/a?b"), variables{{"http_proxy", wrong}, {"no_proxy", "127.0.0.1"}});
    EXPECT_EQ(direct.exit_code, 0) << direct.err;
    // A web server hands the field `Proxy` of a request to its CGI programs under this name.
    const auto cgi = run_forage(url_of(*plain, "/a?b"), variables{{"HTTP_PROXY", wrong}});
    EXPECT_EQ(cgi.exit_code, 0) << cgi.err;
    serving.end();
    EXPECT_EQ(leaks, 0);
}

INSTANTIATE_TEST_SUITE_P(
    real,
    proxy_integration,
    ::testing::Values(kind::squid, kind::microsocks),
    [](const auto& one) { return one.param == kind::squid ? "squid" : "microsocks"; }
);

}  // namespace
}  // namespace forage::testing
