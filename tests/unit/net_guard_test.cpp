// The address guard: its tables, in every disguise an address can wear, and what is allowed to pass them.
#include "net/address_guard.hpp"
#include "net/hosts_file.hpp"

#include <forage/client.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

namespace forage::detail {
namespace {

namespace ip = boost::asio::ip;

ip::address at(const char* text) { return ip::make_address(text); }

struct range {
    const char* first;
    const char* last;
    const char* before;  // the public neighbours, or null where the neighbour is not public either
    const char* after;
};

void expect_ends(const range& block) {
    for (const char* text : {block.first, block.last}) EXPECT_FALSE(is_public_unicast(at(text))) << text;
    for (const char* text : {block.before, block.after}) {
        EXPECT_TRUE(text == nullptr || is_public_unicast(at(text))) << text;
    }
}

// Every block of the IANA special-purpose registry for IPv4, multicast, and the cloud's address outside of them.
TEST(public_address, ends_exactly_where_special_purpose_ipv4_begins) {
    for (const auto& block : {
             range{"0.0.0.0", "0.255.255.255", nullptr, "1.0.0.0"},
             range{"10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"},
             range{"100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"},
             range{"127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"},
             range{"168.63.129.16", "168.63.129.16", "168.63.129.15", "168.63.129.17"},
             range{"169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"},
             range{"172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"},
             range{"192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"},
             range{"192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"},
             range{"192.31.196.0", "192.31.196.255", "192.31.195.255", "192.31.197.0"},
             range{"192.52.193.0", "192.52.193.255", "192.52.192.255", "192.52.194.0"},
             range{"192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"},
             range{"192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"},
             range{"192.175.48.0", "192.175.48.255", "192.175.47.255", "192.175.49.0"},
             range{"198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"},
             range{"198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"},
             range{"203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"},
             range{"224.0.0.0", "255.255.255.255", "223.255.255.255", nullptr},
         }) {
        expect_ends(block);
    }
}

TEST(public_address, ends_exactly_where_special_purpose_ipv6_begins) {
    for (const auto& block : {
             range{"::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nullptr, "2000::"},
             range{"2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2000:ffff::", "2001:200::"},
             range{"2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff::", "2001:db9::"},
             range{"2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff::", "2003::"},
             range{"2620:4f:8000::", "2620:4f:8000:ffff::", "2620:4f:7fff::", "2620:4f:8001::"},
             range{"3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffe:ffff::", "3fff:1000::"},
             range{"4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:ffff::", nullptr},
         }) {
        expect_ends(block);
    }
}

TEST(public_address, metadata_services_of_clouds_are_not) {
    for (const char* text : {
             "169.254.169.254",  // most
             "169.254.170.2",    // AWS, containers
             "169.254.0.23",     // Tencent
             "100.100.100.200",  // Alibaba
             "168.63.129.16",    // Azure
             "192.0.0.192",      // Oracle
             "fd00:ec2::254",    // AWS
             "fd20:ce::254",     // Google
             "fe80::a9fe:a9fe",  // OpenStack
         }) {
        EXPECT_FALSE(is_public_unicast(at(text))) << text;
    }
}

TEST(public_address, ipv4_inside_ipv6_is_judged_as_what_is_reached) {
    for (const char* text : {
             "::ffff:127.0.0.1",
             "::ffff:10.0.0.1",
             "::ffff:0.0.0.0",
             "64:ff9b::127.0.0.1",
             "64:ff9b::169.254.169.254",
             "2607:f8b0::5efe:10.0.0.1",  // ISATAP, of a private address
             "2607:f8b0::200:5efe:192.168.0.1",
         }) {
        EXPECT_FALSE(is_public_unicast(at(text))) << text;
    }
    for (const char* text : {"::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2607:f8b0::5efe:8.8.8.8"}) {
        EXPECT_TRUE(is_public_unicast(at(text))) << text;
    }
}

TEST(public_address, tunnels_and_translators_of_ones_own_are_not_whatever_they_carry) {
    for (const char* text : {
             "::8.8.8.8",
             "::ffff:0:8.8.8.8",
             "64:ff9b:1::8.8.8.8",
             "2002:808:808::1",
             "2001:0:1234::f7f7:f7f7",
         }) {
        EXPECT_FALSE(is_public_unicast(at(text))) << text;
        EXPECT_EQ(unwrapped(at(text)), at("8.8.8.8")) << text;
    }
    EXPECT_EQ(unwrapped(at("::1")), at("::1"));
    EXPECT_EQ(unwrapped(at("::")), at("::"));
}

TEST(public_address, an_address_with_a_zone_is_not) {
    auto address = at("2606:4700::1111").to_v6();
    EXPECT_TRUE(is_public_unicast(address));
    address.scope_id(1);
    EXPECT_FALSE(is_public_unicast(address));
}

TEST(address_block, is_parsed_strictly_and_matches_by_prefix) {
    const auto block = address_block::parse("10.1.0.0/16");
    ASSERT_TRUE(block);
    EXPECT_TRUE(block->contains(at("10.1.255.255")));
    EXPECT_FALSE(block->contains(at("10.2.0.0")));
    EXPECT_TRUE(address_block::parse("0.0.0.0/0")->contains(at("8.8.8.8")));
    EXPECT_FALSE(address_block::parse("0.0.0.0/0")->contains(at("::1")));
    EXPECT_TRUE(address_block::parse("fd00::/8")->contains(at("fdff::1")));
    EXPECT_FALSE(address_block::parse("fd00::/8")->contains(at("fe00::1")));
    EXPECT_EQ(address_block::parse("192.0.2.1")->text(), "192.0.2.1/32");
    using namespace std::string_view_literals;
    for (const auto text :
         {""sv,
          "x"sv,
          "10.0.0.0/33"sv,
          "10.0.0.0/-1"sv,
          "10.0.0.0/8x"sv,
          "10.0.0.0/"sv,
          "10.0.0.0/ 8"sv,
          "010.0.0.1"sv,
          "10.1"sv,
          "0x7f.0.0.1"sv,
          "::/129"sv,
          "[::1]"sv,
          "fe80::1%lo/64"sv,
          "10.0.0.1\0x"sv,
          "10.0.0.0/8/8"sv}) {
        EXPECT_FALSE(address_block::parse(text)) << text;
    }
}

errc code_of(const address_guard& guard, std::string_view text) {
    const auto parsed = url::parse(text);
    if (!parsed) return errc::bad_url;
    const auto allowed = guard.check(*parsed);
    return allowed ? errc::ok : allowed.error().code;
}

TEST(address_guard, an_allowed_block_opens_nothing_else) {
    const address_guard guard{false, {*address_block::parse("127.0.0.0/8")}};
    EXPECT_TRUE(guard.check(at("127.0.0.1")));
    EXPECT_TRUE(guard.check(at("::ffff:127.0.0.1"))) << "reaches an allowed address";
    EXPECT_FALSE(guard.check(at("::127.0.0.1"))) << "reaches who knows what";
    EXPECT_FALSE(guard.check(at("2002:7f00:1::1")));
    EXPECT_FALSE(guard.check(at("0.0.0.0")));
    EXPECT_FALSE(guard.check(at("::1")));
    EXPECT_FALSE(guard.check(at("10.0.0.1")));
    EXPECT_FALSE(guard.check(at("169.254.169.254")));
    EXPECT_TRUE(guard.check(at("1.1.1.1")));
    EXPECT_EQ(code_of(guard, "http://127.0.0.1:22/"), errc::blocked_address) << "addresses, not ports";
}

TEST(address_guard, refuses_credentials_local_names_literals_and_other_protocols_ports) {
    const address_guard guard{false, {}};
    EXPECT_EQ(code_of(guard, "https://example.com/"), errc::ok);
    EXPECT_EQ(code_of(guard, "https://1.1.1.1:8443/"), errc::ok);
    EXPECT_EQ(code_of(guard, "http://[2606:4700::1111]/"), errc::ok);
    EXPECT_EQ(code_of(guard, "https://user:pass@example.com/"), errc::bad_url);
    EXPECT_EQ(code_of(guard, "http://a..example.com/"), errc::bad_url);
    EXPECT_EQ(code_of(guard, "http://localhost../"), errc::bad_url);
    for (const char* text : {
             "http://localhost/",
             "http://LOCALHOST/",
             "http://a.localhost./",
             "http://printer.local/",
             "http://x.internal/",
             "http://nas.home.arpa/",
             "http://example.com:22/",
             "http://example.com:25/",
             "http://example.com:6667/",
             "http://example.com:0/",
             "http://example.com:10080/",
             "http://127.1/",
             "http://2130706433/",
             "http://[::1]/",
             "http://[::ffff:10.0.0.1]/",
             "http://169.254.169.254./",
         }) {
        EXPECT_EQ(code_of(guard, text), errc::blocked_address) << text;
    }
    EXPECT_EQ(code_of(guard, "http://notlocalhost/"), errc::ok);
    EXPECT_EQ(code_of(guard, "http://internal.example.com/"), errc::ok);
}

TEST(address_guard, everything_allowed_still_needs_a_url_that_can_be_fetched) {
    const address_guard guard{true, {}};
    EXPECT_EQ(code_of(guard, "http://127.0.0.1:22/"), errc::ok);
    EXPECT_EQ(code_of(guard, "http://localhost/"), errc::ok);
    EXPECT_TRUE(guard.check(at("169.254.169.254")));
    EXPECT_EQ(code_of(guard, "http://user@127.0.0.1/"), errc::bad_url);
}

TEST(address_guard, an_allowed_host_may_have_any_address_and_port_and_nobody_else) {
    const address_guard guard{false, {}, {"wiki.intranet.example", "localhost", "db.internal"}};
    for (const char* text : {
             "http://wiki.intranet.example/",
             "http://WIKI.intranet.example.:22/",
             "http://localhost:6667/",
             "http://db.internal./",
         }) {
        EXPECT_EQ(code_of(guard, text), errc::ok) << text;
    }
    for (const char* text : {
             "http://x.wiki.intranet.example:22/",
             "http://a.localhost/",
             "http://db2.internal/",
             "http://127.0.0.1/",
         }) {
        EXPECT_EQ(code_of(guard, text), errc::blocked_address) << text;
    }
    EXPECT_TRUE(guard.check(at("10.0.0.1"), "wiki.intranet.example"));
    EXPECT_TRUE(guard.check(at("fe80::1"), "wiki.intranet.example."));
    EXPECT_FALSE(guard.check(at("10.0.0.1"), "intranet.example"));
    EXPECT_FALSE(guard.check(at("10.0.0.1"), "evil.example"));
    EXPECT_FALSE(guard.check(at("10.0.0.1")));
    const auto refused = guard.check(at("10.0.0.1"), "evil.example");
    EXPECT_EQ(refused.error().host, "evil.example");
}

TEST(address_guard, one_bad_address_among_all_refuses_the_host) {
    const address_guard guard{false, {}, {"wiki.intranet.example"}};
    EXPECT_TRUE(guard.check_all(std::vector{at("1.1.1.1"), at("2606:4700::1111")}, "example.com"));
    EXPECT_FALSE(guard.check_all(std::vector{at("1.1.1.1"), at("10.0.0.1")}, "example.com"));
    EXPECT_FALSE(guard.check_all(std::vector{at("::1"), at("1.1.1.1")}, "example.com"));
    EXPECT_TRUE(guard.check_all(std::vector{at("1.1.1.1"), at("10.0.0.1")}, "wiki.intranet.example"));
}

TEST(allowed_host, is_a_name_alone_in_the_form_of_urls) {
    EXPECT_EQ(allowed_host("Wiki.Intranet.Example.").value(), "wiki.intranet.example");
    EXPECT_EQ(
        allowed_host("b\xC3\xBC"
                     "cher.example")
            .value(),
        "xn--bcher-kva.example"
    );
    EXPECT_EQ(allowed_host("localhost").value(), "localhost");
    for (const char* text : {
             "",
             ".",
             "a..b",
             "*.internal",
             "%2a.internal",
             "10.0.0.1",
             "[::1]",
             "::1",
             "2130706433",
             "wiki:80",
             "wiki:8080",
             "user@wiki",
             "wiki/path",
             "wiki?q",
             "wiki#f",
             "http://wiki/",
             "a b",
         }) {
        const auto host = allowed_host(text);
        ASSERT_FALSE(host) << text;
        EXPECT_EQ(host.error().code, errc::bad_argument) << text;
    }
}

TEST(allowed_host, that_is_none_makes_no_client) {
    boost::asio::io_context io;
    client_options options;
    options.allow_hosts = {"*.internal"};
    EXPECT_THROW((client{io.get_executor(), options}), exception);
    options.allow_hosts = {"db.internal"};
    EXPECT_NO_THROW((client{io.get_executor(), options}));
}

TEST(hosts_file, is_read_as_hosts_5_says) {
    const auto table =
        parse_hosts("127.0.0.1 localhost\n# a comment\n\n10.0.0.7\tBuild build.lan # tail\nnonsense here\n::1 localhost"
        );
    EXPECT_EQ(table.at("localhost").size(), 2U);
    EXPECT_EQ(table.at("build").front(), at("10.0.0.7"));
    EXPECT_EQ(table.at("build.lan").front(), at("10.0.0.7"));
    EXPECT_EQ(table.size(), 3U);
}

}  // namespace
}  // namespace forage::detail
