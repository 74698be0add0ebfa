// HTTP proxies, and those that only claim to be one.
#include "support/loopback_web.hpp"
#include "support/raw_server.hpp"
#include "support/scripted_dns.hpp"

#include <forage/scrape.hpp>

#include <miniweb/dns.hpp>
#include <optional>

namespace forage::testing {
namespace {

using namespace std::chrono_literals;
using ending = raw_answer::ending;

const std::string page_answer =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 18\r\n\r\n<title>one</title>";

class proxy_test : public loopback_web {
public:
    // The settings of a client that goes through `server`, with the login scout and p@ss if wanted.
    client_options through(const raw_server& server, bool with_login = false) {
        auto made  = options();
        auto where = server.url();
        if (with_login) where.insert(where.find("//") + 2, "scout:p%40ss@");
        made.proxy = where;
        return made;
    }

    client client_through(const raw_server& server, bool with_login = false) {
        return client{io.get_executor(), through(server, with_login)};
    }
};

// Whatever goes wrong, nothing that the log or the user sees has the password, decoded or not.
void expect_no_password(const error& e) {
    for (const char* text : {"p@ss", "p%40ss", "c2NvdXQ6cEBzcw"}) {
        EXPECT_EQ(e.message().find(text), std::string::npos) << e.message();
    }
}

CO_TEST_F(proxy_test, forwards_http_over_kept_connections) {
    std::vector<std::string> heads;
    raw_server server{io, raw_server::script{[&](std::size_t, std::size_t, const std::string& head) {
                          heads.push_back(head);
                          return raw_answer{page_answer, ending::keep};
                      }}};
    const auto web = client_through(server, true);
    for (int i = 0; i < 2; ++i) {
        const auto page = co_await scrape_page(web, "http://web.test:81/a?b=c#d");
        CO_ASSERT_TRUE(page);
        EXPECT_EQ(page->title, "one");
        EXPECT_EQ(page->final_url, "http://web.test:81/a?b=c#d");
    }
    EXPECT_EQ(server.connections(), 1U);
    CO_ASSERT_TRUE(heads.size() == 2);
    for (const auto& head : heads) {
        EXPECT_TRUE(head.starts_with("GET http://web.test:81/a?b=c HTTP/1.1\r\nHost: web.test:81\r\n")) << head;
        EXPECT_NE(head.find("\r\nProxy-Authorization: Basic c2NvdXQ6cEBzcw==\r\n"), std::string::npos) << head;
    }
}

CO_TEST_F(proxy_test, each_hop_chooses_its_proxy_and_the_login_stays_there) {
    std::vector<std::string> direct;
    raw_server origin{io, raw_server::script{[&](std::size_t, std::size_t, const std::string& head) {
                          direct.push_back(head);
                          return raw_answer{page_answer};
                      }}};
    raw_server server{
        io, raw_answer{"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + origin.url("/end") + "\r\n\r\n"}
    };
    auto settings     = through(server, true);
    settings.no_proxy = "127.0.0.0/8";
    const client web{io.get_executor(), settings};
    const auto page = co_await scrape_page(web, "http://web.test/");
    CO_ASSERT_TRUE(page);
    EXPECT_EQ(page->final_url, origin.url("/end"));
    CO_ASSERT_TRUE(direct.size() == 1);
    EXPECT_TRUE(direct[0].starts_with("GET /end HTTP/1.1\r\n")) << direct[0];
    EXPECT_EQ(direct[0].find("Proxy-"), std::string::npos) << direct[0];
}

struct refused {
    const char* answer;
    int status;
    bool with_login;
    const char* says;
};

CO_TEST_F(proxy_test, refusals_of_connect_are_told_in_words) {
    const std::vector<refused> cases{
        {"407 No\r\nProxy-Authenticate: Basic realm=x", 407, false, "wants a user name and password"},
        {"407 No\r\nProxy-Authenticate: basic realm=x", 407, true, "refuses the user name and password"},
        {"407 No", 407, true, "refuses the user name and password"},
        {"407 No\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM", 407, true, "not spoken here"},
        {"407 No\r\nProxy-Authenticate: Digest x\r\nProxy-Authenticate: Basic realm=x", 407, false, "wants a user"},
        {"403 Forbidden", 403, true, "rules do not allow"},
        {"405 Method Not Allowed", 405, true, "rules do not allow"},
        {"502 Bad Gateway", 502, false, "cannot reach the host"},
        {"503 Service Unavailable", 503, false, "cannot reach the host"},
        {"504 Gateway Timeout", 504, false, "cannot reach the host"},
        {"500 Oops", 500, false, "status 500"},
        {"302 Found\r\nLocation: http://127.0.0.1/", 302, false, "status 302"},
        {"101 Switching Protocols\r\nUpgrade: x", 101, false, "status 101"},
    };
    for (const auto& c : cases) {
        // The body never comes to its end; the answer does not wait for it.
        raw_server server{
            io, raw_answer{std::string{"HTTP/1.1 "} + c.answer + "\r\nContent-Length: 99\r\n\r\n<p>\nx", ending::hang}
        };
        const auto web  = client_through(server, c.with_login);
        const auto page = co_await scrape_page(web, "https://web.test/");
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::proxy_failed) << c.answer;
        EXPECT_EQ(page.error().where, phase::proxy) << c.answer;
        EXPECT_EQ(page.error().http_status, c.status) << c.answer;
        EXPECT_EQ(page.error().host, "web.test") << c.answer;
        EXPECT_NE(page.error().what.find(c.says), std::string::npos) << c.answer << ": " << page.error().what;
        EXPECT_TRUE(page.error().what.starts_with("the proxy 127.0.0.1:")) << page.error().what;
        expect_no_password(page.error());
    }
}

CO_TEST_F(proxy_test, what_it_refuses_is_not_held_against_the_host) {
    for (const char* refusal : {"403 Forbidden", "407 No", "503 Service Unavailable"}) {
        raw_server server{io, raw_answer{std::string{"HTTP/1.1 "} + refusal + "\r\nContent-Length: 0\r\n\r\n"}};
        const auto web = client_through(server);
        page_options once;
        once.retry = no_retry;
        for (int i = 0; i < 8; ++i) {
            const auto page = co_await scrape_page(web, "https://web.test/", once);
            CO_ASSERT_TRUE(!page);
            EXPECT_EQ(page.error().code, errc::proxy_failed) << refusal << ": " << page.error().message();
        }
    }
}

CO_TEST_F(proxy_test, a_login_that_http_refuses_is_the_proxys_failure) {
    raw_server server{
        io, raw_answer{"HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"}
    };
    const auto page = co_await scrape_page(client_through(server, true), "http://web.test/");
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::proxy_failed);
    EXPECT_EQ(page.error().http_status, 407);
    EXPECT_NE(page.error().what.find("refuses the user name"), std::string::npos) << page.error().what;
    expect_no_password(page.error());
}

CO_TEST_F(proxy_test, what_is_no_answer_to_connect_ends_at_once) {
    const std::string ok = "HTTP/1.1 200 OK\r\n\r\n";
    struct broken {
        const char* name;
        std::string bytes;
        ending then;
        const char* says;
    };
    // Those that hang prove that the fault was seen in what had come.
    const std::vector<broken> cases{
        {"nothing", "", ending::close, "closed the connection"},
        {"reset", "", ending::reset, "CONNECT"},
        {"another protocol", "SSH-2.0-OpenSSH_9.2\r\n", ending::hang, "else than HTTP"},
        {"TLS", std::string{"\x15\x03\x01\x00\x02\x02\x46", 7}, ending::hang, "else than HTTP"},
        {"HTTP/2", "HTTP/2 200\r\n\r\n", ending::hang, "else than HTTP"},
        {"bare line feeds", "HTTP/1.1 200 OK\n\n", ending::hang, "else than HTTP"},
        {"no status", "HTTP/1.1 OK\r\n\r\n", ending::hang, "else than HTTP"},
        {"odd status", "HTTP/1.1 999 OK\r\n\r\n", ending::hang, "status 999"},
        {"broken field", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", ending::hang, "else than HTTP"},
        {"cut off", "HTTP/1.1 200 OK\r\nVia: a", ending::close, "closed the connection"},
        {"bytes behind", ok + "early", ending::hang, "behind its answer"},
        {"two answers", ok + ok, ending::hang, "behind its answer"},
    };
    for (const auto& c : cases) {
        raw_server server{io, raw_answer{c.bytes, c.then}};
        const auto page = co_await scrape_page(client_through(server, true), "https://web.test/");
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::proxy_failed) << c.name << ": " << page.error().message();
        EXPECT_EQ(page.error().where, phase::proxy) << c.name;
        EXPECT_NE(page.error().what.find(c.says), std::string::npos) << c.name << ": " << page.error().what;
        expect_no_password(page.error());
    }
}

CO_TEST_F(proxy_test, endless_answers_to_connect_stop_at_a_bound) {
    for (const std::string again :
         {"X-Filler: aaaaaaaaaaaaaaaaaaaa\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n", "aaaaaaaa"}) {
        std::string block = again.starts_with("HTTP") ? "" : "HTTP/1.1 200 OK\r\nX: ";
        while (block.size() < 64 * 1024) block += again;
        raw_answer answer{block};
        answer.repeat = 1000;
        raw_server server{io, answer};
        const auto page = co_await scrape_page(client_through(server), "https://web.test/");
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::proxy_failed);
        EXPECT_NE(page.error().what.find("larger than 16384"), std::string::npos) << page.error().what;
        EXPECT_LT(server.bytes_sent(), 16U << 20U);
    }
}

