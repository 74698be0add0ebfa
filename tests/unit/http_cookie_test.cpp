// Cookies: dates, the parser of Set-Cookie, and what the jar keeps and sends.
#include "http/cookie_date.hpp"
#include "http/cookie_jar.hpp"
#include "http/public_suffix.hpp"
#include "http/set_cookie.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace forage::detail {
namespace {

using namespace std::chrono_literals;
using time_point = std::chrono::system_clock::time_point;

constexpr time_point start{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};

std::string date(std::string_view text) {
    const auto parsed = parse_cookie_date(text);
    return parsed ? std::to_string(parsed->time_since_epoch().count()) : "none";
}

TEST(cookie_date, takes_parts_in_any_order_and_with_any_marks) {
    for (const char* text :
         {"Sun, 06 Nov 1994 08:49:37 GMT",
          "Sunday, 06-Nov-94 08:49:37 GMT",
          "Sun Nov  6 08:49:37 1994",
          "8:49:37 6 november 1994",
          "1994 nov 6 8:49:37 PST",
          "6th Nov 94 08:49:37.5",
          "Sun, 06-NOV-1994 08:49:37 +0100"}) {
        EXPECT_EQ(date(text), "784111777") << text;
    }
    EXPECT_EQ(date("Thu, 01-Jan-1970 00:00:00 GMT"), "0");
    EXPECT_EQ(date("1 Jan 70 0:0:0"), "0");
    EXPECT_EQ(date("1 Jan 69 0:0:0"), "3124224000");  // 2069
    EXPECT_EQ(date("31 Dec 9999 23:59:59"), "253402300799");
    EXPECT_EQ(date("1 Jan 1601 0:0:0"), "-11644473600");
    EXPECT_EQ(date("29 Feb 2024 0:0:0"), "1709164800");
}

TEST(cookie_date, refuses_what_lacks_a_part_or_is_no_date) {
    for (const char* text :
         {"",
          "Nov 1994 08:49:37",
          "6 Nov 08:49:37",
          "6 1994 08:49:37",
          "6 Nov 1994",
          "6 Nov 1994 08:49",
          "6 Nov 1994 24:00:00",
          "6 Nov 1994 08:60:00",
          "6 Nov 1994 08:49:60",
          "6 Nov 1994 008:49:37",
          "0 Nov 1994 08:49:37",
          "31 Nov 1994 08:49:37",
          "29 Feb 2023 0:0:0",
          "6 Nov 1600 08:49:37",
          "6 Nov 199 08:49:37",
          "6 Nov 19945 08:49:37",
          "6 No 1994 08:49:37"}) {
        EXPECT_EQ(date(text), "none") << text;
    }
}

TEST(set_cookie, takes_a_value_apart) {
    const auto c =
        parse_set_cookie(" id = a b=c ; Domain=.Example.COM; path=/x ;SECURE;HttpOnly; Max-Age=60; SameSite=lax; "
                         "Expires=Thu, 01 Jan 1970 00:00:07 GMT; Priority=High;;");
    ASSERT_TRUE(c);
    EXPECT_EQ(c->name, "id");
    EXPECT_EQ(c->value, "a b=c");
    EXPECT_EQ(c->domain, "example.com");
    EXPECT_EQ(c->path, "/x");
    EXPECT_TRUE(c->secure && c->http_only);
    EXPECT_EQ(c->max_age, 60s);
    EXPECT_EQ(c->expires, std::chrono::sys_seconds{7s});
    EXPECT_EQ(c->site, same_site::lax);

    const auto plain = parse_set_cookie("\t\"quoted\"\t");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->name, "");
    EXPECT_EQ(plain->value, "\"quoted\"");
    EXPECT_FALSE(plain->path || plain->max_age || plain->expires || plain->secure || plain->http_only);
    EXPECT_EQ(plain->site, same_site::unset);
}

