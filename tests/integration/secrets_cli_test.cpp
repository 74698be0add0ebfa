// Secrets given to the command line program in every way, and all that it prints at its most talkative.
#include "support/closed_port.hpp"
#include "support/loopback_web.hpp"
#include "support/miniweb_fixture.hpp"
#include "support/planted.hpp"
#include "support/raw_server.hpp"
#include "support/slowness.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <memory>
#include <miniweb/dns.hpp>
#include <nlohmann/json.hpp>
#include <thread>

namespace forage::testing {
namespace {

using ending  = raw_answer::ending;
using strings = std::vector<std::string>;

const std::string page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: id=" + planted::cookie +
                         "\r\nContent-Length: 18\r\n\r\n<title>one</title>";
constexpr const char* formats[] = {"text", "markdown", "json", "jsonl"};

class secrets_of_the_command_line : public loopback_web {
protected:
    using variables = std::vector<std::pair<std::string, std::string>>;

    // All servers first: they are asked on a thread of their own from `serve` on.
    raw_server& add(raw_server::script answers, raw_server_options how = {}) {
        return *servers_.emplace_back(std::make_unique<raw_server>(io, std::move(answers), std::move(how)));
    }
    raw_server& add(raw_answer always, raw_server_options how = {}) {
        return add([always](std::size_t, std::size_t, const std::string&) { return always; }, std::move(how));
    }
    // Its robots.txt is well, whatever it says else.
    raw_server& add_site(raw_answer always) {
        return add([always](std::size_t, std::size_t, const std::string& head) {
            return head.starts_with("GET /robots.txt") ? raw_answer{page} : always;
        });
    }
    // The same, and quotes the whole request.
    raw_server& add_refusing(int status, std::string more = {}) {
        return add([status, more](std::size_t, std::size_t, const std::string& head) {
            if (head.starts_with("GET /robots.txt")) return raw_answer{page};
            return raw_answer{
                "HTTP/1.1 " + std::to_string(status) + " Pl4nt\r\nContent-Type: text/html\r\n" + more +
                "Set-Cookie: id=" + planted::cookie + "\r\nContent-Length: " + std::to_string(head.size()) +
                "\r\n\r\n" + head
            };
        });
    }
    raw_server& add_service(int status) {
        return add([status](std::size_t, std::size_t, const std::string& head) {
            const auto quoted = planted::in_json(head);
            const auto body   = R"({"error":{"code":)" + std::to_string(status) + R"(,"message":")" + quoted +
                              R"("},"errors":[{"code":"x","message":")" + quoted + R"("}]})";
            return raw_answer{
                "HTTP/1.1 " + std::to_string(status) + " No\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body
            };
        });
    }
    void serve() {
        thread_ = std::jthread{[this] { io.run(); }};
    }
    void TearDown() override {
        boost::asio::post(io, [this] {
            for (const auto& s : servers_) s->stop();
            if (names) names->stop();
        });
        if (thread_.joinable()) thread_.join();
    }

    child_outcome run_forage(const strings& words, variables more = {}) const {
        child_command command;
        command.words = {example_program("forage")};
        command.words.insert(command.words.end(), words.begin(), words.end());
        command.environment = std::move(more);
        command.environment.emplace_back("GOOGLE_SEARCH_API_KEY", planted::google_key);
        command.environment.emplace_back("GOOGLE_SEARCH_CX", "cx");
        command.environment.emplace_back("BING_SEARCH_API_KEY", planted::bing_key);
        return run_child(std::move(command));
    }
    [[nodiscard]] strings loud(const std::string& command, const std::string& format) const {
        return {
            command,
            "-vv",
            "--stats",
            "--format",
            format,
            "--timeout",
            std::to_string(slowness),
            "--ca-file",
            ca_file.path(),
            "--allow-address",
            "127.0.0.1"
        };
    }

    std::unique_ptr<::miniweb::dns_server> names;

private:
    std::vector<std::unique_ptr<raw_server>> servers_;
    std::jthread thread_;
};

std::string location(const std::string& where) {
    return "HTTP/1.1 302 Found\r\nSet-Cookie: id=Pl4nt\r\nLocation: " + where + "\r\nContent-Length: 0\r\n\r\n";
}