CO_TEST_F(proxy_test, odd_but_right_answers_open_the_tunnel) {
    for (const std::string answer :
         {"HTTP/1.1 200 Connection established\r\n\r\n",
          "HTTP/1.0 200 OK\r\nVia: 1.0 x\r\n\r\n",
          "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 \r\n\r\n",
          // RFC 9110 §9.3.6: a length means nothing here.
          "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n",
          "HTTP/1.1 299 OK\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
        raw_answer slowly{answer, ending::close};
        slowly.slice = 1;
        std::string head;
        raw_server server{io, raw_server::script{[&](std::size_t, std::size_t, const std::string& came) {
                              head = came;
                              return slowly;
                          }}};
        const auto page = co_await scrape_page(client_through(server), "https://web.test:8443/");
        CO_ASSERT_TRUE(!page);
        // The proxy's work is done: it is TLS that finds nobody there.
        EXPECT_EQ(page.error().code, errc::tls_failed) << answer << page.error().message();
        EXPECT_TRUE(head.starts_with("CONNECT web.test:8443 HTTP/1.1\r\nHost: web.test:8443\r\n")) << head;
    }
}

CO_TEST_F(proxy_test, a_proxy_that_stalls_ends_by_its_deadline) {
    for (const std::string begun : {"", "HTTP/1.1 200 OK\r\nVia"}) {
        raw_server server{io, raw_answer{begun, ending::hang}};
        auto settings            = through(server, true);
        settings.connect_timeout = 150ms;
        const client web{io.get_executor(), settings};
        const auto page = co_await scrape_page(web, "https://web.test/");
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::timed_out);
        EXPECT_EQ(page.error().where, phase::proxy);
        expect_no_password(page.error());
    }
}

