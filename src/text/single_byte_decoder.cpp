// §9.1 and, for x-user-defined, §14.5.1 of the standard: a table look-up for each byte. The table is laid out for this
// text: 256 bytes' UTF-8 and its length, so that letters and spaces in turn cost no mispredicted branch.
#include "text/decoders.hpp"
#include "text/lead_byte_decoding.hpp"
#include "text/single_byte_tables.hpp"

#include <array>
#include <cstdint>

namespace forage::detail {
namespace {

/// The standard's character for a byte from 80 on.
char32_t character_of(unsigned byte, encoding from) noexcept {
    if (from == encoding::x_user_defined) return 0xF780 + byte - 0x80;
    const char32_t c = single_byte_table(from)[byte - 0x80];
    return c == 0 ? replacement_character : c;
}

struct layout {
    std::array<utf8_character, 256> characters;
    std::array<std::uint8_t, 256> lengths;

    explicit layout(encoding from) noexcept {
        for (unsigned byte = 0; byte < 256; ++byte) {
            characters[byte] = to_utf8(byte < 0x80 ? byte : character_of(byte, from));
            lengths[byte]    = static_cast<std::uint8_t>(characters[byte].length());
        }
    }

    char* write(unsigned byte, char* to) const noexcept {
        std::memcpy(to, characters[byte].bytes.data(), 4);
        return to + lengths[byte];
    }
};

}  // namespace

void decode_single_byte(std::string_view bytes, encoding from, utf8_writer& out) {
    constexpr std::size_t stride = 32;
    const layout table{from};
    while (!bytes.empty()) {
        bytes.remove_prefix(out.put_ascii(bytes));
        const auto some = bytes.substr(0, stride);
        char* const begin =
            out.room(3 * stride + 1);  // no table goes beyond U+FFFF, and four bytes are written for three
        char* end = begin;
        for (const char c : some) end = table.write(static_cast<unsigned char>(c), end);
        out.used(static_cast<std::size_t>(end - begin));
        bytes.remove_prefix(some.size());
    }
}

}  // namespace forage::detail
