// What servers get to see: credentials reach the origin they are for and no other, also after bouncing home.
#include "http/client_impl.hpp"
#include "http/exchange.hpp"
#include "support/loopback_web.hpp"
#include "support/planted.hpp"
#include "support/raw_server.hpp"

#include <forage/scrape.hpp>
#include <forage/search.hpp>

#include <map>
#include <vector>

namespace forage::testing {
namespace {

using ending = raw_answer::ending;

const std::string page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 18\r\n\r\n<title>one</title>";

std::string redirect(const std::string& where, int status = 307, const std::string& fields = {}) {
    return "HTTP/1.1 " + std::to_string(status) + " Go\r\nLocation: " + where + "\r\n" + fields +
           "Content-Length: 0\r\n\r\n";
}

class credentials_test : public loopback_web {
public:
    // A server that keeps what it is asked under `name`, and answers by the path.
    std::unique_ptr<raw_server> serve(const std::string& name, std::optional<::miniweb::tls_identity> tls = {}) {
        auto answer = [this, name](std::size_t, std::size_t, const std::string& head) {
            heads[name].push_back(head);
            const auto path  = head.substr(head.find(' ') + 1, head.find(' ', head.find(' ') + 1) - head.find(' ') - 1);
            const auto found = answers.find(name + path);
            return raw_answer{found == answers.end() ? page : found->second, ending::keep};
        };
        raw_server_options how;
        how.tls = std::move(tls);
        return std::make_unique<raw_server>(io, raw_server::script{answer}, std::move(how));
    }
    std::unique_ptr<raw_server> serve_tls(const std::string& name) {
        return serve(name, authority.issue({.names = {"web.test", "other.test"}, .addresses = {"127.0.0.1"}}));
    }
    static std::string at(const raw_server& s, const std::string& host, const std::string& path) {
        auto url = s.url(path);
        return url.replace(url.find("127.0.0.1"), 9, host);
    }