CO_TEST_F(proxy_test, waiting_for_a_proxy_can_be_cancelled) {
    std::optional<client> web;
    raw_server server{io, raw_server::script{[&](std::size_t, std::size_t, const std::string&) {
                          web->cancel();
                          return raw_answer{"", ending::hang};
                      }}};
    web             = client_through(server);
    const auto page = co_await scrape_page(*web, "https://web.test/");
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::cancelled);
}

CO_TEST_F(proxy_test, that_cannot_be_reached) {
    auto settings = options();
    {
        raw_server gone{io, raw_answer{}};
        settings.proxy = gone.url();
    }
    for (const char* target : {"http://web.test/", "https://web.test/"}) {
        const auto page = co_await scrape_page(client{io.get_executor(), settings}, target);
        CO_ASSERT_TRUE(!page);
        EXPECT_EQ(page.error().code, errc::proxy_failed);
        EXPECT_EQ(page.error().where, phase::proxy);
        EXPECT_EQ(page.error().host, "web.test");
    }
    miniweb::dns_server names{io, {}};
    settings.dns_server = "127.0.0.1:" + std::to_string(names.port());
    settings.proxy      = "http://scout:p%40ss@nosuch.test:3128";
    const auto page     = co_await scrape_page(client{io.get_executor(), settings}, "http://web.test/");
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::proxy_failed);
    EXPECT_EQ(page.error().what, "the proxy nosuch.test:3128: no such name");
    expect_no_password(page.error());
    names.stop();
}