TEST(set_cookie, the_last_of_repeated_attributes_counts_and_broken_ones_do_not) {
    const auto of = [](std::string_view attributes) { return *parse_set_cookie("a=b;" + std::string{attributes}); };
    EXPECT_EQ(of("Domain=a.test;Domain=b.test").domain, "b.test");
    EXPECT_EQ(of("Domain=a.test;Domain=").domain, "");
    EXPECT_EQ(of("Path=/a;Path=b").path, "");
    EXPECT_EQ(of("Path=/a;Path=/" + std::string(1023, 'p')).path->size(), 1024U);
    EXPECT_EQ(of("Path=/a;Path=/" + std::string(1024, 'p')).path, "/a");
    EXPECT_EQ(of("Max-Age=5;Max-Age=x").max_age, 5s);
    for (const char* none : {"Max-Age", "Max-Age=", "Max-Age=-", "Max-Age=+5", "Max-Age=5s", "Max-Age=1.5"}) {
        EXPECT_FALSE(of(none).max_age) << none;
    }
    EXPECT_EQ(of("Max-Age=-7").max_age, 0s);
    EXPECT_EQ(of("Max-Age=34560001").max_age, longest_cookie_age);
    EXPECT_EQ(of("Max-Age=99999999999999999999999999").max_age, longest_cookie_age);
    EXPECT_EQ(of("Expires=Thu, 01 Jan 1970 00:00:07 GMT;Expires=soon").expires, std::chrono::sys_seconds{7s});
    EXPECT_EQ(of("SameSite=Strict;SameSite=other").site, same_site::unset);
}

TEST(set_cookie, refuses_control_characters_and_too_much) {
    for (const char c : {'\0', '\x01', '\x08', '\n', '\r', '\x1F', '\x7F'}) {
        EXPECT_FALSE(parse_set_cookie(std::string{"a=b"} + c + "d"));
        EXPECT_FALSE(parse_set_cookie(std::string{"a=b; Path=/"} + c));
    }
    EXPECT_TRUE(parse_set_cookie("a\tb=c\td\xFF"));
    EXPECT_TRUE(parse_set_cookie("name=" + std::string(4092, 'v')));
    EXPECT_FALSE(parse_set_cookie("name=" + std::string(4093, 'v')));
    EXPECT_FALSE(parse_set_cookie(std::string(4097, 'v')));
}

TEST(public_suffix, comes_with_its_list) {
    for (const char* name : {"com", "com.", "co.uk", "github.io", "kobe.jp", "xn--p1ai", "localhost", "", "."}) {
        EXPECT_TRUE(is_public_suffix(name)) << name;
    }
    for (const char* name : {"example.com", "example.co.uk", "city.kobe.jp", "wiki.intranet"}) {
        EXPECT_FALSE(is_public_suffix(name)) << name;
    }
    EXPECT_EQ(registrable_domain("a.b.example.co.uk."), "example.co.uk");
    EXPECT_EQ(registrable_domain("github.io"), "github.io");
}

// A jar, and what one host after the other sets in it.
class cookies : public testing::Test {
protected:
    void set(std::string_view from, std::string_view value) { set_all(from, {std::string{value}}); }
    void set_all(std::string_view from, const std::vector<std::string>& values) {
        std::vector<field> fields{{"Content-Type", "text/html"}};
        for (const auto& value : values) fields.push_back({"set-cookie", value});
        jar.store(url::parse(from).value(), fields, now);
    }
    std::string get(std::string_view target) { return jar.field_for(url::parse(target).value(), now); }

    cookie_jar jar;
    time_point now = start;
};

TEST_F(cookies, go_back_to_the_host_that_set_them) {
    set("http://a.test/", "id=1");
    EXPECT_EQ(get("http://a.test/x?y"), "id=1");
    EXPECT_EQ(get("https://a.test:8443/"), "id=1") << "neither scheme nor port is part of a cookie's place";
    EXPECT_EQ(get("http://b.test/") + get("http://sub.a.test/") + get("http://xa.test/") + get("http://test/"), "");
    set("http://a.test/", "id=2");
    EXPECT_EQ(get("http://a.test/"), "id=2");
    EXPECT_EQ(jar.size(), 1U);
    jar.store(url::parse("http://a.test/").value(), {}, now);
    EXPECT_EQ(jar.size(), 1U);
}

