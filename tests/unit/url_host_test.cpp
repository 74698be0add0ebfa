// Hosts of URLs: what is an address, what is a name, and that nothing can pretend to be the other.
#include "url/ipv6.hpp"

#include <forage/url.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <utility>

namespace {

using forage::url;
using kind = url::host_kind;

std::string host_of(std::string_view host) {
    const auto u = url::parse("http://" + std::string{host} + "/");
    return u ? u->host() : "failure";
}

kind kind_of(std::string_view host) { return url::parse("http://" + std::string{host} + "/").value().kind(); }

TEST(url_host, is_an_ipv4_address_in_every_spelling) {
    for (const char* spelling :
         {"127.0.0.1",
          "127.1",
          "127.0.1",
          "2130706433",
          "0x7f.1",
          "0x7F000001",
          "0177.0.0.1",
          "017700000001",
          "127.0.0.1.",
          "0x7f.0x0.0x0.0x1",
          "%31%32%37.0.0.1",
          "１２７.０.０.１",
          "127。0。0。1",
          "0000000000000000000000000000000000000000177.0.0.1"}) {
        EXPECT_EQ(host_of(spelling), "127.0.0.1") << spelling;
        EXPECT_EQ(kind_of(spelling), kind::ipv4) << spelling;
    }
    EXPECT_EQ(host_of("0"), "0.0.0.0");
    EXPECT_EQ(host_of("0x"), "0.0.0.0");
    EXPECT_EQ(host_of("4294967295"), "255.255.255.255");
    EXPECT_EQ(host_of("1.2.65535"), "1.2.255.255");
    EXPECT_EQ(host_of("1.16777215"), "1.255.255.255");
}

TEST(url_host, that_ends_in_a_number_is_an_ipv4_address_or_nothing) {
    for (const char* wrong :
         {"256.1.1.1",
          "1.2.3.256",
          "1.2.65536",
          "1.16777216",
          "4294967296",
          "99999999999999999999999",
          "1.2.3.4.5",
          "1..2",
          ".1",
          "1.2.3.08",
          "09",
          "foo.1",
          "foo.0x1f",
          "a.b.0x",
          "0x1.2.0x3.0400",
          "1.2.3.4.."}) {
        // "1.2.3.4.." ends in an empty label, so it is a name; DNS has no such name.
        EXPECT_EQ(host_of(wrong), std::string_view{wrong} == "1.2.3.4.." ? wrong : "failure") << wrong;
    }
}

TEST(url_host, that_only_begins_like_an_address_is_a_name) {
    for (const char* name :
         {"1.2.3.4.evil.com", "127.0.0.1.nip.io", "0x7f.1.example", "10.0.0.1a", "0xg", "1e100.net"}) {
        EXPECT_EQ(host_of(name), name);
        EXPECT_EQ(kind_of(name), kind::domain) << name;
    }
}

TEST(url_host, is_an_ipv6_address_in_shortest_form) {
    const std::pair<const char*, const char*> expected[] = {
        {"[::]", "[::]"},
        {"[::1]", "[::1]"},
        {"[0:0:0:0:0:0:0:1]", "[::1]"},
        {"[1::]", "[1::]"},
        {"[2001:DB8::00A0]", "[2001:db8::a0]"},
        {"[1:0:0:2:0:0:0:3]", "[1:0:0:2::3]"},
        {"[1:0:0:2:0:0:3:4]", "[1::2:0:0:3:4]"},
        {"[1:0:2:3:4:5:6:7]", "[1:0:2:3:4:5:6:7]"},
        {"[1:2:3:4:5:6:7::]", "[1:2:3:4:5:6:7:0]"},
        {"[::2:3:4:5:6:7:8]", "[0:2:3:4:5:6:7:8]"},
        {"[::ffff:127.0.0.1]", "[::ffff:7f00:1]"},
        {"[64:ff9b::1.2.3.4]", "[64:ff9b::102:304]"},
        {"[1:2:3:4:5:6:1.2.3.4]", "[1:2:3:4:5:6:102:304]"},
    };
    for (const auto& [written, want] : expected) {
        EXPECT_EQ(host_of(written), want) << written;
        EXPECT_EQ(kind_of(written), kind::ipv6) << written;
    }
}

TEST(url_host, refuses_broken_ipv6_addresses) {
    for (const char* wrong :
         {"[",
          "[]",
          "[:",
          "[:]",
          "[:::]",
          "[1]",
          "[1:2]",
          "[::1::]",
          "[1:2:3:4:5:6:7:8:9]",
          "[1:2:3:4:5:6:7:8::]",
          "[1::2:3:4:5:6:7:8]",
          "[12345::]",
          "[g::]",
          "[::1%25eth0]",
          "[::1%eth0]",
          "[fe80::1%1]",
          "[::1].",
          "[::1]x",
          "[::1",
          "x[::1]",
          "::1",
          "[1:2:3:4:5:6:7:]",
          "[::1.2.3]",
          "[::1.2.3.4.5]",
          "[::1.2.3.256]",
          "[::01.2.3.4]",
          "[::.1.2.3]",
          "[1:2:3:4:5:6:7:1.2.3.4]",
          "[::1.2.3.4:5]",
          "[ ::1]",
          "[::%31]"}) {
        EXPECT_EQ(host_of(wrong), "failure") << wrong;
    }
}

TEST(url_host, ipv6_text_survives_a_round_trip) {
    for (unsigned pattern = 0; pattern < 256; ++pattern) {
        forage::detail::ipv6_pieces pieces{};
        for (unsigned i = 0; i < 8; ++i) {
            if ((pattern >> i & 1U) != 0) pieces[i] = static_cast<std::uint16_t>(0xA000U + i);
        }
        const auto text = forage::detail::ipv6_text(pieces);
        EXPECT_EQ(forage::detail::parse_ipv6(text), pieces) << text;
    }
}

TEST(url_host, refuses_forbidden_characters_however_written) {
    for (const char* wrong :
         {"a b", "a%20b", "a%00b", "a%2Fb", "a%3Ab", "a%40b", "a%25b", "a%5Bb", "a<b", "a>b", "a^b",
          "a|b", "a%7Fb", "a%",    "a%zz",  "a%0Db", "a%0Ab", "a\x7F", "a]b",   "a[b", "⩴",   "％00"}) {
        EXPECT_EQ(host_of(wrong), "failure") << wrong;
    }
}

TEST(url_host, is_lower_case_and_keeps_what_browsers_keep) {
    EXPECT_EQ(host_of("EXAMPLE.com"), "example.com");
    EXPECT_EQ(host_of("ex%41mple.com"), "example.com");
    EXPECT_EQ(host_of("a_b.example"), "a_b.example");
    EXPECT_EQ(host_of("example.com."), "example.com.");
    EXPECT_EQ(host_of("XN--A"), "xn--a");
    EXPECT_EQ(host_of("!$&'()*+,;=~"), "!$&'()*+,;=~");
    EXPECT_EQ(host_of(std::string(300, 'a')), std::string(300, 'a'));
}

TEST(url_host, writes_international_names_in_ascii) {
    EXPECT_EQ(host_of("bücher.example"), "xn--bcher-kva.example");
    EXPECT_EQ(host_of("b%C3%BCcher.example"), "xn--bcher-kva.example");
    EXPECT_EQ(host_of("BÜCHER.example"), "xn--bcher-kva.example");
    EXPECT_EQ(host_of("bu\u0308cher.example"), "xn--bcher-kva.example");
    EXPECT_EQ(host_of("faß.de"), "xn--fa-hia.de");
    EXPECT_EQ(host_of("I❤.ws"), "xn--i-7iq.ws");
    EXPECT_EQ(host_of("-ü-"), host_of("-\u00FC-"));
    EXPECT_NE(host_of("ab--ü"), "failure");
    EXPECT_EQ(host_of("ｅxample.com"), "example.com");
    EXPECT_EQ(host_of("a\u00ADb.com"), "ab.com");
    EXPECT_EQ(host_of("例え。テスト"), "xn--r8jz45g.xn--zckzah");
}

// IdnaMappingTable.txt of Unicode 15.1 and 16 against what older ICUs hold.
TEST(url_host, maps_characters_as_unicode_17) {
    EXPECT_EQ(host_of("\u04C0.com"), host_of("\u04CF.com"));
    EXPECT_EQ(host_of("\u10A0.com"), host_of("\u2D00.com"));
    EXPECT_EQ(host_of("\u10C5.com"), host_of("\u2D25.com"));
    EXPECT_EQ(host_of("fa\u1E9E.de"), "xn--fa-hia.de");
    EXPECT_EQ(host_of("\u2132.com"), host_of("\u214E.com"));
    EXPECT_EQ(host_of("a\u3164b.com"), "ab.com");
    EXPECT_EQ(host_of("a\u206Ab.com"), "ab.com");
    EXPECT_EQ(host_of("\U0002F868.com"), host_of("\u36FC.com"));
}

TEST(url_host, refuses_names_that_idna_refuses) {
    for (const char* wrong :
         {"xn--a.ü",
          "xn--.ü",
          "xn--abc-.ü",
          "xn--te\u0161la",
          "\u05D0a",
          "a\u200Cb\u00FC",
          "\u0300\u00FC",
          "\u202E\u00FC",
          "\u00AD",
          "\uFFFD",
          "a\u0378",
          "\U000E0001"}) {
        EXPECT_EQ(host_of(wrong), "failure") << wrong;
    }
    std::string label;
    for (int i = 0; i < 512; ++i) label += "ü";
    EXPECT_NE(host_of(label), "failure");
    EXPECT_EQ(host_of(label + "ü"), "failure") << "more than 1,024 bytes";
}

}  // namespace
