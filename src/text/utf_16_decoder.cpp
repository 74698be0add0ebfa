// §14.2.1, "shared UTF-16 decoder".
#include "text/decoders.hpp"
#include "text/lead_byte_decoding.hpp"

namespace forage::detail {
namespace {

constexpr bool is_high_surrogate(char32_t c) noexcept { return c >= 0xD800 && c <= 0xDBFF; }
constexpr bool is_low_surrogate(char32_t c) noexcept { return c >= 0xDC00 && c <= 0xDFFF; }

}  // namespace

void decode_utf_16(std::string_view bytes, byte_order order, utf8_writer& out) {
    constexpr int stride = 32;
    const auto unit      = [&](std::size_t at) -> char32_t {
        const unsigned first = byte_at(bytes, at), second = byte_at(bytes, at + 1);
        return order == byte_order::big ? first << 8 | second : second << 8 | first;
    };
    std::size_t at = 0;
    while (bytes.size() - at >= 2) {
        char* const begin = out.room(3 * stride + 1);
        char* to          = begin;
        char32_t c        = 0;
        for (int i = 0; i < stride && bytes.size() - at >= 2; ++i, at += 2) {
            c = unit(at);
            if (is_high_surrogate(c) || is_low_surrogate(c)) break;
            write_utf8(c, to);
        }
        out.used(static_cast<std::size_t>(to - begin));
        if (!is_high_surrogate(c) && !is_low_surrogate(c)) continue;

        at += 2;
        if (is_high_surrogate(c) && bytes.size() - at < 2) {
            return out.put_error();  // the end of the queue: one error for the surrogate and an odd byte together
        }
        if (is_high_surrogate(c) && is_low_surrogate(unit(at))) {
            out.put(0x10000 + ((c - 0xD800) << 10) + (unit(at) - 0xDC00));
            at += 2;
        } else {
            out.put_error();
        }
    }
    if (at < bytes.size()) out.put_error();
}

}  // namespace forage::detail
