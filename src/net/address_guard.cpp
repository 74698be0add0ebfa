#include "net/address_guard.hpp"

#include <algorithm>
#include <array>
#include <charconv>
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
    block4{v4(0, 0, 0, 0), 8},         // this network
    block4{v4(10, 0, 0, 0), 8},        // private
    block4{v4(100, 64, 0, 0), 10},     // carrier NAT, Alibaba's metadata 100.100.100.200
    block4{v4(127, 0, 0, 0), 8},       // loopback
    block4{v4(168, 63, 129, 16), 32},  // Azure's metadata
    block4{v4(169, 254, 0, 0), 16},    // link local, most clouds' metadata
    block4{v4(172, 16, 0, 0), 12},     // private
    block4{v4(192, 0, 0, 0), 24},      // IETF protocol assignments
    block4{v4(192, 0, 2, 0), 24},      // documentation
    block4{v4(192, 88, 99, 0), 24},    // 6to4 relays
    block4{v4(192, 168, 0, 0), 16},    // private
    block4{v4(198, 18, 0, 0), 15},     // benchmarking
    block4{v4(198, 51, 100, 0), 24},   // documentation
    block4{v4(203, 0, 113, 0), 24},    // documentation
    block4{v4(224, 0, 0, 0), 4},       // multicast
    block4{v4(240, 0, 0, 0), 4},       // reserved, broadcast
};

struct block6 {
    std::array<std::uint16_t, 3> head;  // leading groups, the rest zero
    int prefix;
};

// Inside 2000::/3, outside of which nothing is global unicast.
constexpr std::array not_public6{
    block6{{0x2001, 0x0000, 0}, 23},  // IETF protocol assignments, Teredo and ORCHID among them
    block6{{0x2001, 0x0db8, 0}, 32},  // documentation
    block6{{0x2002, 0x0000, 0}, 16},  // 6to4
    block6{{0x3fff, 0x0000, 0}, 20},  // documentation
};

bool same_prefix(const bytes16& a, const bytes16& b, int bits) {
    const auto whole = static_cast<std::size_t>(bits / 8);
    if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
    const int rest = bits % 8;
    if (rest == 0) return true;
    const auto mask = static_cast<unsigned char>(0xFFU << (8 - rest));
    return (a[whole] & mask) == (b[whole] & mask);
}

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

// https://fetch.spec.whatwg.org/#port-blocking
constexpr std::array<std::uint16_t, 83> bad_ports{
    0,    1,    7,    9,    11,   13,   15,   17,   19,   20,   21,   22,   23,   25,   37,    42,   43,
    53,   69,   77,   79,   87,   95,   101,  102,  103,  104,  109,  110,  111,  113,  115,   117,  119,
    123,  135,  137,  139,  143,  161,  179,  389,  427,  465,  512,  513,  514,  515,  526,   530,  531,
    532,  540,  548,  554,  556,  563,  587,  601,  636,  989,  990,  993,  995,  1719, 1720,  1723, 2049,
    3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
};

bool ends_with_label(std::string_view host, std::string_view label) {
    return host == label ||
           (host.size() > label.size() && host.ends_with(label) && host[host.size() - label.size() - 1] == '.');
}

}  // namespace

result<address_block> address_block::parse(std::string_view text) {
    const auto slash = text.find('/');
    boost::system::error_code ec;
    address_block block;
    block.address = ip::make_address(std::string{text.substr(0, slash)}, ec);
    if (ec) return error{errc::bad_argument, "not an address or CIDR block: " + std::string{text}};
    const int bits = block.address.is_v4() ? 32 : 128;
    block.prefix   = bits;
    if (slash != std::string_view::npos) {
        const auto digits    = text.substr(slash + 1);
        const auto [end, er] = std::from_chars(digits.data(), digits.data() + digits.size(), block.prefix);
        if (er != std::errc{} || end != digits.data() + digits.size() || block.prefix < 0 || block.prefix > bits) {
            return error{errc::bad_argument, "not a CIDR block: " + std::string{text}};
        }
    }
    return block;
}

