// Numbers of any length are read without overflow: beyond what an address can hold they only stay too large.
#include "url/ipv4.hpp"

#include "text/ascii.hpp"
#include "url/percent_encode.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace forage::detail {
namespace {

// Larger than any address, so that numbers of any length can be told apart from valid ones without overflow.
constexpr std::uint64_t too_big = std::uint64_t{1} << 40U;

// https://url.spec.whatwg.org/#ipv4-number-parser
std::optional<std::uint64_t> parse_number(std::string_view text) noexcept {
    if (text.empty()) return std::nullopt;
    int radix = 10;
    if (text.size() >= 2 && text[0] == '0') {
        const bool is_hex = text[1] == 'x' || text[1] == 'X';
        radix             = is_hex ? 16 : 8;
        text.remove_prefix(is_hex ? 2 : 1);
    }
    std::uint64_t value = 0;
    for (const char c : text) {
        const int digit = hex_value(c);
        if (digit < 0 || digit >= radix) return std::nullopt;
        value = std::min(value * static_cast<unsigned>(radix) + static_cast<unsigned>(digit), too_big);
    }
    return value;
}

std::string_view without_final_dot(std::string_view host) noexcept {
    if (host.ends_with('.')) host.remove_suffix(1);
    return host;
}

}  // namespace

bool ends_in_a_number(std::string_view host) noexcept {
    host            = without_final_dot(host);
    const auto last = host.substr(host.rfind('.') + 1);  // npos + 1 is 0
    if (last.empty() || last[0] < '0' || last[0] > '9') return false;
    if (std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; })) return true;
    return parse_number(last).has_value();
}

std::optional<std::uint32_t> parse_ipv4(std::string_view host) noexcept {
    host = without_final_dot(host);
    std::array<std::uint64_t, 4> numbers{};
    std::size_t count = 0;
    while (true) {
        const auto dot    = host.find('.');
        const auto number = parse_number(host.substr(0, dot));
        if (!number || count == numbers.size()) return std::nullopt;
        numbers[count++] = *number;
        if (dot == std::string_view::npos) break;
        host.remove_prefix(dot + 1);
    }
    // The last number fills all the bytes the others leave.
    const auto last = numbers[count - 1];
    if (last >= std::uint64_t{1} << (8 * (5 - count))) return std::nullopt;
    std::uint64_t address = last;
    for (std::size_t i = 0; i + 1 < count; ++i) {
        if (numbers[i] > 255) return std::nullopt;
        address += numbers[i] << (8 * (3 - i));
    }
    return static_cast<std::uint32_t>(address);
}

std::string ipv4_text(std::uint32_t address) {
    std::string out;
    for (unsigned shift = 32; shift != 0;) {
        shift -= 8;
        out += std::to_string((address >> shift) & 255U);
        if (shift != 0) out.push_back('.');
    }
    return out;
}

}  // namespace forage::detail
