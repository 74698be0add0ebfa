// Secrets in options, URLs, cookies and proxies, and all that a program can log or print about requests that go well or
// fail in every way: log lines at the finest level, request records, errors.
#include "support/closed_port.hpp"
#include "support/loopback_web.hpp"
#include "support/planted.hpp"
#include "support/raw_server.hpp"
#include "support/slowness.hpp"

#include <forage/json.hpp>
#include <forage/scrape.hpp>
#include <forage/search.hpp>

#include <map>
#include <miniweb/dns.hpp>
#include <vector>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using ending = raw_answer::ending;

const std::string page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                         "Set-Cookie: id=" +
                         planted::cookie + "\r\nContent-Length: 18\r\n\r\n<title>one</title>";

class secrets_on_the_wire : public loopback_web {
public:
    client_options settings() {
        auto made               = options();
        made.google_key         = planted::google_key;
        made.google_cx          = "cx";
        made.bing_key           = planted::bing_key;
        made.cookies            = true;
        made.respect_robots     = true;
        made.retry_budget       = 0.1;
        made.first_byte_timeout = 100ms * slowness;
        made.max_body_bytes     = 10'000;
        made.log = {log_level::trace, [this](log_level, std::string_view line) { heard.append(line).append("\n"); }};
        made.on_request = [this](const request_record& r) {
            ++records;
            heard += r.method + ' ' + r.url + ' ' + to_json(r) + '\n';
            if (r.error) hear(*r.error);
        };
        return made;
    }
    void hear(const error& e) {
        heard += e.message() + '\n' + e.what + '\n' + e.hint + '\n' + e.host + '\n' + to_json(e) + '\n';
        heard += exception{e}.what();
    }

    // Fetches `target` as one page and in a batch, each with a client of its own.
    awaitable<void> expect_clean(client_options how, std::string target, errc expected) {
        page_options quick;
        quick.retry.base = 1ms;
        const client one{io.get_executor(), how};
        const auto got = co_await scrape_page(one, target, quick);
        EXPECT_EQ(got ? errc::ok : got.error().code, expected) << target << (got ? "" : got.error().message());
        if (!got) hear(got.error());

        const std::vector<std::string> urls{target};
        const client many{io.get_executor(), how};
        scrape_options batch_of_one;
        batch_of_one.page = quick;
        const auto batch  = co_await scrape_pages(many, urls, batch_of_one);
        for (const auto& f : batch.failures) hear(f.error);
        EXPECT_TRUE(planted::absent(heard)) << target;
        EXPECT_FALSE(heard.empty()) << target;
        heard.clear();
    }

    awaitable<void> expect_clean_through(std::string proxy) {
        auto how            = settings();
        how.respect_robots  = false;
        how.connect_timeout = 100ms * slowness;
        how.proxy           = std::move(proxy);
        page_options quick;
        quick.retry.base = 1ms;
        for (const std::string target : {"http://web.test/", "https://web.test/"}) {
            const client web{io.get_executor(), how};
            const auto got = co_await scrape_page(web, target + planted::parameters, quick);
            if (!got) hear(got.error());
            EXPECT_TRUE(planted::absent(heard)) << target;
            EXPECT_NE(heard.find("web.test"), std::string::npos);
            heard.clear();
        }
    }

    // What a server says about a request it does not like: the whole of it.
    static raw_answer quoting(int status, const std::string& head, const std::string& more = {}) {
        return raw_answer{
            "HTTP/1.1 " + std::to_string(status) + " No\r\nContent-Type: text/html\r\nSet-Cookie: id=" +
            planted::cookie + "\r\n" + more + "Content-Length: " + std::to_string(head.size()) + "\r\n\r\n" + head
        };
    }
    static raw_answer moved(const std::string& where) {
        return raw_answer{
            "HTTP/1.1 302 Found\r\nSet-Cookie: id=" + planted::cookie + "\r\nLocation: " + where +
            "\r\nContent-Length: 0\r\n\r\n"
        };
    }

    std::string heard;
    int records = 0;
};

struct site_case {
    errc expected;
    std::function<raw_answer(const std::string& head)> answer;
};

