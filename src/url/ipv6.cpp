// The parser reads the pieces in order and moves those behind "::" to the end when it is done.
#include "url/ipv6.hpp"

#include "text/ascii.hpp"
#include "url/percent_encode.hpp"

#include <algorithm>
#include <charconv>

namespace forage::detail {
namespace {

// Reads the dotted end of an address such as ::ffff:1.2.3.4 into two pieces. Stricter than parse_ipv4: exactly four
// decimal numbers without leading zeros.
bool read_dotted_end(std::string_view text, std::uint16_t& high, std::uint16_t& low) noexcept {
    std::array<unsigned, 4> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i != 0) {
            if (!text.starts_with('.')) return false;
            text.remove_prefix(1);
        }
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), bytes[i]);
        const auto digits         = static_cast<std::size_t>(end - text.data());
        if (failure != std::errc{} || bytes[i] > 255 || (digits > 1 && text[0] == '0')) return false;
        text.remove_prefix(digits);
    }
    high = static_cast<std::uint16_t>(bytes[0] * 256 + bytes[1]);
    low  = static_cast<std::uint16_t>(bytes[2] * 256 + bytes[3]);
    return text.empty();
}

}  // namespace

std::optional<ipv6_pieces> parse_ipv6(std::string_view text) noexcept {
    ipv6_pieces pieces{};
    std::size_t count = 0;                   // pieces read
    std::optional<std::size_t> compress_at;  // where "::" stands
    if (text.starts_with(':')) {
        if (!text.starts_with("::")) return std::nullopt;
        text.remove_prefix(2);
        compress_at = 0;
    }
    // One of the eight pieces is spent on a leading or inner "::", which stands for at least one.
    const auto room = [&] { return compress_at ? pieces.size() - 1 : pieces.size(); };
    while (!text.empty()) {
        if (count == room()) return std::nullopt;
        if (text[0] == ':') {
            if (compress_at) return std::nullopt;
            text.remove_prefix(1);
            compress_at = count;
            continue;
        }
        unsigned value     = 0;
        std::size_t digits = 0;
        for (; digits < 4 && digits < text.size() && hex_value(text[digits]) >= 0; ++digits) {
            value = value * 16 + static_cast<unsigned>(hex_value(text[digits]));
        }
        if (digits < text.size() && text[digits] == '.') {
            if (count + 2 > room() || !read_dotted_end(text, pieces[count], pieces[count + 1])) return std::nullopt;
            count += 2;
            break;
        }
        text.remove_prefix(digits);
        if (text.starts_with(':')) {
            text.remove_prefix(1);
            if (text.empty()) return std::nullopt;
        } else if (!text.empty()) {
            return std::nullopt;
        }
        pieces[count++] = static_cast<std::uint16_t>(value);
    }
    if (!compress_at) return count == pieces.size() ? std::optional{pieces} : std::nullopt;
    // What was read after "::" moves to the end; zeros fill the gap.
    const auto gap = pieces.begin() + static_cast<std::ptrdiff_t>(*compress_at);
    std::rotate(gap, pieces.begin() + static_cast<std::ptrdiff_t>(count), pieces.end());
    return pieces;
}

std::string ipv6_text(const ipv6_pieces& pieces) {
    std::size_t best = 0, best_length = 1;  // a single zero is not compressed
    for (std::size_t i = 0; i < pieces.size();) {
        std::size_t end = i;
        while (end < pieces.size() && pieces[end] == 0) ++end;
        if (end - i > best_length) {
            best        = i;
            best_length = end - i;
        }
        i = std::max(end, i + 1);
    }
    std::string out;
    for (std::size_t i = 0; i < pieces.size();) {
        if (best_length > 1 && i == best) {
            out += "::";
            i += best_length;
            continue;
        }
        if (!out.empty() && out.back() != ':') out.push_back(':');
        std::array<char, 4> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), pieces[i], 16).ptr;
        out.append(digits.data(), end);
        ++i;
    }
    return out;
}

}  // namespace forage::detail
