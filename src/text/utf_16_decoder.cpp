// §14.2.1, "shared UTF-16 decoder".
#include "text/decoders.hpp"
#include "text/lead_byte_decoding.hpp"

namespace forage::detail {

void decode_utf_16(std::string_view bytes, byte_order order, utf8_writer& out) {
    const auto unit = [&](std::size_t at) -> char32_t {
        const unsigned first = byte_at(bytes, at), second = byte_at(bytes, at + 1);
        return order == byte_order::big ? first << 8 | second : second << 8 | first;
    };
    const auto is_low = [](char32_t c) { return c >= 0xDC00 && c <= 0xDFFF; };
    std::size_t at    = 0;
    while (bytes.size() - at >= 2) {
        const char32_t c = unit(at);
        at += 2;
        if (c < 0xD800 || c > 0xDFFF) {
            out.put(c);
        } else if (is_low(c)) {
            out.put_error();
        } else if (bytes.size() - at < 2) {
            return out.put_error();  // the end of the queue: one error for a high surrogate and an odd byte together
        } else if (const char32_t low = unit(at); is_low(low)) {
            out.put(0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
            at += 2;
        } else {
            out.put_error();
        }
    }
    if (at < bytes.size()) out.put_error();
}

}  // namespace forage::detail