bool address_block::contains(const ip::address& other) const noexcept {
    if (address.is_v4() != other.is_v4()) return false;
    if (address.is_v4()) {
        if (prefix == 0) return true;
        return ((address.to_v4().to_uint() ^ other.to_v4().to_uint()) >> (32 - prefix)) == 0;
    }
    return same_prefix(address.to_v6().to_bytes(), other.to_v6().to_bytes(), prefix);
}

ip::address unwrapped(const ip::address& address) noexcept {
    if (address.is_v4()) return address;
    const auto b = address.to_v6().to_bytes();
    static constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    static constexpr std::array<unsigned char, 12> compatible{};
    static constexpr std::array<unsigned char, 12> translated{0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0};  // RFC 2765
    static constexpr std::array<unsigned char, 12> nat64{0, 0x64, 0xFF, 0x9B};                            // RFC 6052
    static constexpr std::array<unsigned char, 6> nat64_local{0, 0x64, 0xFF, 0x9B, 0, 1};                 // RFC 8215
    static constexpr std::array<unsigned char, 2> six_to_four{0x20, 0x02};                                // RFC 3056
    static constexpr std::array<unsigned char, 4> teredo{0x20, 0x01, 0, 0};                               // RFC 4380
    const bool all_zero_or_one = begins_with(b, compatible) && b[12] == 0 && b[13] == 0 && b[14] == 0 && b[15] <= 1;
    if (all_zero_or_one) return address;  // :: and ::1 are IPv6's own
    if (begins_with(b, mapped) || begins_with(b, compatible) || begins_with(b, translated) || begins_with(b, nat64) ||
        begins_with(b, nat64_local)) {
        return v4_at(b, 12);
    }
    if (begins_with(b, six_to_four)) return v4_at(b, 2);
    if (begins_with(b, teredo)) return v4_at(b, 12, 0xFF);
    // ISATAP, RFC 5214: interface identifier ::0:5efe:a.b.c.d or ::200:5efe:a.b.c.d
    if ((b[8] & 0xFDU) == 0 && b[9] == 0 && b[10] == 0x5E && b[11] == 0xFE) return v4_at(b, 12);
    return address;
}

bool is_public_unicast(const ip::address& address) noexcept {
    if (address.is_v4()) return is_public4(address.to_v4());
    const auto inner = unwrapped(address);
    if (inner.is_v4() && !is_public4(inner.to_v4())) return false;
    const auto bytes = address.to_v6().to_bytes();
    static constexpr std::array<unsigned char, 4> nat64{0, 0x64, 0xFF, 0x9B};
    // The well-known NAT64 prefix is a legitimate way to a public IPv4 address.
    if (begins_with(bytes, nat64) && inner.is_v4() && bytes[4] == 0 && bytes[5] == 0) return true;
    if ((bytes[0] & 0xE0U) != 0x20) return false;
    return std::none_of(not_public6.begin(), not_public6.end(), [&](const block6& block) {
        return same_prefix(bytes, widened(block), block.prefix);
    });
}

result<void> address_guard::check(const url& target) const {
    const auto refuse = [&](std::string what) {
        return error{errc::blocked_address, std::move(what), "allow the address if it is meant"}.on(target.host());
    };
    if (!target.username().empty() || !target.password().empty()) {
        return error{errc::bad_url, "the URL carries a user name or password", "leave them out"}.on(target.host());
    }
    if (allow_all_) return result<void>::success();
    if (std::binary_search(bad_ports.begin(), bad_ports.end(), target.port())) {
        return refuse("port " + std::to_string(target.port()) + " belongs to another protocol");
    }
    // Where addresses were allowed, the address that such a name resolves to decides.
    if (target.kind() == url::host_kind::domain && allowed_.empty()) {
        std::string_view host{target.host()};
        if (host.ends_with('.')) host.remove_suffix(1);
        for (const std::string_view local : {"localhost", "local", "internal"}) {
            if (ends_with_label(host, local)) return refuse("the name means this machine or network");
        }
    }
    return result<void>::success();
}

result<void> address_guard::check(const ip::address& address) const {
    if (allow_all_ || is_public_unicast(address)) return result<void>::success();
    const auto inner = unwrapped(address);
    for (const auto& block : allowed_) {
        if (block.contains(address) || block.contains(inner)) return result<void>::success();
    }
    return error{errc::blocked_address, address.to_string() + " is not a public address", "allow it if it is meant"};
}

}  // namespace forage::detail
