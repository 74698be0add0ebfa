// Percent-encoding and decoding, and form_encode, which is the same with '+' for a space.
#include "url/percent_encode.hpp"

#include "text/ascii.hpp"

#include <forage/url.hpp>

namespace forage::detail {

void append_encoded(std::string& out, std::string_view text, encode_set set) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::size_t run                = 0;  // where the bytes begin that are copied as they are
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!must_encode(text[i], set)) continue;
        out.append(text, run, i - run);
        const auto byte       = static_cast<unsigned char>(text[i]);
        const char encoded[3] = {'%', digits[byte >> 4U], digits[byte & 15U]};
        out.append(encoded, 3);
        run = i + 1;
    }
    out.append(text, run);
}

std::string percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const int high = hex_value(text[i + 1]);
            const int low  = hex_value(text[i + 2]);
            if (high >= 0 && low >= 0) {
                out.push_back(static_cast<char>(high * 16 + low));
                i += 2;
                continue;
            }
        }
        out.push_back(text[i]);
    }
    return out;
}

}  // namespace forage::detail

namespace forage {

std::string form_encode(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 4);
    while (true) {
        const auto space = text.find(' ');
        detail::append_encoded(out, text.substr(0, space), detail::encode_set::form);
        if (space == std::string_view::npos) return out;
        out.push_back('+');
        text.remove_prefix(space + 1);
    }
}

}  // namespace forage