TEST_F(cookies, with_a_domain_go_to_all_below_it) {
    set("http://x.a.test/", "d=1; Domain=a.test");
    EXPECT_EQ(get("http://a.test/"), "d=1");
    EXPECT_EQ(get("http://y.x.a.test/"), "d=1");
    EXPECT_EQ(get("http://ba.test/"), "");
    set("http://x.a.test/", "d=2; Domain=x.a.test");
    set("http://x.a.test/", "d=3");
    EXPECT_EQ(get("http://x.a.test/"), "d=1; d=2; d=3") << "each is a cookie of its own";
    EXPECT_EQ(get("http://a.test/"), "d=1");
}

TEST_F(cookies, for_other_domains_are_refused) {
    for (const char* domain :
         {"b.test", "y.a.test", "test", "est", "x.a.test.evil.test", "a.test.", "\xC3\xA4.test", ".a.test."}) {
        set("http://a.test/", std::string{"e=1; Domain="} + domain);
        EXPECT_EQ(jar.size(), 0U) << domain;
    }
    set("http://a.co.uk/", "e=1; Domain=co.uk");
    set("http://user.github.io/", "e=1; Domain=github.io");
    set("http://a.com./", "e=1; Domain=com.");
    EXPECT_EQ(jar.size(), 0U);
    set("http://github.io/", "e=1; Domain=github.io");
    EXPECT_EQ(get("http://github.io/"), "e=1");
    EXPECT_EQ(get("http://user.github.io/"), "") << "of a public suffix itself: host only";
    set("http://a.test/", "e=1; Domain=");
    EXPECT_EQ(get("http://x.a.test/"), "");
    EXPECT_EQ(get("http://a.test/"), "e=1");
}

TEST_F(cookies, of_addresses_are_the_hosts_alone) {
    set("http://192.0.2.7/", "ip=1; Domain=192.0.2.7");
    set("http://192.0.2.7/", "ip=2; Domain=2.7");
    set("http://[2001:db8::1]/", "ip=3; Domain=[2001:db8::1]");
    EXPECT_EQ(get("http://192.0.2.7/"), "ip=1");
    EXPECT_EQ(get("http://[2001:db8::1]/"), "ip=3");
    EXPECT_EQ(get("http://3.192.0.2.7.test/"), "");
    EXPECT_EQ(jar.size(), 2U);
}

TEST_F(cookies, go_to_paths_at_and_below_theirs) {
    set("http://a.test/dir/page", "p=1");
    EXPECT_EQ(get("http://a.test/dir"), "p=1");
    EXPECT_EQ(get("http://a.test/dir/"), "p=1");
    EXPECT_EQ(get("http://a.test/dir/sub/x"), "p=1");
    EXPECT_EQ(get("http://a.test/direct") + get("http://a.test/") + get("http://a.test/Dir"), "");
    set("http://a.test/", "q=1; Path=/s/");
    EXPECT_EQ(get("http://a.test/s/t"), "q=1");
    EXPECT_EQ(get("http://a.test/s"), "");
    set("http://a.test/top", "r=1; Path=relative");
    EXPECT_EQ(get("http://a.test/"), "r=1");
    set("http://a.test/" + std::string(1100, 'p') + "/x", "s=1");
    EXPECT_EQ(jar.size(), 3U);
}

TEST_F(cookies, are_sent_with_longer_paths_first_and_older_first) {
    set_all("http://a.test/", {"a=1", "b=1; Path=/x/y", "c=1; Path=/x", "d=1; Path=/x/z"});
    set("http://a.test/", "a=2");
    set("http://a.test/", "e=1; Path=/x");
    EXPECT_EQ(get("http://a.test/x/y"), "b=1; c=1; e=1; a=2");
}

