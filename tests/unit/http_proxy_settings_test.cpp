// Which proxy a request takes: the proxy's URL, the environment, and the hosts that are left out.
#include "http/proxy_authorization.hpp"
#include "http/proxy_settings.hpp"
#include "http/proxy_url.hpp"
#include "http/request_head.hpp"

#include <gtest/gtest.h>
#include <map>

namespace forage::detail {
namespace {

url at(const std::string& text) { return url::parse(text).value(); }

TEST(proxy_url, is_read) {
    struct readable {
        const char* text;
        proxy::protocol speaks;
        const char* host;
        int port;
        const char* user;  // null: no login
        const char* password;
    };
    constexpr auto http  = proxy::protocol::http;
    constexpr auto socks = proxy::protocol::socks5;
    for (const auto& c : std::vector<readable>{
             {"http://proxy.corp:3128", http, "proxy.corp", 3128, nullptr, nullptr},
             {"http://proxy.corp:3128/", http, "proxy.corp", 3128, nullptr, nullptr},
             {"HTTP://Proxy.Corp:80", http, "proxy.corp", 80, nullptr, nullptr},
             {"proxy.corp:3128", http, "proxy.corp", 3128, nullptr, nullptr},
             {"scout:pw@proxy.corp:3128", http, "proxy.corp", 3128, "scout", "pw"},
             {"http://scout@10.0.0.1:8080", http, "10.0.0.1", 8080, "scout", ""},
             {"http://scout:a%40b%3Ac:d@proxy:1", http, "proxy", 1, "scout", "a@b:c:d"},
             {"http://scout:a@b@proxy:65535", http, "proxy", 65535, "scout", "a@b"},
             {"http://b%C3%BCcher.example:80", http, "xn--bcher-kva.example", 80, nullptr, nullptr},
             {"socks5://127.0.0.1:1080", socks, "127.0.0.1", 1080, nullptr, nullptr},
             {"socks5h://[::1]:1080", socks, "[::1]", 1080, nullptr, nullptr},
             {"Socks5://sc%3Aout:p%25w@[2001:DB8::1]:9050/", socks, "[2001:db8::1]", 9050, "sc:out", "p%w"},
         }) {
        const auto made = parse_proxy_url(c.text);
        ASSERT_TRUE(made) << c.text << ": " << made.error().message();
        EXPECT_EQ(made->speaks, c.speaks) << c.text;
        EXPECT_EQ(made->host, c.host) << c.text;
        EXPECT_EQ(made->port, c.port) << c.text;
        ASSERT_EQ(made->as.has_value(), c.user != nullptr) << c.text;
        if (c.user == nullptr) continue;
        EXPECT_EQ(made->as->user, c.user) << c.text;
        EXPECT_EQ(made->as->password.reveal(), c.password) << c.text;
    }
}

TEST(proxy_url, is_refused_without_being_shown) {
    const std::string too_long(256, 'a');
    for (const auto& [text, says] : std::vector<std::pair<std::string, const char*>>{
             {"https://scout:hush@proxy:443", "TLS to the proxy"},
             {"socks4://scout:hush@proxy:1080", "scheme"},
             {"ftp://scout:hush@proxy:21", "scheme"},
             {"://scout:hush@proxy:21", "scheme"},
             {"http://scout:hush@proxy", "port"},
             {"http://scout:hush@proxy:", "port"},
             {"http://scout:hush@proxy:0", "port"},
             {"http://scout:hush@proxy:65536", "port"},
             {"http://scout:hush@proxy:-1", "port"},
             {"http://scout:hush@proxy:80x", "port"},
             {"http://scout:hush@:80", "not a host"},
             {"http://scout:hush@a:b:80", "not a host"},
             {"http://scout:hush@::1:80", "not a host"},
             {"http://scout:hush@[::1:80", "not a host"},
             {"http://scout:hush@a%00b:80", "not a host"},
             {"http://scout:hush@proxy:80/path", "behind"},
             {"http://scout:hush@proxy:80?q", "behind"},
             {"http://scout:hush/hush@proxy:80", "behind"},
             {"http://scout:hush%0d%0aEvil:1@proxy:80", "control"},
             {"http://sc%00out:hush@proxy:80", "control"},
             {"http://scout:hush\r\nEvil: 1@proxy:80", "control"},
             {"http://scout:hush @proxy:80", "spaces"},
             {"http://sc%3Aout:hush@proxy:80", "colon"},
             {"socks5://scout@proxy:80", "1 to 255"},
             {"socks5://:hush@proxy:80", "1 to 255"},
             {"socks5://hush:" + too_long + "@proxy:80", "1 to 255"},
             {"http://hush" + std::string(4096, 'a') + "@proxy:80", "longer"},
             {"", "port"},
         }) {
        const auto made = parse_proxy_url(text);
        ASSERT_FALSE(made) << text;
        EXPECT_EQ(made.error().code, errc::bad_argument) << text;
        EXPECT_NE(made.error().what.find(says), std::string::npos) << text << ": " << made.error().what;
        EXPECT_EQ(made.error().message().find("hush"), std::string::npos) << made.error().message();
    }
}

TEST(no_proxy, matches_like_curl) {
    struct rule {
        const char* list;
        const char* target;
        bool direct;
    };
    for (const auto& c : std::vector<rule>{
             {"", "http://a.example/", false},
             {"*", "http://a.example/", true},
             {"*", "https://[::1]:8443/", true},
             {"b.example, *", "http://a.example/", true},
             {"example.com", "http://example.com/", true},
             {"example.com", "http://www.example.com/", true},
             {"example.com", "http://nonexample.com/", false},
             {"example.com", "http://example.com.evil.test/", false},
             {"www.example.com", "http://example.com/", false},
             {".example.com", "http://example.com/", true},
             {".example.com", "http://a.b.example.com/", true},
             {"*.example.com", "http://a.example.com/", true},
             {"example.com.", "http://example.com/", true},
             {"example.com", "http://www.example.com./", true},
             {"EXAMPLE.com", "http://example.COM/", true},
             {"b\xC3\xBC"
              "cher.example",
              "http://xn--bcher-kva.example/",
              true},
             {"one.test,two.test", "http://two.test/", true},
             {"one.test two.test", "http://two.test/", true},
             {" ,, one.test ,\ttwo.test,", "http://two.test/", true},
             {"one.test:8080", "http://one.test:8080/", true},
             {"one.test:8080", "http://one.test/", false},
             {"one.test:443", "https://sub.one.test/", true},
             {"localhost", "http://localhost:8080/", true},
             {"127.0.0.1", "http://127.0.0.1/", true},
             {"127.0.0.1", "http://127.1:80/", true},
             {"127.0.0.1", "http://127.0.0.10/", false},
             {"127.0.0.1:81", "http://127.0.0.1:81/", true},
             {"127.0.0.1:81", "http://127.0.0.1:82/", false},
             {"0.0.1", "http://127.0.0.1/", false},
             {"10.0.0.0/8", "http://10.255.1.2/", true},
             {"10.0.0.0/8", "http://11.0.0.1/", false},
             {"192.168.128.0/17", "http://192.168.127.1/", false},
             {"0.0.0.0/0", "http://8.8.8.8/", true},
             {"0.0.0.0/0", "http://[::1]/", false},
             {"0.0.0.0/0", "http://a.example/", false},
             {"::1", "http://[::1]/", true},
             {"[::1]", "http://[0:0::1]/", true},
             {"[::1]:81", "http://[::1]:81/", true},
             {"[::1]:81", "http://[::1]/", false},
             {"2001:db8::/32", "http://[2001:db8:1::2]/", true},
             {"2001:db8::/32", "http://[2001:db9::2]/", false},
         }) {
        const no_proxy_list list{c.list};
        EXPECT_EQ(list.contains(at(c.target)), c.direct) << c.list << " | " << c.target;
        EXPECT_EQ(list.first_wrong(), "") << c.list;
    }
}

TEST(no_proxy, entries_without_sense_match_nothing_and_are_named) {
    for (const char* entry :
         {"10.0.0.0/33",
          "10.0.0.0/",
          "a.test/8",
          "http://a.test",
          ".",
          "*.",
          "a.test:0",
          "a.test:",
          "a.test:99999",
          "a:b",
          "[::1",
          "*a.test:b",
          "u@a.test",
          "a?b",
          "%00"}) {
        const no_proxy_list list{"b.test," + std::string{entry}};
        EXPECT_EQ(list.first_wrong(), entry);
        EXPECT_FALSE(list.contains(at("http://a.test/"))) << entry;
        EXPECT_FALSE(list.contains(at("http://10.0.0.1/"))) << entry;
        EXPECT_TRUE(list.contains(at("http://b.test/"))) << entry;
    }
}

using variables = std::map<std::string, std::string>;

proxy_settings::environment reading(variables set) {
    return [set = std::move(set)](const char* name) {
        const auto found = set.find(name);
        return found == set.end() ? std::string{} : found->second;
    };
}

// HOST:PORT of the proxy, "direct", or the error.
std::string way(const result<proxy_settings>& settings, const char* target) {
    if (!settings) return settings.error().message();
    const auto via = settings->for_target(at(target));
    if (!via) return via.error().message();
    return *via == nullptr ? "direct" : (*via)->authority();
}

std::string way(const variables& set, const char* target) {
    return way(proxy_settings::from(client_options{}, reading(set)), target);
}

TEST(proxy_settings, obey_the_environment_as_curl_does) {
    EXPECT_EQ(way(variables{}, "http://a.test/"), "direct");
    const variables both{{"http_proxy", "http://plain:1"}, {"https_proxy", "http://secure:2"}};
    EXPECT_EQ(way(both, "http://a.test/"), "plain:1");
    EXPECT_EQ(way(both, "https://a.test/"), "secure:2");
    EXPECT_EQ(way({{"http_proxy", "plain:1"}}, "https://a.test/"), "direct");
    EXPECT_EQ(way({{"all_proxy", "socks5h://all:3"}, {"http_proxy", "plain:1"}}, "http://a.test/"), "plain:1");
    EXPECT_EQ(way({{"all_proxy", "socks5h://all:3"}, {"http_proxy", "plain:1"}}, "https://a.test/"), "all:3");
    EXPECT_EQ(way({{"ALL_PROXY", "all:3"}}, "http://a.test/"), "all:3");
    EXPECT_EQ(way({{"HTTPS_PROXY", "secure:2"}, {"ALL_PROXY", "all:3"}}, "https://a.test/"), "secure:2");
    EXPECT_EQ(way({{"https_proxy", "lower:1"}, {"HTTPS_PROXY", "upper:2"}}, "https://a.test/"), "lower:1");
    EXPECT_EQ(way({{"https_proxy", ""}, {"HTTPS_PROXY", "upper:2"}}, "https://a.test/"), "upper:2");
    // CGI programs get the request's field `Proxy` under this name.
    EXPECT_EQ(way({{"HTTP_PROXY", "evil:1"}}, "http://a.test/"), "direct");
    EXPECT_EQ(way({{"http_proxy", "p:1"}, {"no_proxy", "a.test"}}, "http://a.test/"), "direct");
    EXPECT_EQ(way({{"http_proxy", "p:1"}, {"NO_PROXY", "a.test"}}, "http://a.test/"), "direct");
    EXPECT_EQ(way({{"http_proxy", "p:1"}, {"no_proxy", "b.test"}, {"NO_PROXY", "a.test"}}, "http://a.test/"), "p:1");
    EXPECT_EQ(way({{"http_proxy", "p:1"}, {"no_proxy", "a.test/8,b.test"}}, "http://b.test/"), "direct");
}

TEST(proxy_settings, of_the_environment_fail_where_they_are_used) {
    const variables set{
        {"https_proxy", "https://scout:hush@proxy:443"}, {"http_proxy", "plain:1"}, {"no_proxy", "near.test"}
    };
    const auto settings = proxy_settings::from(client_options{}, reading(set));
    ASSERT_TRUE(settings);
    EXPECT_EQ(way(settings, "http://a.test/"), "plain:1");
    EXPECT_EQ(way(settings, "https://near.test/"), "direct");
    const auto via = settings->for_target(at("https://a.test/"));
    ASSERT_FALSE(via);
    EXPECT_EQ(via.error().code, errc::proxy_failed);
    EXPECT_EQ(via.error().where, phase::proxy);
    EXPECT_NE(via.error().what.find("https_proxy: "), std::string::npos) << via.error().what;
    EXPECT_EQ(via.error().message().find("hush"), std::string::npos) << via.error().message();
}

TEST(proxy_settings, of_the_options_come_first) {
    const variables set{{"http_proxy", "env:1"}, {"https_proxy", "env:1"}, {"no_proxy", "a.test"}};
    client_options options;
    options.proxy    = "socks5://mine:2";
    options.no_proxy = "b.test";
    const auto mine  = proxy_settings::from(options, reading(set));
    EXPECT_EQ(way(mine, "http://a.test/"), "mine:2");
    EXPECT_EQ(way(mine, "https://a.test/"), "mine:2");
    EXPECT_EQ(way(mine, "http://b.test/"), "direct");

    client_options only_list;
    only_list.no_proxy = "b.test";
    EXPECT_EQ(way(proxy_settings::from(only_list, reading(set)), "http://a.test/"), "env:1");
    EXPECT_EQ(way(proxy_settings::from(only_list, reading(set)), "http://b.test/"), "direct");

    client_options without;
    without.proxy_environment = false;
    EXPECT_EQ(way(proxy_settings::from(without, reading(set)), "http://c.test/"), "direct");
}

TEST(proxy_settings, of_the_options_fail_at_once) {
    client_options wrong_proxy;
    wrong_proxy.proxy = "https://scout:hush@proxy:443";
    const auto first  = proxy_settings::from(wrong_proxy, reading({}));
    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().code, errc::bad_argument);
    EXPECT_EQ(first.error().where, phase::proxy);
    EXPECT_EQ(first.error().message().find("hush"), std::string::npos) << first.error().message();