    std::map<std::string, std::vector<std::string>> heads;
    std::map<std::string, std::string> answers;  // by name and path
};

CO_TEST_F(credentials_test, in_fields_stay_behind_for_good_when_a_redirect_leaves_their_origin) {
    const auto home  = serve("home");
    const auto other = serve("other");
    const auto safe  = serve_tls("safe");
    // To another port, back home; to https, to another name there; and within the origin first.
    answers["home/start"] = redirect("/here");
    answers["home/here"]  = redirect(other->url("/away"));
    answers["other/away"] = redirect(home->url("/back"));
    answers["home/back"]  = redirect(at(*safe, "web.test", "/tls"));
    answers["safe/tls"]   = redirect(at(*safe, "other.test", "/name"));
    answers["safe/name"]  = redirect(at(*safe, "web.test", "/end"));
    const client web{io.get_executor(), options()};
    detail::http_request request;
    request.target = url::parse(home->url("/start")).value();
    for (const char* name :
         {"Authorization", "Cookie", "Proxy-Authorization", "Ocp-Apim-Subscription-Key", "X-Subscription-Token"}) {
        request.fields.push_back({name, "Pl4nt"});
    }
    const auto got = co_await detail::on_strand(web.impl(), detail::fetch(web.impl(), request));
    CO_ASSERT_TRUE(got);
    EXPECT_EQ(got->final_url.path(), "/end");
    CO_ASSERT_TRUE(heads["home"].size() == 3 && heads["other"].size() == 1 && heads["safe"].size() == 3);
    EXPECT_FALSE(planted::absent(heads["home"][0]));
    EXPECT_FALSE(planted::absent(heads["home"][1])) << "the same origin may have them";
    EXPECT_TRUE(planted::absent(heads["home"][2])) << "after bouncing home";
    EXPECT_TRUE(planted::absent(heads["other"][0]));
    for (const auto& head : heads["safe"]) EXPECT_TRUE(planted::absent(head));
}

CO_TEST_F(credentials_test, in_cookies_go_to_the_site_that_set_them) {
    const auto plain          = serve("plain");
    const auto safe           = serve_tls("safe");
    const std::string cookies = "Set-Cookie: open=Pl4nt-open\r\nSet-Cookie: locked=Pl4nt-locked; Secure\r\n"
                                "Set-Cookie: foreign=Pl4nt-foreign; Domain=other.test\r\n";
    answers["safe/set"]       = redirect(at(*safe, "other.test", "/away"), 302, cookies);
    answers["safe/away"]      = redirect(at(*plain, "other.test", "/plain"), 302);
    answers["plain/plain"]    = redirect(at(*plain, "web.test", "/down"), 302);
    answers["plain/down"]     = redirect(at(*safe, "web.test", "/home"), 302);
    auto how                  = options();
    how.cookies               = true;
    how.allow_https_to_http   = true;
    how.respect_robots        = true;
    const client web{io.get_executor(), how};
    const auto got = co_await scrape_page(web, at(*safe, "web.test", "/set"));
    CO_ASSERT_TRUE(got);

    std::map<std::string, std::string> by_request;
    for (const auto& [name, all] : heads) {
        for (const auto& head : all) {
            const auto host = head.substr(head.find("Host: ") + 6, head.find(".test") - head.find("Host: ") - 6);
            by_request[name + ' ' + host + head.substr(3, head.find(" HTTP") - 3)] = head;
        }
    }
    const std::map<std::string, std::string> expected{
        {"safe web /robots.txt", ""},
        {"safe web /set", ""},
        {"safe other /robots.txt", ""},
        {"safe other /away", ""},
        {"plain other /robots.txt", ""},
        {"plain other /plain", ""},
        {"plain web /robots.txt", ""},
        {"plain web /down", "Cookie: open=Pl4nt-open\r\n"},
        {"safe web /home", "Cookie: open=Pl4nt-open; locked=Pl4nt-locked\r\n"},
    };
    EXPECT_EQ(by_request.size(), expected.size());
    for (const auto& [name, cookie] : expected) {
        const auto& head = by_request[name];
        EXPECT_FALSE(head.empty()) << name << " was not asked";
        EXPECT_NE(head.find(cookie), std::string::npos) << name << '\n' << head;
        EXPECT_TRUE(planted::absent(cookie.empty() ? head : planted::without(head, cookie))) << name;
        EXPECT_EQ(head.find("Referer"), std::string::npos) << name;
    }
}

CO_TEST_F(credentials_test, of_services_follow_no_redirect) {
    const auto other = serve("other");
    for (const int status : {301, 302, 303, 307, 308}) {
        raw_server service{io, raw_answer{redirect(other->url("/v1"), status)}};
        auto how       = options();
        how.google_key = planted::google_key;
        how.google_cx  = "cx";
        how.bing_key   = planted::bing_key;
        how.google_url = how.bing_url = how.duckduckgo_url = service.url("/v1");
        const client web{io.get_executor(), how};
        const auto by_google = co_await search_google(web, "question");
        EXPECT_FALSE(by_google);
        const auto by_bing = co_await search_bing(web, "question");
        EXPECT_FALSE(by_bing);
        const auto by_duckduckgo = co_await search_duckduckgo(web, "question");
        EXPECT_FALSE(by_duckduckgo);
        EXPECT_GE(service.requests(), 3U);
    }
    EXPECT_TRUE(heads["other"].empty());
}

CO_TEST_F(credentials_test, of_a_proxy_go_to_it_alone_also_between_hops_through_it) {
    const auto direct = serve("direct");
    // As the proxy it is asked for whole URLs.
    const auto proxy                  = serve("proxy");
    answers["proxyhttp://web.test/a"] = redirect(direct->url("/b"));
    answers["direct/b"]               = redirect("http://web.test/c");
    auto how                          = options();
    how.proxy                         = "http://" + planted::proxy_login + proxy->url("").substr(7);
    how.no_proxy                      = "127.0.0.0/8";
    const client web{io.get_executor(), how};
    const auto got = co_await scrape_page(web, "http://web.test/a");
    CO_ASSERT_TRUE(got);
    EXPECT_EQ(got->final_url, "http://web.test/c");
    CO_ASSERT_TRUE(heads["proxy"].size() == 2 && heads["direct"].size() == 1);
    for (const auto& head : heads["proxy"]) EXPECT_NE(head.find(planted::proxy_login_sent), std::string::npos) << head;
    EXPECT_TRUE(planted::absent(heads["direct"][0]));
    EXPECT_EQ(heads["direct"][0].find("Proxy-"), std::string::npos);
}

}  // namespace
}  // namespace forage::testing
