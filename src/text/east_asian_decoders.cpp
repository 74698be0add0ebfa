// Big5, EUC-KR, Shift_JIS and EUC-JP: one or two bytes a character, three in a corner of EUC-JP.
#include "text/decoders.hpp"
#include "text/lead_byte_decoding.hpp"
#include "text/multi_byte_tables.hpp"

namespace forage::detail {

// §11.1.1.
void decode_big5(std::string_view all, utf8_writer& out) {
    const auto& table = big5_table();
    decode_by_lead_byte(all, out, [&](std::string_view bytes, char*& to) -> std::size_t {
        const unsigned lead = byte_at(bytes, 0);
        if (lead == 0x80 || lead == 0xFF || bytes.size() == 1) return write_error(1, to);
        const unsigned trail = byte_at(bytes, 1);
        if (!is_between(trail, 0x40, 0x7E) && !is_between(trail, 0xA1, 0xFE)) return write_pair({}, trail, to);
        const unsigned pointer = (lead - 0x81) * 157 + trail - (trail < 0x7F ? 0x40 : 0x62);
        // The four that stand for a letter and an accent.
        if (pointer == 1133 || pointer == 1135 || pointer == 1164 || pointer == 1166) {
            write_utf8(pointer < 1150 ? U'\u00CA' : U'\u00EA', to);
            write_utf8(pointer == 1133 || pointer == 1164 ? U'\u0304' : U'\u030C', to);
            return 2;
        }
        return write_pair(table[pointer], trail, to);
    });
}

// §13.1.1.
void decode_euc_kr(std::string_view all, utf8_writer& out) {
    const auto& table = euc_kr_table();
    decode_by_lead_byte(all, out, [&](std::string_view bytes, char*& to) -> std::size_t {
        const unsigned lead = byte_at(bytes, 0);
        if (lead == 0x80 || lead == 0xFF || bytes.size() == 1) return write_error(1, to);
        const unsigned trail = byte_at(bytes, 1);
        if (!is_between(trail, 0x41, 0xFE)) return write_pair({}, trail, to);
        return write_pair(table[(lead - 0x81) * 190 + trail - 0x41], trail, to);
    });
}

// §12.3.1.
void decode_shift_jis(std::string_view all, utf8_writer& out) {
    const auto& table = jis0208_table();
    decode_by_lead_byte(all, out, [&](std::string_view bytes, char*& to) -> std::size_t {
        const unsigned lead = byte_at(bytes, 0);
        if (lead == 0x80 || is_between(lead, 0xA1, 0xDF)) {
            write_utf8(lead == 0x80 ? U'\u0080' : 0xFF61 - 0xA1 + lead, to);
            return 1;
        }
        if (lead == 0xA0 || lead > 0xFC || bytes.size() == 1) return write_error(1, to);
        const unsigned trail = byte_at(bytes, 1);
        if (!is_between(trail, 0x40, 0x7E) && !is_between(trail, 0x80, 0xFC)) return write_pair({}, trail, to);
        const unsigned pointer = (lead - (lead < 0xA0 ? 0x81 : 0xC1)) * 188 + trail - (trail < 0x7F ? 0x40 : 0x41);
        if (is_between(pointer, 8836, 10715)) return write_pair(to_utf8(0xE000 + pointer - 8836), trail, to);
        return write_pair(table[pointer], trail, to);
    });
}

// §12.1.1.
void decode_euc_jp(std::string_view all, utf8_writer& out) {
    const auto& table       = jis0208_table();
    const auto is_jis       = [](unsigned byte) { return is_between(byte, 0xA1, 0xFE); };
    const auto pointer_from = [](unsigned lead, unsigned trail) { return (lead - 0xA1) * 94 + trail - 0xA1; };
    decode_by_lead_byte(all, out, [&](std::string_view bytes, char*& to) -> std::size_t {
        const unsigned lead = byte_at(bytes, 0);
        if ((lead != 0x8E && lead != 0x8F && !is_jis(lead)) || bytes.size() == 1) return write_error(1, to);
        const unsigned second = byte_at(bytes, 1);
        if (lead == 0x8E && is_between(second, 0xA1, 0xDF)) {
            write_utf8(0xFF61 - 0xA1 + second, to);
            return 2;
        }
        if (lead == 0x8E || !is_jis(second)) return write_pair({}, second, to);
        if (lead != 0x8F) return write_pair(table[pointer_from(lead, second)], second, to);
        if (bytes.size() == 2) return write_error(2, to);
        const unsigned third = byte_at(bytes, 2);
        return 1 +
               write_pair(is_jis(third) ? jis0212_table()[pointer_from(second, third)] : utf8_character{}, third, to);
    });
}

}  // namespace forage::detail