    client_options wrong_list;
    wrong_list.no_proxy = "a.test, 10.0.0.0/99";
    const auto second   = proxy_settings::from(wrong_list, reading({}));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, errc::bad_argument);
    EXPECT_NE(second.error().what.find("10.0.0.0/99"), std::string::npos) << second.error().what;
}

TEST(proxy_head, a_forwarder_gets_the_whole_url_and_the_login) {
    http_request request;
    request.target  = at("http://example.com:8080/a?b#c");
    const auto via  = parse_proxy_url("http://scout:hush@proxy:1").value();
    const auto head = serialize(request, "agent", &via);
    ASSERT_TRUE(head);
    EXPECT_TRUE(head->starts_with("GET http://example.com:8080/a?b HTTP/1.1\r\nHost: example.com:8080\r\n")) << *head;
    EXPECT_NE(head->find("\r\nProxy-Authorization: Basic c2NvdXQ6aHVzaA==\r\n"), std::string::npos) << *head;
    EXPECT_EQ(serialize(request, "agent").value().find("Proxy-"), std::string::npos);
}

TEST(proxy_head, connect_names_host_and_port) {
    const auto via = parse_proxy_url("http://proxy:1").value();
    EXPECT_EQ(
        serialize_connect(at("https://example.com/a?b"), "agent", via).value(),
        "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nUser-Agent: agent\r\n\r\n"
    );
    EXPECT_TRUE(serialize_connect(at("https://[::1]:8443/"), "agent", via)->starts_with("CONNECT [::1]:8443 "));
    EXPECT_EQ(serialize_connect(at("https://a.test/"), "a\r\nb", via).error().code, errc::bad_argument);
}

// RFC 4648 §10, with a colon before each.
TEST(proxy_head, login_is_base64) {
    proxy via;
    EXPECT_EQ(proxy_authorization(via), "");
    for (const auto& [password, text] : std::vector<std::pair<const char*, const char*>>{
             {"", "Og=="}, {"f", "OmY="}, {"fo", "OmZv"}, {"foo", "OmZvbw=="}, {"\xFF\xFE", "Ov/+"}
         }) {
        via.as = proxy::login{"", password};
        EXPECT_EQ(proxy_authorization(via), std::string{"Basic "} + text);
    }
}

}  // namespace
}  // namespace forage::detail
