#include "net/public_address.hpp"

#include "net/address_block.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace forage::detail {
namespace ip = boost::asio::ip;

namespace {

using bytes16 = ip::address_v6::bytes_type;

struct block4 {
    std::uint32_t network;
    int prefix;
};

constexpr std::uint32_t v4(unsigned a, unsigned b, unsigned c, unsigned d) { return a << 24U | b << 16U | c << 8U | d; }

constexpr std::array not_public4{
    block4{v4(0, 0, 0, 0), 8},         // this network, RFC 791; Linux connects 0.0.0.0 to itself
    block4{v4(10, 0, 0, 0), 8},        // private, RFC 1918
    block4{v4(100, 64, 0, 0), 10},     // carriers' NAT, RFC 6598; Alibaba's metadata, 100.100.100.200
    block4{v4(127, 0, 0, 0), 8},       // loopback, RFC 1122
    block4{v4(168, 63, 129, 16), 32},  // Azure's metadata and name server
    block4{v4(169, 254, 0, 0), 16},    // link local, RFC 3927; most clouds' metadata, 169.254.169.254
    block4{v4(172, 16, 0, 0), 12},     // private, RFC 1918
    block4{v4(192, 0, 0, 0), 24},      // IETF protocol assignments, RFC 6890; Oracle's metadata, 192.0.0.192
    block4{v4(192, 0, 2, 0), 24},      // documentation, RFC 5737
    block4{v4(192, 31, 196, 0), 24},   // AS112, RFC 7535: a sink that any network may run for itself
    block4{v4(192, 52, 193, 0), 24},   // AMT relays, RFC 7450: likewise
    block4{v4(192, 88, 99, 0), 24},    // 6to4 relays, RFC 7526
    block4{v4(192, 168, 0, 0), 16},    // private, RFC 1918
    block4{v4(192, 175, 48, 0), 24},   // AS112, RFC 7534
    block4{v4(198, 18, 0, 0), 15},     // benchmarking, RFC 2544
    block4{v4(198, 51, 100, 0), 24},   // documentation, RFC 5737
    block4{v4(203, 0, 113, 0), 24},    // documentation, RFC 5737
    block4{v4(224, 0, 0, 0), 4},       // multicast, RFC 5771
    block4{v4(240, 0, 0, 0), 4},       // reserved, RFC 1112; limited broadcast
};

struct block6 {
    std::array<std::uint16_t, 3> head;  // leading groups, the rest zero
    int prefix;
};

// Inside 2000::/3; nothing outside of it is global unicast (RFC 4291 §2.4). So fc00::/7 needs no line, where the
// metadata of AWS, fd00:ec2::254, and of Google, fd20:ce::254, is; nor 100::/64, 5f00::/16 or fe80::/10.
constexpr std::array not_public6{
    block6{{0x2001, 0x0000, 0}, 23},       // IETF protocol assignments, RFC 2928: Teredo, benchmarking, ORCHID
    block6{{0x2001, 0x0db8, 0}, 32},       // documentation, RFC 3849
    block6{{0x2002, 0x0000, 0}, 16},       // 6to4, RFC 3056
    block6{{0x2620, 0x004f, 0x8000}, 48},  // AS112, RFC 7534
    block6{{0x3fff, 0x0000, 0}, 20},       // documentation, RFC 9637
};

bytes16 widened(const block6& block) {
    bytes16 bytes{};
    for (std::size_t i = 0; i < block.head.size(); ++i) {
        bytes[2 * i]     = static_cast<unsigned char>(block.head[i] >> 8U);
        bytes[2 * i + 1] = static_cast<unsigned char>(block.head[i] & 0xFFU);
    }
    return bytes;
}

ip::address_v4 v4_at(const bytes16& b, std::size_t at, unsigned char flip = 0) {
    ip::address_v4::bytes_type bytes{};
    for (std::size_t i = 0; i < 4; ++i) bytes[i] = b[at + i] ^ flip;
    return ip::address_v4{bytes};
}

using head12 = std::array<unsigned char, 12>;
constexpr head12 mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};              // RFC 4291 §2.5.5.2
constexpr head12 compatible{};                                                  // RFC 4291 §2.5.5.1
constexpr head12 translated{0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0};          // RFC 2765 §2.1
constexpr head12 nat64{0, 0x64, 0xFF, 0x9B};                                    // RFC 6052 §2.1
constexpr std::array<unsigned char, 6> nat64_local{0, 0x64, 0xFF, 0x9B, 0, 1};  // RFC 8215
constexpr std::array<unsigned char, 2> six_to_four{0x20, 0x02};                 // RFC 3056 §2
constexpr std::array<unsigned char, 4> teredo{0x20, 0x01, 0, 0};                // RFC 4380 §4

bool begins_with(const bytes16& bytes, std::span<const unsigned char> head) {
    return std::equal(head.begin(), head.end(), bytes.begin());
}

bool is_public4(ip::address_v4 address) {
    const auto bits = address.to_uint();
    return std::none_of(not_public4.begin(), not_public4.end(), [bits](const block4& block) {
        const auto mask = static_cast<std::uint32_t>(0xFFFFFFFFULL << (32 - block.prefix));
        return (bits & mask) == block.network;
    });
}

}  // namespace

ip::address reached(const ip::address& address) noexcept {
    if (address.is_v4()) return address;
    const auto b = address.to_v6().to_bytes();
    if (begins_with(b, mapped) || begins_with(b, nat64)) return v4_at(b, 12);
    return address;
}

ip::address unwrapped(const ip::address& address) noexcept {
    if (const auto inner = reached(address); inner.is_v4()) return inner;
    if (address.is_unspecified() || address.is_loopback()) return address;  // :: and ::1 look like IPv4-compatible ones
    const auto b = address.to_v6().to_bytes();
    if (begins_with(b, compatible) || begins_with(b, translated) || begins_with(b, nat64_local)) return v4_at(b, 12);
    if (begins_with(b, six_to_four)) return v4_at(b, 2);
    if (begins_with(b, teredo)) return v4_at(b, 12, 0xFF);
    // ISATAP, RFC 5214 §6.1: interface identifier 0:5efe:a.b.c.d or 200:5efe:a.b.c.d, under any prefix
    if ((b[8] & 0xFDU) == 0 && b[9] == 0 && b[10] == 0x5E && b[11] == 0xFE) return v4_at(b, 12);
    return address;
}

bool is_public_unicast(const ip::address& address) noexcept {
    if (address.is_v6() && address.to_v6().scope_id() != 0) return false;
    if (const auto end = reached(address); end.is_v4()) return is_public4(end.to_v4());
    if (const auto inner = unwrapped(address); inner.is_v4() && !is_public4(inner.to_v4())) return false;
    const auto bytes = address.to_v6().to_bytes();
    if ((bytes[0] & 0xE0U) != 0x20) return false;
    return std::none_of(not_public6.begin(), not_public6.end(), [&](const block6& block) {
        return same_prefix(bytes, widened(block), block.prefix);
    });
}

}  // namespace forage::detail
