// The address guard's tables, in every disguise an address can wear.
#include "net/address_guard.hpp"
#include "net/hosts_file.hpp"

#include <gtest/gtest.h>

namespace forage::detail {
namespace {

namespace ip = boost::asio::ip;

ip::address at(const char* text) { return ip::make_address(text); }

TEST(address_guard, refuses_special_purpose_addresses) {
    for (const char* text : {
             "0.0.0.0",
             "0.1.2.3",
             "10.0.0.1",
             "100.64.0.1",
             "100.100.100.200",
             "127.0.0.1",
             "127.255.255.254",
             "168.63.129.16",
             "169.254.169.254",
             "172.16.0.1",
             "172.31.255.255",
             "192.0.0.8",
             "192.0.2.1",
             "192.88.99.1",
             "192.168.1.1",
             "198.18.0.1",
             "198.19.255.255",
             "198.51.100.1",
             "203.0.113.1",
             "224.0.0.1",
             "239.255.255.255",
             "240.0.0.1",
             "255.255.255.255",
             "::",
             "::1",
             "fe80::1",
             "fec0::1",
             "fc00::1",
             "fd00:ec2::254",
             "ff02::1",
             "100::1",
             "2001:db8::1",
             "2001::1",
             "3fff::1",
             "5f00::1",
             "4000::1",
             "::2",
         }) {
        EXPECT_FALSE(is_public_unicast(at(text))) << text;
    }
}

TEST(address_guard, refuses_private_ipv4_inside_ipv6) {
    for (const char* text : {
             "::ffff:127.0.0.1",
             "::ffff:10.0.0.1",
             "::127.0.0.1",
             "::ffff:0:127.0.0.1",
             "64:ff9b::127.0.0.1",
             "64:ff9b:1::10.0.0.1",
             "2002:7f00:1::1",
             "2002:a9fe:a9fe::",
             "2001:0:1234::80ff:fffe",
             "2607:f8b0::5efe:10.0.0.1",
         }) {
        EXPECT_FALSE(is_public_unicast(at(text))) << text;
    }
}

TEST(address_guard, allows_public_addresses_up_to_the_edges_of_the_blocks) {
    for (const char* text : {
             "1.1.1.1",         "9.255.255.255",   "11.0.0.0",        "100.63.255.255",   "100.128.0.0",
             "126.255.255.255", "128.0.0.0",       "169.253.255.255", "169.255.0.0",      "172.15.255.255",
             "172.32.0.0",      "192.167.255.255", "192.169.0.0",     "198.17.255.255",   "198.20.0.0",
             "223.255.255.255", "2606:4700::1111", "2a00:1450::200e", "64:ff9b::8.8.8.8",
         }) {
        EXPECT_TRUE(is_public_unicast(at(text))) << text;
    }
}

TEST(address_guard, blocks_are_parsed_strictly_and_match_by_prefix) {
    const auto block = address_block::parse("10.1.0.0/16");
    ASSERT_TRUE(block);
    EXPECT_TRUE(block->contains(at("10.1.255.255")));
    EXPECT_FALSE(block->contains(at("10.2.0.0")));
    EXPECT_TRUE(address_block::parse("0.0.0.0/0")->contains(at("8.8.8.8")));
    EXPECT_TRUE(address_block::parse("fd00::/8")->contains(at("fdff::1")));
    EXPECT_FALSE(address_block::parse("fd00::/8")->contains(at("fe00::1")));
    for (const char* text : {"", "x", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0.0/", "::/129"}) {
        EXPECT_FALSE(address_block::parse(text)) << text;
    }
}

TEST(address_guard, an_allowed_block_opens_nothing_else) {
    const address_guard guard{false, {*address_block::parse("127.0.0.0/8")}};
    EXPECT_TRUE(guard.check(at("127.0.0.1")));
    EXPECT_TRUE(guard.check(at("::ffff:127.0.0.1")));
    EXPECT_FALSE(guard.check(at("10.0.0.1")));
    EXPECT_FALSE(guard.check(at("169.254.169.254")));
    EXPECT_TRUE(guard.check(at("1.1.1.1")));
}

TEST(address_guard, refuses_credentials_local_names_and_other_protocols_ports) {
    const address_guard guard{false, {}};
    const auto code_of = [&](const char* text) {
        const auto parsed = url::parse(text);
        if (!parsed) return errc::bad_url;
        const auto allowed = guard.check(*parsed);
        return allowed ? errc::ok : allowed.error().code;
    };
    EXPECT_EQ(code_of("https://example.com/"), errc::ok);
    EXPECT_EQ(code_of("https://user:pass@example.com/"), errc::bad_url);
    for (const char* text : {
             "http://localhost/",
             "http://a.localhost./",
             "http://printer.local/",
             "http://x.internal/",
             "http://example.com:22/",
             "http://example.com:25/",
             "http://example.com:6667/",
             "http://example.com:10080/",
         }) {
        EXPECT_EQ(code_of(text), errc::blocked_address) << text;
    }
    EXPECT_EQ(code_of("http://notlocalhost/"), errc::ok);
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
