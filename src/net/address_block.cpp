#include "net/address_block.hpp"

#include <algorithm>
#include <charconv>

namespace forage::detail {
namespace ip = boost::asio::ip;

namespace {

error not_a_block(std::string_view text) {
    return error{
        errc::bad_argument, "not an address or CIDR block: " + std::string{text}, "write 192.0.2.1 or 192.0.2.0/24"
    };
}

}  // namespace

bool same_prefix(const ip::address_v6::bytes_type& a, const ip::address_v6::bytes_type& b, int bits) noexcept {
    const auto whole = static_cast<std::size_t>(bits / 8);
    if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
    const int rest = bits % 8;
    if (rest == 0) return true;
    const auto mask = static_cast<unsigned char>(0xFFU << (8 - rest));
    return (a[whole] & mask) == (b[whole] & mask);
}

result<address_block> address_block::parse(std::string_view text) {
    // make_address reads up to a NUL, and takes zones.
    if (text.find_first_of(std::string_view{"\0%", 2}) != std::string_view::npos) return not_a_block(text);
    const auto slash = text.find('/');
    boost::system::error_code ec;
    address_block block;
    block.address = ip::make_address(std::string{text.substr(0, slash)}, ec);
    if (ec) return not_a_block(text);
    const int bits = block.address.is_v4() ? 32 : 128;
    block.prefix   = bits;
    if (slash != std::string_view::npos) {
        const auto digits    = text.substr(slash + 1);
        const auto [end, er] = std::from_chars(digits.data(), digits.data() + digits.size(), block.prefix);
        if (er != std::errc{} || end != digits.data() + digits.size()) return not_a_block(text);
        if (block.prefix < 0 || block.prefix > bits) return not_a_block(text);
    }
    return block;
}

bool address_block::contains(const ip::address& other) const noexcept {
    if (address.is_v4() != other.is_v4()) return false;
    if (address.is_v4()) {
        if (prefix == 0) return true;  // a shift by all 32 bits is undefined
        return ((address.to_v4().to_uint() ^ other.to_v4().to_uint()) >> (32 - prefix)) == 0;
    }
    return same_prefix(address.to_v6().to_bytes(), other.to_v6().to_bytes(), prefix);
}

std::string address_block::text() const { return address.to_string() + '/' + std::to_string(prefix); }

}  // namespace forage::detail