CO_TEST_F(proxy_test, the_guard_looks_at_the_target_before_the_proxy_is_asked) {
    raw_server server{io, raw_answer{page_answer}};
    miniweb::dns_server names{io, {"served.test"}};
    auto settings            = through(server);
    settings.allow_addresses = {"192.0.2.0/24"};
    settings.hosts           = {
        {"near.test", "10.0.0.1"}, {"mixed.test", "192.0.2.1"}, {"mixed.test", "10.0.0.1"}, {"fine.test", "192.0.2.1"}
    };
    settings.dns_server = "127.0.0.1:" + std::to_string(names.port());
    for (const char* host : {"near.test", "mixed.test", "served.test", "10.0.0.1", "[::1]", "127.0.0.1"}) {
        for (const char* scheme : {"http://", "https://"}) {
            const auto page = co_await scrape_page(client{io.get_executor(), settings}, std::string{scheme} + host);
            CO_ASSERT_TRUE(!page);
            EXPECT_EQ(page.error().code, errc::blocked_address) << host;
        }
    }
    const auto unknown = co_await scrape_page(client{io.get_executor(), settings}, "http://nosuch.test/");
    CO_ASSERT_TRUE(!unknown);
    EXPECT_EQ(unknown.error().code, errc::name_not_found);
    EXPECT_NE(unknown.error().hint.find("allow_hosts"), std::string::npos) << unknown.error().hint;
    EXPECT_EQ(server.connections(), 0U) << "the proxy was asked";

    const auto fine = co_await scrape_page(client{io.get_executor(), settings}, "http://fine.test/");
    EXPECT_TRUE(fine) << fine.error().message();
    settings.allow_hosts = {"NoSuch.test"};
    const auto asked     = names.queries();
    const auto allowed   = co_await scrape_page(client{io.get_executor(), settings}, "http://nosuch.test/");
    EXPECT_TRUE(allowed) << allowed.error().message();
    settings.allow_private = true;
    const auto anything    = co_await scrape_page(client{io.get_executor(), settings}, "http://lost.test/");
    EXPECT_TRUE(anything) << anything.error().message();
    EXPECT_EQ(names.queries(), asked) << "a name was looked up that may have any address";
    EXPECT_EQ(server.connections(), 3U);
    names.stop();
}

// The proxy looks the name up for each request, and not only when it is first connected to.
CO_TEST_F(proxy_test, the_guard_looks_again_before_a_kept_connection_is_used) {
    raw_server server{io, raw_server::script{[](std::size_t, std::size_t, const std::string&) {
                          return raw_answer{page_answer, ending::keep};
                      }}};
    std::string now_at = "192.0.2.1";
    scripted_dns names{io, [&](const std::string&, scripted_dns::type asked) -> dns_script_answer {
                           if (asked == scripted_dns::type::a) return {{now_at}, 0};
                           return {std::vector<std::string>{}, 0};
                       }};
    auto settings            = through(server);
    settings.allow_addresses = {"192.0.2.0/24"};
    settings.dns_server      = names.address();
    const client web{io.get_executor(), settings};
    for (int i = 0; i < 2; ++i) {
        const auto page = co_await scrape_page(web, "http://rebinding.test/");
        EXPECT_TRUE(page) << page.error().message();
    }
    EXPECT_EQ(server.connections(), 1U);
    EXPECT_EQ(names.asked(scripted_dns::type::a), 1U) << "what is known is not asked again";
    now_at = "10.0.0.1";
    co_await let_pass(1'100ms);  // the least an address is kept
    const auto page = co_await scrape_page(web, "http://rebinding.test/");
    CO_ASSERT_TRUE(!page);
    EXPECT_EQ(page.error().code, errc::blocked_address) << page.error().message();
    EXPECT_EQ(server.requests(), 2U);
    names.stop();
}

CO_TEST_F(proxy_test, settings_without_sense_are_refused_when_the_client_is_made) {
    auto settings  = options();
    settings.proxy = "https://scout:p%40ss@proxy.test:443";
    try {
        const client web{io.get_executor(), settings};
        ADD_FAILURE() << "no exception";
    } catch (const exception& e) {
        EXPECT_EQ(e.why().code, errc::bad_argument);
        expect_no_password(e.why());
    }
    co_return;
}

}  // namespace
}  // namespace forage::testing