TEST_F(cookies, without_name_or_value_are_sent_as_what_there_is) {
    set_all("http://a.test/", {"", "=", " = ;Path=/", "=v", "n="});
    EXPECT_EQ(get("http://a.test/"), "v; n=");
}

TEST_F(cookies, expire) {
    set_all(
        "http://a.test/",
        {"session=1",
         "age=1; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
         "date=1; Expires=Sun, 01 Mar 2026 00:00:20 GMT",
         "far=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT",
         "past=1; Expires=Mon, 01 Jan 1601 00:00:00 GMT",
         "zero=1; Max-Age=0; Expires=Fri, 31 Dec 9999 23:59:59 GMT"}
    );
    EXPECT_EQ(get("http://a.test/"), "session=1; age=1; date=1; far=1");
    now = start + 10s;
    EXPECT_EQ(get("http://a.test/"), "session=1; date=1; far=1");
    now = start + 20s;
    EXPECT_EQ(get("http://a.test/"), "session=1; far=1");
    now = start + 400 * 24h;
    EXPECT_EQ(get("http://a.test/"), "session=1");
    EXPECT_EQ(jar.size(), 1U);
    set("http://a.test/", "session=; Max-Age=-1");
    EXPECT_EQ(get("http://a.test/"), "");
    EXPECT_EQ(jar.size(), 0U);
}

TEST_F(cookies, that_are_secure_stay_on_https) {
    set("http://a.test/", "s=0; Secure");
    EXPECT_EQ(jar.size(), 0U);
    set("https://a.test/", "s=1; Secure");
    EXPECT_EQ(get("http://a.test/"), "");
    EXPECT_EQ(get("https://a.test/"), "s=1");
}

TEST_F(cookies, that_are_secure_cannot_be_overlaid_from_http) {
    set("https://x.a.test/", "s=1; Secure; Path=/login; Domain=a.test");
    for (const char* overlay :
         {"s=2; Path=/login", "s=2; Path=/login/en", "s=2; Path=/login; Domain=a.test", "s=; Max-Age=0; Path=/login"}) {
        set("http://x.a.test/", overlay);
        EXPECT_EQ(jar.size(), 1U) << overlay;
    }
    set("http://a.test/", "s=2; Path=/login");
    EXPECT_EQ(get("https://x.a.test/login"), "s=1");
    set("http://x.a.test/", "s=3; Path=/");
    set("http://x.a.test/", "S=4; Path=/login");
    EXPECT_EQ(get("http://x.a.test/login"), "S=4; s=3");
    set("https://x.a.test/", "s=5; Path=/login; Domain=a.test");
    EXPECT_EQ(get("http://a.test/login"), "s=5") << "https may replace it";
}

TEST_F(cookies, keep_the_promises_of_their_prefixes) {
    set_all(
        "https://a.test/",
        {"__Secure-a=1",
         "__secure-b=1",
         "__Host-c=1; Path=/",
         "__Host-d=1; Secure",
         "__Host-e=1; Secure; Path=/x",
         "__HOST-f=1; Secure; Path=/; Domain=a.test",
         "=__Host-g=1; Secure; Path=/",
         "__secure-h"}
    );
    EXPECT_EQ(jar.size(), 0U);
    set_all("https://a.test/", {"__Secure-a=1; Secure; Domain=a.test", "__Host-b=1; Secure; Path=/"});
    EXPECT_EQ(get("https://a.test/"), "__Secure-a=1; __Host-b=1");
}

TEST_F(cookies, of_every_same_site_mode_are_sent_but_none_must_be_secure) {
    set_all(
        "https://a.test/",
        {"a=1; SameSite=Strict", "b=1; SameSite=Lax", "c=1; SameSite=None; Secure", "d=1; SameSite=None"}
    );
    EXPECT_EQ(get("https://a.test/"), "a=1; b=1; c=1");
}

std::string numbered(const char* name, int number) { return name + std::to_string(number) + "=1"; }

