// §10.2.1, the decoder of gb18030 and of GBK.
#include "text/decoders.hpp"
#include "text/lead_byte_decoding.hpp"
#include "text/multi_byte_tables.hpp"

namespace forage::detail {
namespace {

constexpr bool is_digit_byte(unsigned byte) noexcept { return is_between(byte, 0x30, 0x39); }
constexpr bool is_lead_byte(unsigned byte) noexcept { return is_between(byte, 0x81, 0xFE); }

/// A lead byte and a digit. What breaks off after them gives back all but the lead byte, what ends there does not.
std::size_t put_four(std::string_view bytes, utf8_writer& out) {
    const auto fails = [&](std::size_t taken) {
        out.put_error();
        return taken;
    };
    if (bytes.size() == 2) return fails(2);
    if (!is_lead_byte(byte_at(bytes, 2))) return fails(1);
    if (bytes.size() == 3) return fails(3);
    if (!is_digit_byte(byte_at(bytes, 3))) return fails(1);
    const std::size_t pointer = (byte_at(bytes, 0) - 0x81) * 12600u + (byte_at(bytes, 1) - 0x30) * 1260u +
                                (byte_at(bytes, 2) - 0x81) * 10u + (byte_at(bytes, 3) - 0x30);
    const char32_t c = gb18030_range_character(pointer);
    if (c == 0) return fails(4);
    out.put(c);
    return 4;
}

}  // namespace

void decode_gb18030(std::string_view all, utf8_writer& out) {
    const auto& table = gb18030_table();
    decode_by_lead_byte(all, out, [&](std::string_view bytes) -> std::size_t {
        const unsigned lead = byte_at(bytes, 0);
        if (lead == 0x80) {
            out.put(U'\u20AC');
            return 1;
        }
        if (lead == 0xFF || bytes.size() == 1) return put_lone(out);
        const unsigned second = byte_at(bytes, 1);
        if (is_digit_byte(second)) return put_four(bytes, out);
        if (!is_between(second, 0x40, 0x7E) && !is_between(second, 0x80, 0xFE)) return put_pair({}, second, out);
        return put_pair(table[(lead - 0x81) * 190 + second - (second < 0x7F ? 0x40 : 0x41)], second, out);
    });
}

}  // namespace forage::detail