TEST_F(secrets_of_the_command_line, are_in_no_output_about_pages) {
    names = std::make_unique<::miniweb::dns_server>(io, ::miniweb::name_set{});
    raw_server_options tls, rude;
    const ::miniweb::certificate_authority stranger;
    tls.tls       = stranger.issue({.names = {}, .addresses = {"127.0.0.1"}});
    rude.greeting = "Pl4nt\r\n\r\n";
    auto& end     = add(raw_answer{page});
    auto& robots  = add(raw_answer{"HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\nUser-agent: *\nDisallow: /\n"});
    const closed_port gone;

    // Each failing server is a host of its own, which is not left alone for what another did.
    strings given;
    const auto give = [&](const raw_server& server) { given.push_back(server.url("/p" + planted::parameters)); };
    give(add_site(raw_answer{page}));
    give(add_site(raw_answer{location(end.url("/end?token=Pl4nt"))}));
    for (const int status : {401, 403, 407, 500}) give(add_refusing(status, "Authorization: Bearer Pl4nt\r\n"));
    give(add_refusing(429, "Retry-After: 3600\r\n"));
    give(add_refusing(200, "Content-Encoding: Pl4nt\r\n"));
    give(add_refusing(200, "Content-Encoding: gzip\r\n"));
    for (const auto how : {ending::reset, ending::close, ending::hang}) give(add_site(raw_answer{"", how}));
    give(add_site(raw_answer{"Pl4nt\r\n\r\n"}));
    give(add_site(raw_answer{location("http://me:Pl4nt@127.0.0.1/?key=Pl4nt")}));
    give(add_site(raw_answer{location("ftp://me:Pl4nt@h.test/")}));
    give(add_site(raw_answer{location("http://10.0.0.1/?sig=Pl4nt")}));
    give(add_site(raw_answer{location("/p?key=Pl4nt-k&q=1&token=Pl4nt-t&sig=Pl4nt-s")}));
    give(add(raw_answer{page}, tls));
    given.push_back("https" + add(raw_answer{page}, rude).url("/p" + planted::parameters).substr(4));
    give(robots);
    for (const auto& start : strings{gone.url(), "http://nosuch.test/", "http://10.0.0.1/"}) {
        given.push_back(start + planted::parameters);
    }
    for (const char* odd : {"http://me:Pl4nt@web.test/?key=Pl4nt", "http://me:Pl4nt@h:x/?key=Pl4nt", "me:Pl4nt@h"}) {
        given.emplace_back(odd);
    }
    const auto dns = "127.0.0.1:" + std::to_string(names->port());
    serve();

    for (const std::string format : formats) {
        auto words = loud("scrape", format);
        words.insert(words.end(), {"--cookies", "--dns-server", dns, "--concurrency", "30", "--retries", "1"});
        words.insert(words.end(), given.begin(), given.end());
        const auto ended = run_forage(words);
        EXPECT_EQ(ended.exit_code, 3) << ended.err;
        EXPECT_TRUE(planted::absent(ended.err)) << format;

        // The caller finds its results by the URLs it gave, and is told where they led; all else is clean.
        auto out = ended.out;
        EXPECT_NE(out.find(end.url("/end?token=Pl4nt")), out.npos) << out;
        auto shown = given;
        shown.push_back(end.url("/end?token=Pl4nt"));
        std::ranges::sort(shown, std::ranges::greater{}, &std::string::size);
        for (const auto& url : shown) out = planted::without(out, url);
        EXPECT_TRUE(planted::absent(out)) << format;

        const auto line = ended.err.rfind("\n{");
        ASSERT_NE(line, ended.err.npos) << ended.err;
        const auto stats = nlohmann::json::parse(ended.err.substr(line));
        EXPECT_EQ(stats["pages_ok"], 2) << ended.err;
        EXPECT_GT(stats["requests"].size(), given.size());
    }
}

