// url::parse: absolute and relative references, ports, user names, paths, queries, and what it refuses.
#include <forage/url.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace {

using forage::errc;
using forage::url;

std::string parsed(std::string_view text) {
    const auto u = url::parse(text);
    return u ? u->text() : "failure: " + u.error().what;
}

std::string resolved(std::string_view text, std::string_view base_text) {
    const auto base = url::parse(base_text);
    const auto u    = url::parse(text, &*base);
    return u ? u->text() : "failure: " + u.error().what;
}

TEST(url_parse, has_its_parts) {
    const auto u = url::parse("HTTPS://me:pw@Example.COM:8443/a/b?c=d#e");
    ASSERT_TRUE(u);
    EXPECT_EQ(u->scheme(), "https");
    EXPECT_EQ(u->username(), "me");
    EXPECT_EQ(u->password(), "pw");
    EXPECT_EQ(u->host(), "example.com");
    EXPECT_EQ(u->kind(), url::host_kind::domain);
    EXPECT_EQ(u->port(), 8443);
    EXPECT_EQ(u->path(), "/a/b");
    EXPECT_EQ(u->query(), "?c=d");
    EXPECT_EQ(u->fragment(), "#e");
    EXPECT_TRUE(u->is_https());
    EXPECT_EQ(u->origin(), "https://example.com:8443");
    EXPECT_EQ(u->authority(), "example.com:8443");
    EXPECT_EQ(u->target(), "/a/b?c=d");
    EXPECT_EQ(u->text(), "https://me:pw@example.com:8443/a/b?c=d#e");
    EXPECT_EQ(u->without_fragment().text(), "https://me:pw@example.com:8443/a/b?c=d");
}

TEST(url_parse, drops_default_ports_and_only_those) {
    EXPECT_EQ(parsed("http://h:80/"), "http://h/");
    EXPECT_EQ(parsed("http://h:/"), "http://h/");
    EXPECT_EQ(parsed("https://h:443/"), "https://h/");
    EXPECT_EQ(parsed("https://h:80/"), "https://h:80/");
    EXPECT_EQ(parsed("http://h:00080/"), "http://h/");
    EXPECT_EQ(parsed("http://h:0/"), "http://h:0/");
    EXPECT_EQ(parsed("http://h:65535/"), "http://h:65535/");
    EXPECT_EQ(url::parse("http://h/")->port(), 80);
    EXPECT_EQ(url::parse("https://h/")->port(), 443);
    EXPECT_EQ(url::parse("http://h:0/")->port(), 0);
}

