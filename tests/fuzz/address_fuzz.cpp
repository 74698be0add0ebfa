// libFuzzer target for the address guard. An IPv4 address and the IPv6 addresses that reach it get the same verdict,
// the ones that carry it by tunnel are never public; a block contains what shares its prefix and nothing else, and is
// read back as it is written; a literal in a URL is judged as the address it is. The input: 16 bytes of address, then a
// block or a URL.
#include "fuzz/require.hpp"
#include "net/address_guard.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace forage::detail;
namespace ip  = boost::asio::ip;
using bytes16 = ip::address_v6::bytes_type;

using forage::fuzz::require;

/// `v4`, with its bits turned over by `flip`, at `at` among zeros and the bytes of `head`.
ip::address_v6 carrier(bytes16 head, ip::address_v4 v4, std::size_t at = 12, unsigned char flip = 0) {
    const auto inner = v4.to_bytes();
    for (std::size_t i = 0; i < inner.size(); ++i) head[at + i] = inner[i] ^ flip;
    return ip::address_v6{head};
}

void check_verdicts(const bytes16& bytes) {
    const ip::address_v4 v4{ip::address_v4::bytes_type{bytes[0], bytes[1], bytes[2], bytes[3]}};
    const bool is_public = is_public_unicast(v4);
    for (const auto& same :
         {carrier({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, v4), carrier({0, 0x64, 0xFF, 0x9B}, v4)}) {
        require(is_public_unicast(same) == is_public, "not what it reaches", same.to_string());
        require(reached(same) == v4 && unwrapped(same) == v4, "reaches something else", same.to_string());
    }
    for (const auto& tunnel : {
             carrier({0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, v4),
             carrier({0, 0x64, 0xFF, 0x9B, 0, 1, bytes[4], bytes[5]}, v4),
             carrier({0x20, 0x02, 0, 0, 0, 0, bytes[4], bytes[5], bytes[6]}, v4, 2),
             carrier({0x20, 0x01, 0, 0, bytes[4], bytes[5], bytes[6], bytes[7]}, v4, 12, 0xFF),
         }) {
        require(!is_public_unicast(tunnel), "a tunnel is public", tunnel.to_string());
        require(unwrapped(tunnel) == v4, "carries something else", tunnel.to_string());
    }
    const auto isatap = carrier({0x26, bytes[4], bytes[5], bytes[6], 0, 0, 0, 0, 0, 0, 0x5E, 0xFE}, v4);
    require(is_public || !is_public_unicast(isatap), "ISATAP leads inside", isatap.to_string());

    const ip::address_v6 any{bytes};
    const auto inner = unwrapped(any);
    if (is_public_unicast(any)) {
        require((bytes[0] & 0xE0U) == 0x20 || reached(any).is_v4(), "not in 2000::/3", any.to_string());
        require(inner.is_v6() || is_public_unicast(inner), "leads inside", any.to_string());
    }
}

bytes16 with_bit_turned(bytes16 bytes, int bit) {
    bytes[static_cast<std::size_t>(bit / 8)] ^= static_cast<unsigned char>(0x80U >> (bit % 8));
    return bytes;
}

ip::address with_bit_turned(const ip::address& address, int bit) {
    if (address.is_v6()) return ip::address_v6{with_bit_turned(address.to_v6().to_bytes(), bit)};
    return ip::address_v4{address.to_v4().to_uint() ^ (0x80000000U >> static_cast<unsigned>(bit))};
}

void check_block(const address_block& block, const ip::address& other) {
    const auto text  = block.text();
    const auto again = address_block::parse(text);
    require(again && again->address == block.address && again->prefix == block.prefix, "reads differently", text);
    const int bits = block.address.is_v4() ? 32 : 128;
    for (int bit = 0; bit < bits; ++bit) {
        const auto near = with_bit_turned(block.address, bit);
        require(block.contains(near) == (bit >= block.prefix), "the wrong neighbours", text + ' ' + near.to_string());
    }
    const address_guard guard{false, {block}};
    const bool allowed = is_public_unicast(other) || block.contains(other) || block.contains(reached(other));
    require(guard.check(other).has_value() == allowed, "the guard and the block differ", text);
    require(guard.check(block.address).has_value(), "does not allow itself", text);
}

// With port 80 and no user there is nothing else to refuse a literal for.
void check_url(const forage::url& target) {
    const auto& host = target.host();
    if (target.kind() == forage::url::host_kind::domain) return;
    const auto plain   = forage::url::parse("http://" + host + "/").value();
    const bool is_v6   = target.kind() == forage::url::host_kind::ipv6;
    const auto address = ip::make_address(is_v6 ? host.substr(1, host.size() - 2) : host);
    require(address_guard{false, {}}.check(plain).has_value() == is_public_unicast(address), "a literal differs", host);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    bytes16 bytes{};
    if (size < bytes.size()) return 0;
    std::copy_n(data, bytes.size(), bytes.begin());
    check_verdicts(bytes);
    const std::string_view text{reinterpret_cast<const char*>(data) + bytes.size(), size - bytes.size()};
    const ip::address_v6 address{bytes};
    if (const auto block = address_block::parse(text)) check_block(*block, address);
    if (const auto target = forage::url::parse(text)) check_url(*target);
    if (const auto host = allowed_host(text)) {
        const auto again = allowed_host(*host);
        require(again && *again == *host, "is another host the second time", *host);
        const address_guard guard{false, {}, {*host}};
        require(guard.check(address, *host).has_value(), "an allowed host is refused", *host);
        const auto url = forage::url::parse("http://" + *host + ".:22/");
        require(url && guard.check(*url).has_value(), "an allowed host is refused by its URL", *host);
    }
    return 0;
}