TEST_F(cookies, of_one_domain_are_fifty_and_secure_ones_stay_longest) {
    set("https://a.test/", "secure=1; Secure");
    for (int i = 0; i < 49; ++i) set("https://a.test/", numbered("n", i));
    EXPECT_EQ(jar.size(), 50U);
    set("https://a.test/p", "used=1; Path=/p");  // drops n0
    EXPECT_EQ(jar.size(), 50U);
    const auto all = get("https://a.test/");
    EXPECT_EQ(all.find("n0=1"), std::string::npos);
    EXPECT_NE(all.find("n1=1"), std::string::npos);
    EXPECT_TRUE(all.starts_with("secure=1; "));
    set("https://a.test/", "more=1");  // drops `used`, as all others have just been used
    EXPECT_EQ(get("https://a.test/p").find("used=1"), std::string::npos);
    EXPECT_NE(get("https://a.test/").find("n1=1; "), std::string::npos);
    set("https://x.a.test/", "other=1");
    EXPECT_EQ(jar.size(), 51U) << "another domain";
}

TEST_F(cookies, are_three_thousand_and_those_unused_longest_go) {
    for (int i = 0; i < 3000; ++i) set("http://h" + std::to_string(i) + ".test/", "id=1; Max-Age=100");
    EXPECT_EQ(jar.size(), 3000U);
    EXPECT_EQ(get("http://h0.test/"), "id=1");
    set("http://one.test/", "id=1");
    EXPECT_EQ(jar.size(), 2900U) << "a hundred more, so that the next ones find room";
    EXPECT_EQ(get("http://h1.test/") + get("http://h101.test/"), "");
    EXPECT_EQ(get("http://h0.test/") + get("http://h102.test/") + get("http://one.test/"), "id=1id=1id=1");
    now += 100s;
    for (int i = 0; i < 100; ++i) set("http://n" + std::to_string(i) + ".test/", "id=1");
    EXPECT_EQ(jar.size(), 3000U);
    set("http://two.test/", "id=1");
    EXPECT_EQ(jar.size(), 102U) << "expired ones go first, and then no other must";
}

TEST_F(cookies, of_one_owner_do_not_push_out_those_of_others) {
    set("http://b.test/", "id=1");
    for (int i = 0; i < 501; ++i) set("http://h" + std::to_string(i) + ".a.test/", "id=1");
    EXPECT_EQ(jar.size(), 501U);
    EXPECT_EQ(get("http://h0.a.test/"), "");
    EXPECT_EQ(get("http://h1.a.test/") + get("http://b.test/"), "id=1id=1");
}

TEST_F(cookies, of_one_response_are_fifty_at_most) {
    std::vector<std::string> many;
    for (int i = 0; i < 60; ++i) many.push_back(numbered("n", i) + "; Path=/" + std::to_string(i));
    set_all("http://a.test/", many);
    EXPECT_EQ(get("http://a.test/49"), "n49=1");
    EXPECT_EQ(get("http://a.test/50"), "");
}

TEST_F(cookies, do_not_make_a_field_of_any_length) {
    for (int i = 0; i < 20; ++i) set("http://a.test/", "n" + std::to_string(i) + "=" + std::string(4000, 'v'));
    set("http://a.test/", "small=1");
    const auto value = get("http://a.test/");
    EXPECT_GT(value.size(), 60U * 1024);
    EXPECT_LE(value.size(), 64U * 1024);
    EXPECT_TRUE(value.ends_with("; small=1")) << "what fits is sent";
}

TEST_F(cookies, of_hosts_too_long_for_a_name_are_refused) {
    std::string host = "a.test";
    while (host.size() < 253) host.insert(0, "b.");
    host.insert(0, "c");
    ASSERT_EQ(host.size(), 255U);
    set("http://" + host + "/", "id=1");
    EXPECT_EQ(jar.size(), 0U);
    EXPECT_EQ(get("http://" + host + "/"), "");
    host.erase(0, 1);
    set("http://" + host + "/", "id=1");
    EXPECT_EQ(get("http://" + host + "/"), "id=1");
}

}  // namespace
}  // namespace forage::detail