TEST_F(secrets_of_the_command_line, are_in_no_output_about_searches) {
    strings services;
    for (const int status : {200, 400, 401, 403, 429, 500}) services.push_back(add_service(status).url("/v1"));
    services.push_back(add(raw_answer{location("http://web.test/?key=Pl4nt")}).url("/v1"));
    services.push_back(add(raw_answer{"", ending::reset}).url("/v1"));
    services.push_back(add(raw_answer{"Pl4nt\r\n\r\n"}).url("/v1"));
    services.emplace_back("http://me:Pl4nt@127.0.0.1/v1");
    services.emplace_back("http://me:Pl4nt@127.0.0.1:Pl4nt/v1");
    serve();
    std::size_t run = 0;
    for (const auto& service : services) {
        for (const std::string command : {"search", "research"}) {
            auto words      = loud(command, formats[run++ % std::size(formats)]);
            const auto base = service + "?sig=Pl4nt";
            words.insert(words.end(), {"--provider", "google,bing", "--google-url", base, "--bing-url", base, "why"});
            const auto ended = run_forage(words);
            EXPECT_EQ(ended.exit_code, 1) << ended.err;
            EXPECT_TRUE(planted::absent(ended.err)) << service;
            EXPECT_TRUE(planted::absent(ended.out)) << service;
            EXPECT_NE(ended.err.find("google: "), ended.err.npos) << ended.err;
        }
    }
}

TEST_F(secrets_of_the_command_line, are_in_no_output_about_proxies) {
    raw_server_options socks;
    socks.greeting = "\x05\x02\x01\x01";  // RFC 1929: the login is wrong
    struct proxied {
        std::string scheme;
        std::string at;
    };
    std::vector<proxied> proxies;
    const auto give = [&](const std::string& scheme, const raw_server& s) {
        proxies.push_back({scheme, s.url("").substr(7)});
    };
    for (const int status : {403, 407, 502})
        give("http", add_refusing(status, "Proxy-Authenticate: Basic realm=Pl4nt\r\n"));
    for (const auto how : {ending::close, ending::reset, ending::hang}) give("http", add(raw_answer{"", how}));
    give("http", add(raw_answer{"Pl4nt\r\n\r\n"}));
    give("http", add(raw_answer{page}));
    give("socks5h", add(raw_answer{""}, socks));
    proxies.push_back({"https", "127.0.0.1:1"});
    proxies.push_back({"http", "127.0.0.1:Pl4nt"});
    serve();
    std::size_t run = 0;
    for (const auto& [scheme, at] : proxies) {
        const auto proxy = scheme + "://" + planted::proxy_login + at;
        for (const bool by_option : {false, true}) {
            const std::string format = formats[run++ % std::size(formats)];
            auto words               = loud("scrape", format);
            // Names are looked up here first, unless they may have any address.
            words.insert(words.end(), {"--allow-host", "web.test", "http://web.test/", "https://web.test/"});
            if (by_option) words.insert(words.end(), {"--proxy", proxy});
            variables more;
            if (!by_option) more = {{"http_proxy", proxy}, {"https_proxy", proxy}};
            const auto ended = run_forage(words, more);
            EXPECT_NE(ended.exit_code, 0) << ended.out;
            EXPECT_NE(ended.err, "");
            EXPECT_TRUE(planted::absent(ended.err)) << proxy;
            EXPECT_TRUE(planted::absent(ended.out)) << proxy;
        }
    }
}

TEST_F(secrets_of_the_command_line, are_not_quoted_where_an_option_makes_no_sense) {
    serve();
    const std::string url = "http://me:Pl4nt@h.test:1/?key=Pl4nt";
    for (const strings& wrong : std::vector<strings>{
             {"--proxy", "http://me:Pl4nt@h.test/x"},
             {"--proxy", "me:Pl4nt"},
             {"--allow-host", url},
             {"--allow-host", "me:Pl4nt@h.test"},
             {"--allow-address", url},
             {"--allow-address", "me:Pl4nt@127.0.0.1"},
             {"--timeout", url},
             {"--format", url},
             {"--host-delay", url},
             {"--" + url}
         }) {
        strings words{"scrape", "http://127.0.0.1:1/"};
        words.insert(words.end(), wrong.begin(), wrong.end());
        const auto ended = run_forage(words);
        EXPECT_EQ(ended.exit_code, 2) << ended.err;
        EXPECT_TRUE(planted::absent(ended.err + ended.out)) << wrong[0];
        EXPECT_NE(ended.err, "");
    }
}

}  // namespace
}  // namespace forage::testing