CO_TEST_F(secrets_on_the_wire, of_pages_are_in_no_log_record_or_error) {
    int next         = 0;
    const auto hops  = [&](const std::string&) { return moved("/deeper" + std::to_string(++next) + "?sig=Pl4nt"); };
    const auto says  = [](raw_answer answer) { return [answer](const std::string&) { return answer; }; };
    const auto goes  = [](const std::string& where) { return [where](const std::string&) { return moved(where); }; };
    const auto fails = [](int status, const std::string& more = {}) {
        return [status, more](const std::string& head) { return quoting(status, head, more); };
    };
    raw_server end{io, raw_answer{page}};
    const std::vector<site_case> cases{
        {errc::ok, says(raw_answer{page})},
        {errc::ok, goes(end.url("/end?token=Pl4nt&key=Pl4nt"))},
        {errc::http_status, fails(401, "WWW-Authenticate: Bearer realm=Pl4nt\r\n")},
        {errc::http_status, fails(403, "Authorization: Bearer Pl4nt\r\n")},
        {errc::http_status, fails(407)},
        {errc::rate_limited, fails(429, "Retry-After: 3600\r\n")},
        {errc::http_status, fails(500)},
        {errc::connect_failed, says(raw_answer{"", ending::reset})},
        {errc::protocol, says(raw_answer{page.substr(0, page.size() - 1)})},
        {errc::protocol, says(raw_answer{"Pl4nt is not HTTP\r\n\r\n"})},
        {errc::timed_out, says(raw_answer{"", ending::hang})},
        {errc::too_large, fails(200, "X: " + std::string(70'000, 'x') + "\r\n")},
        {errc::bad_coding, fails(200, "Content-Encoding: Pl4nt\r\n")},
        {errc::bad_coding, fails(200, "Content-Encoding: gzip\r\n")},
        {errc::bad_redirect, hops},
        {errc::bad_redirect, goes("ftp://me:Pl4nt@h.test/?key=Pl4nt")},
        {errc::bad_redirect, goes("http://me:Pl4nt@h.test:Pl4nt/")},
        {errc::bad_url, goes("http://me:Pl4nt@web.test/?key=Pl4nt")},
        {errc::blocked_address, goes("http://10.0.0.1/?token=Pl4nt")},
        {errc::blocked_address, goes("http://web.test:25/?token=Pl4nt")},
    };
    for (const auto& c : cases) {
        std::string heads;
        raw_server server{io, raw_server::script{[&](std::size_t, std::size_t, const std::string& head) {
                              if (head.starts_with("GET /robots.txt")) return raw_answer{page};
                              heads += head;
                              return c.answer(head);
                          }}};
        co_await expect_clean(settings(), server.url("/p" + planted::parameters), c.expected);
        EXPECT_NE(heads.find("key=Pl4nt-k&q=1&token=Pl4nt-t"), std::string::npos) << "it was not even asked";
    }
    EXPECT_GT(records, 60);
}

CO_TEST_F(secrets_on_the_wire, of_urls_that_are_not_asked_are_not_in_the_error) {
    raw_server rules{io, raw_answer{"HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\nUser-agent: *\nDisallow: /\n"}};
    raw_server silent{io, raw_answer{"", ending::hang}};
    miniweb::dns_server names{io, {}};
    auto how       = settings();
    how.dns_server = "127.0.0.1:" + std::to_string(names.port());
    const closed_port gone;
    const std::vector<std::pair<std::string, errc>> cases{
        {rules.url("/p"), errc::robots_denied},
        {silent.url("/p"), errc::timed_out},
        {gone.url(), errc::connect_failed},
        {"http://nosuch.test/", errc::name_not_found},
        {"http://10.0.0.1/", errc::blocked_address},
        {"http://me:Pl4nt@web.test/", errc::bad_url},
        {"http://web.test:99999/", errc::bad_url},
        {"ftp://me:Pl4nt@web.test/", errc::bad_url},
    };
    for (const auto& [target, expected] : cases) {
        co_await expect_clean(how, target + planted::parameters, expected);
    }
    names.stop();
}

CO_TEST_F(secrets_on_the_wire, of_pages_over_tls_are_in_no_log_record_or_error) {
    const ::miniweb::certificate_authority stranger;
    raw_server_options untrusted, misnamed, good, rude;
    rude.greeting = "HTTP/1.1 400 Pl4nt\r\n\r\n";
    untrusted.tls = stranger.issue({.names = {"web.test"}, .addresses = {"127.0.0.1"}});
    misnamed.tls  = authority.issue({.names = {"other.test"}, .addresses = {}});
    good.tls      = authority.issue({.names = {"web.test"}, .addresses = {"127.0.0.1"}});
    raw_server plain{io, raw_answer{page}};
    raw_server a{io, raw_answer{page}, untrusted};
    raw_server b{io, raw_answer{page}, misnamed};
    raw_server down{io, moved(plain.url("/?token=Pl4nt")), good};
    raw_server cut{io, raw_answer{page.substr(0, page.size() - 1), ending::cut}, good};
    raw_server fine{io, raw_answer{page}, good};
    raw_server no_tls{io, raw_answer{page}, rude};
    const std::vector<std::pair<std::string, errc>> cases{
        {a.url("/p"), errc::tls_failed},
        {b.url("/p"), errc::tls_failed},
        {"https" + no_tls.url("/p").substr(4), errc::tls_failed},
        {down.url("/p"), errc::bad_redirect},
        {cut.url("/p"), errc::protocol},
        {fine.url("/p"), errc::ok},
    };
    for (const auto& [target, expected] : cases) {
        auto how           = settings();
        how.respect_robots = false;
        co_await expect_clean(how, target + planted::parameters, expected);
    }
}

CO_TEST_F(secrets_on_the_wire, of_a_proxy_are_in_no_log_record_or_error) {
    // Some say more than they should.
    const std::string quote = "Proxy-Authenticate: Basic realm=\"scout:Pl4nt\"\r\nX: " + planted::proxy_login_sent;
    const std::vector<std::pair<std::string, ending>> answers{
        {"HTTP/1.1 407 Pl4nt\r\n" + quote + "\r\nContent-Length: 0\r\n\r\n", ending::close},
        {"HTTP/1.1 403 Pl4nt\r\n" + quote + "\r\nContent-Length: 0\r\n\r\n", ending::close},
        {"HTTP/1.1 502 Pl4nt\r\n" + quote + "\r\nContent-Length: 5\r\n\r\nPl4nt", ending::close},
        {"HTTP/1.1 302 No\r\nLocation: http://scout:Pl4nt@10.0.0.1/\r\nContent-Length: 0\r\n\r\n", ending::close},
        {"Pl4nt\r\n\r\n", ending::close},
        {"", ending::close},
        {"", ending::reset},
        {"", ending::hang},
        {page, ending::close},
    };
    for (const auto& [bytes, then] : answers) {
        std::string heads;
        raw_server server{io, raw_server::script{[&](std::size_t, std::size_t, const std::string& head) {
                              heads += head;
                              return raw_answer{bytes, then};
                          }}};
        co_await expect_clean_through("http://" + planted::proxy_login + server.url("").substr(7));
        EXPECT_NE(heads.find(planted::proxy_login_sent), std::string::npos) << "the login was not even sent";
    }
    // SOCKS5: no login will do, this one is wrong, the host is not allowed, and something else altogether.
    using namespace std::string_literals;
    for (const auto& bytes : {"\x05\xFF"s, "\x05\x02\x01\x01"s, "\x05\x02\x01\x00\x05\x02"s, "Pl4nt is not SOCKS"s}) {
        raw_server_options talking;
        talking.greeting = bytes;
        raw_server server{io, raw_answer{""}, talking};
        co_await expect_clean_through("socks5://" + planted::proxy_login + server.url("").substr(7));
    }
}

CO_TEST_F(secrets_on_the_wire, of_searches_are_in_no_log_record_or_error) {
    const auto refusal = [](int status, const std::string& head) {
        // Google's form and Bing's, with the request quoted whole, as its last lines, and as a URL in a sentence.
        const auto quoted = planted::in_json(head);
        const auto line   = "GET http://me:Pl4nt@h.test" + head.substr(4, head.find(' ', 4) - 4) + " is no way to ask";
        const auto body   = R"({"error":{"code":)" + std::to_string(status) + R"(,"message":"no: )" + quoted +
                          R"("},"errors":[{"code":"x","message":")" + line + ' ' + quoted + R"("}]})";
        return "HTTP/1.1 " + std::to_string(status) + " No\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n\r\n" + body;
    };
    const std::vector<std::function<raw_answer(const std::string&)>> answers{
        [&](const std::string& head) { return raw_answer{refusal(400, head)}; },
        [&](const std::string& head) { return raw_answer{refusal(401, head)}; },
        [&](const std::string& head) { return raw_answer{refusal(403, head)}; },
        [&](const std::string& head) { return raw_answer{refusal(407, head)}; },
        [&](const std::string& head) { return raw_answer{refusal(429, head)}; },
        [&](const std::string& head) { return raw_answer{refusal(500, head)}; },
        [&](const std::string& head) { return raw_answer{refusal(200, head)}; },
        [&](const std::string& head) { return quoting(200, head); },
        [&](const std::string&) { return moved("http://web.test/?key=Pl4nt"); },
        [&](const std::string&) { return raw_answer{"", ending::reset}; },
        [&](const std::string&) { return raw_answer{"", ending::hang}; },
        [&](const std::string&) { return raw_answer{"Pl4nt\r\n\r\n"}; },
    };
    for (std::size_t i = 0; i < answers.size(); ++i) {
        std::string heads;
        raw_server server{io, raw_server::script{[&](std::size_t, std::size_t, const std::string& head) {
                              heads += head;
                              return answers[i](head);
                          }}};
        for (const bool by_proxy : {false, true}) {
            auto how       = settings();
            how.google_url = how.bing_url = server.url("/v1?sig=Pl4nt-s");
            if (by_proxy) how.proxy = "http://" + planted::proxy_login + server.url("").substr(7);
            const client web{io.get_executor(), how};
            search_options quick;
            quick.retry.base   = 1ms;
            const auto chained = co_await search(web, "question", quick, std::vector<provider>(1, provider::google));
            EXPECT_FALSE(chained) << i;
            if (!chained) hear(chained.error());
            const auto single = co_await search_bing(web, "question", quick);
            EXPECT_FALSE(single) << i;
            if (!single) hear(single.error());
            EXPECT_TRUE(planted::absent(heard)) << i;
            EXPECT_FALSE(heard.empty());
            heard.clear();
        }
        EXPECT_NE(heads.find("key=" + planted::google_key), std::string::npos) << "Google's was not even sent";
        EXPECT_NE(heads.find("Key: " + planted::bing_key), std::string::npos) << "Bing's was not even sent";
        EXPECT_NE(heads.find(planted::proxy_login_sent), std::string::npos) << "the proxy's was not even sent";
    }
}

}  // namespace
}  // namespace forage::testing
