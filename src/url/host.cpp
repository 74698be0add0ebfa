// Parsing of hosts: plain names in one pass, the rest through percent-decoding and IDNA.
#include "url/host.hpp"

#include "text/ascii.hpp"
#include "url/idna.hpp"
#include "url/ipv4.hpp"
#include "url/ipv6.hpp"
#include "url/percent_encode.hpp"

#include <algorithm>
#include <array>

namespace forage::detail {
namespace {

enum host_byte : unsigned char { plain, other, forbidden };

// https://url.spec.whatwg.org/#forbidden-domain-code-point, without the '%' that is still to be decoded.
constexpr auto host_bytes = [] {
    std::array<host_byte, 256> table{};
    table.fill(other);
    const auto set = [&table](std::string_view characters, host_byte kind) {
        for (const char c : characters) table[static_cast<unsigned char>(c)] = kind;
    };
    set("abcdefghijklmnopqrstuvwxyz0123456789-._", plain);
    set(" #/:<>?@[\\]^|\x7F", forbidden);
    for (unsigned control = 0; control < 0x20; ++control) table[control] = forbidden;
    return table;
}();

constexpr host_byte byte_kind(char c) noexcept { return host_bytes[static_cast<unsigned char>(c)]; }

bool is_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

parsed_host failed(const char* problem) {
    parsed_host host;
    host.problem = problem;
    return host;
}

parsed_host domain_or_ipv4(std::string domain) {
    parsed_host host;
    if (ends_in_a_number(domain)) {
        const auto address = parse_ipv4(domain);
        if (!address) return failed("the host ends in a number but is no IPv4 address");
        host.text = ipv4_text(*address);
        host.kind = url::host_kind::ipv4;
        return host;
    }
    host.text = std::move(domain);
    return host;
}

parsed_host bracketed(std::string_view text) {
    if (!text.ends_with(']')) return failed("the host lacks its closing bracket");
    const auto pieces = parse_ipv6(text.substr(1, text.size() - 2));
    if (!pieces) return failed("the host in brackets is no IPv6 address");
    parsed_host host;
    host.text = '[' + ipv6_text(*pieces) + ']';
    host.kind = url::host_kind::ipv6;
    return host;
}

}  // namespace

parsed_host parse_host(std::string_view text) {
    auto worst = plain;
    for (const char c : text) worst = std::max(worst, byte_kind(c));
    if (worst == plain) return domain_or_ipv4(std::string{text});
    if (text.starts_with('[')) return bracketed(text);

    auto domain = percent_decode(text);
    if (is_ascii(domain)) {
        for (char& c : domain) c = to_lower(c);
    } else {
        auto ascii = domain_to_ascii(domain);
        if (!ascii) return failed("the host is no valid international domain name");
        domain = std::move(*ascii);
    }
    if (domain.empty()) return failed("the host is empty");
    const auto is_forbidden = [](char c) { return c == '%' || byte_kind(c) == forbidden; };
    if (std::any_of(domain.begin(), domain.end(), is_forbidden)) return failed("the host has a forbidden character");
    return domain_or_ipv4(std::move(domain));
}

}  // namespace forage::detail