TEST(url_parse, refuses_ports_that_are_none) {
    for (const char* port :
         {"65536", "99999", "4294967376", "18446744073709551696", "-1", "+80", " 80", "8a", "0x50"}) {
        const auto u = url::parse(std::string{"http://h:"} + port + "/");
        ASSERT_FALSE(u) << port;
        EXPECT_EQ(u.error().code, errc::bad_url) << port;
    }
    EXPECT_FALSE(url::parse("http://h:" + std::string(100'000, '9')));
}

TEST(url_parse, takes_slashes_as_browsers_do) {
    EXPECT_EQ(parsed("http:h/x"), "http://h/x");
    EXPECT_EQ(parsed("http:/h/x"), "http://h/x");
    EXPECT_EQ(parsed("http:///h/x"), "http://h/x");
    EXPECT_EQ(parsed("http:\\\\h\\x\\..\\y"), "http://h/y");
    EXPECT_EQ(parsed("http://h\\@evil/"), "http://h/@evil/");
    EXPECT_EQ(parsed("http://h?x"), "http://h/?x");
    EXPECT_EQ(parsed("http://h#x"), "http://h/#x");
    EXPECT_EQ(parsed("http://h//a//b/"), "http://h//a//b/");
}

TEST(url_parse, resolves_references) {
    constexpr auto base                                  = "http://u:p@h:81/b/c/d;p?q#f";
    const std::pair<const char*, const char*> expected[] = {
        {"", "http://u:p@h:81/b/c/d;p?q"},
        {"g", "http://u:p@h:81/b/c/g"},
        {"./g", "http://u:p@h:81/b/c/g"},
        {"g/", "http://u:p@h:81/b/c/g/"},
        {"/g", "http://u:p@h:81/g"},
        {"\\g", "http://u:p@h:81/g"},
        {"//g", "http://g/"},
        {"\\/g", "http://g/"},
        {"///g", "http://g/"},
        {"?y", "http://u:p@h:81/b/c/d;p?y"},
        {"?", "http://u:p@h:81/b/c/d;p?"},
        {"g?y#s", "http://u:p@h:81/b/c/g?y#s"},
        {"#s", "http://u:p@h:81/b/c/d;p?q#s"},
        {"#", "http://u:p@h:81/b/c/d;p?q#"},
        {";x", "http://u:p@h:81/b/c/;x"},
        {".", "http://u:p@h:81/b/c/"},
        {"..", "http://u:p@h:81/b/"},
        {"../..", "http://u:p@h:81/"},
        {"../../../g", "http://u:p@h:81/g"},
        {"g/../h", "http://u:p@h:81/b/c/h"},
        {"g;x=1/../y", "http://u:p@h:81/b/c/y"},
        {"g?y/../x", "http://u:p@h:81/b/c/g?y/../x"},
        {"http:g", "http://u:p@h:81/b/c/g"},
        {"http:?y", "http://u:p@h:81/b/c/d;p?y"},
        {"http:/g", "http://u:p@h:81/g"},
        {"http://g", "http://g/"},
        {"https:g", "https://g/"},
        {"https:/g", "https://g/"},
        {":g", "http://u:p@h:81/b/c/:g"},
        {"1x:y", "http://u:p@h:81/b/c/1x:y"},
    };
    for (const auto& [reference, want] : expected) EXPECT_EQ(resolved(reference, base), want) << reference;
}

TEST(url_parse, removes_dot_segments_in_all_spellings) {
    EXPECT_EQ(parsed("http://h/a/%2e/b"), "http://h/a/b");
    EXPECT_EQ(parsed("http://h/a/%2E%2e/b"), "http://h/b");
    EXPECT_EQ(parsed("http://h/a/.%2e"), "http://h/");
    EXPECT_EQ(parsed("http://h/a/b/%2e."), "http://h/a/");
    EXPECT_EQ(parsed("http://h/a/..."), "http://h/a/...");
    EXPECT_EQ(parsed("http://h/a/..%2f"), "http://h/a/..%2f");
    EXPECT_EQ(parsed("http://h/.a/..b"), "http://h/.a/..b");
    EXPECT_EQ(parsed("http://h/../../x"), "http://h/x");
    EXPECT_EQ(parsed("http://h/a//../b"), "http://h/a/b");
}

TEST(url_parse, encodes_each_part_by_its_own_set) {
    EXPECT_EQ(parsed("http://h/a b\"<>`{}^|[]'?x"), "http://h/a%20b%22%3C%3E%60%7B%7D%5E|[]'?x");
    EXPECT_EQ(parsed("http://h/?a b\"<>'`{}^|\\"), "http://h/?a%20b%22%3C%3E%27`{}^|\\");
    EXPECT_EQ(parsed("http://h/#a b\"<>'`{}^|\\#?"), "http://h/#a%20b%22%3C%3E'%60{}^|\\#?");
    EXPECT_EQ(parsed("http://a b:c|d;e@h/"), "http://a%20b:c%7Cd%3Be@h/");
    EXPECT_EQ(parsed("http://h/%zz%4"), "http://h/%zz%4");
    EXPECT_EQ(parsed("http://h/\x7F\x01?\x7F#\x01x"), "http://h/%7F%01?%7F#%01x");
    EXPECT_EQ(parsed(std::string_view{"http://h/a\0b", 12}), "http://h/a%00b");
}

TEST(url_parse, takes_utf8_and_mends_what_is_not) {
    EXPECT_EQ(parsed("http://h/ä?ö#ü"), "http://h/%C3%A4?%C3%B6#%C3%BC");
    EXPECT_EQ(parsed("http://h/\xFF"), "http://h/%EF%BF%BD");
    EXPECT_EQ(parsed("http://h/\xE2\x82"), "http://h/%EF%BF%BD");
    EXPECT_EQ(parsed("http://h/?\xED\xA0\x80"), "http://h/?%EF%BF%BD%EF%BF%BD%EF%BF%BD");
    EXPECT_FALSE(url::parse("http://h\xFF/"));
}

TEST(url_parse, strips_outer_spaces_and_inner_line_breaks) {
    EXPECT_EQ(parsed(" \x1F\t\nhttp://h/x \r\n\x01"), "http://h/x");
    EXPECT_EQ(parsed("ht\ntp:/\t/h/a\rb\n"), "http://h/ab");
    EXPECT_EQ(parsed("http://h/a\r\nSet-Cookie: x=y"), "http://h/aSet-Cookie:%20x=y");
    EXPECT_EQ(resolved(" ../x\n", "http://h/a/b"), "http://h/x");
}

TEST(url_parse, keeps_user_names_apart_from_hosts) {
    EXPECT_EQ(url::parse("http://a@b@c/")->host(), "c");
    EXPECT_EQ(parsed("http://a@b@c/"), "http://a%40b@c/");
    EXPECT_EQ(parsed("http://a:b:c@d/"), "http://a:b%3Ac@d/");
    EXPECT_EQ(parsed("http://@h/"), "http://h/");
    EXPECT_EQ(parsed("http://:@h/"), "http://h/");
    EXPECT_EQ(parsed("http://:p@h/"), "http://:p@h/");
    EXPECT_EQ(url::parse("http://good.example\\@evil.example/")->host(), "good.example");
    EXPECT_EQ(url::parse("http://good.example#@evil.example/")->host(), "good.example");
    EXPECT_EQ(url::parse("http://good.example?@evil.example/")->host(), "good.example");
    EXPECT_EQ(url::parse("http://good.example:80@evil.example/")->host(), "evil.example");
    for (const char* hostless :
         {"http://", "http:", "http://?x", "http://#x", "http://user@", "http://u:p@/", "http://:80/"}) {
        EXPECT_FALSE(url::parse(hostless)) << hostless;
    }
}

TEST(url_parse, refuses_other_schemes_by_name) {
    for (const char* text :
         {"ftp://h/", "file:///etc/passwd", "javascript:alert(1)", "data:,x", "mailto:a@b", "ws://h/"}) {
        const auto base = url::parse("http://h/");
        const auto u    = url::parse(text, &*base);
        ASSERT_FALSE(u) << text;
        EXPECT_EQ(u.error().code, errc::bad_url);
        EXPECT_TRUE(u.error().what.starts_with("scheme not supported: ")) << u.error().what;
    }
    const auto long_scheme = url::parse(std::string(10'000, 'a') + ":x");
    ASSERT_FALSE(long_scheme);
    EXPECT_LT(long_scheme.error().what.size(), 100U);
}

TEST(url_parse, needs_a_base_for_relative_references) {
    for (const char* text : {"", "x", "/x", "//h/x", "?x", "#x", "1http://h/", "://h/"}) {
        const auto u = url::parse(text);
        ASSERT_FALSE(u) << text;
        EXPECT_EQ(u.error().code, errc::bad_url);
    }
}

}  // namespace
