// §10.2.1, the decoder of gb18030 and of GBK.
#include "text/decoders.hpp"
#include "text/lead_byte_decoding.hpp"
#include "text/multi_byte_tables.hpp"

namespace forage::detail {
namespace {

constexpr bool is_digit_byte(unsigned byte) noexcept { return is_between(byte, 0x30, 0x39); }
constexpr bool is_lead_byte(unsigned byte) noexcept { return is_between(byte, 0x81, 0xFE); }

/// A lead byte and a digit. What breaks off after them gives back all but the lead byte, what ends there does not.
std::size_t write_four(std::string_view bytes, char*& to) noexcept {
    if (bytes.size() == 2) return write_error(2, to);
    if (!is_lead_byte(byte_at(bytes, 2))) return write_error(1, to);
    if (bytes.size() == 3) return write_error(3, to);
    if (!is_digit_byte(byte_at(bytes, 3))) return write_error(1, to);
    const std::size_t pointer = (byte_at(bytes, 0) - 0x81) * 12600u + (byte_at(bytes, 1) - 0x30) * 1260u +
                                (byte_at(bytes, 2) - 0x81) * 10u + (byte_at(bytes, 3) - 0x30);
    const char32_t c = gb18030_range_character(pointer);
    if (c == 0) return write_error(4, to);
    write_utf8(c, to);
    return 4;
}

}  // namespace

void decode_gb18030(std::string_view all, utf8_writer& out) {
    const auto& table = gb18030_table();
    decode_by_lead_byte(all, out, [&](std::string_view bytes, char*& to) -> std::size_t {
        const unsigned lead = byte_at(bytes, 0);
        if (lead == 0x80) {
            write_utf8(U'\u20AC', to);
            return 1;
        }
        if (lead == 0xFF || bytes.size() == 1) return write_error(1, to);
        const unsigned second = byte_at(bytes, 1);
        if (is_digit_byte(second)) return write_four(bytes, to);
        if (!is_between(second, 0x40, 0x7E) && !is_between(second, 0x80, 0xFE)) return write_pair({}, second, to);
        return write_pair(table[(lead - 0x81) * 190 + second - (second < 0x7F ? 0x40 : 0x41)], second, to);
    });
}

}  // namespace forage::detail
