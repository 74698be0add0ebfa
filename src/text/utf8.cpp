// One character at a time, for what utf8_vectors leaves: the ends of texts, faults, and other processors, where ASCII
// still goes by eight bytes, as most of the web is markup.
#include "text/utf8.hpp"

#include "text/lead_byte_decoding.hpp"
#include "text/utf8_vectors.hpp"
#include "text/utf8_writer.hpp"

#include <forage/files.hpp>

#include <algorithm>
#include <cstring>

namespace forage::detail {
namespace {

/// One character or one invalid part at `at`.
struct step {
    std::size_t length;
    bool valid;
};

/// Well-formed byte sequences: Unicode §3.9, table 3-7.
step next_character(std::string_view text, std::size_t at) noexcept {
    const auto byte     = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(at);
    if (lead < 0x80) return {1, true};
    if (lead < 0xC2 || lead > 0xF4) return {1, false};

    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned low = 0x80, high = 0xBF;  // of the second byte; the others always range over 80..BF
    if (lead == 0xE0) low = 0xA0;      // overlong
    if (lead == 0xED) high = 0x9F;     // surrogates
    if (lead == 0xF0) low = 0x90;      // overlong
    if (lead == 0xF4) high = 0x8F;     // beyond U+10FFFF
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i == text.size() || byte(at + i) < low || byte(at + i) > high) return {i, false};
        low  = 0x80;
        high = 0xBF;
    }
    return {length, true};
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) noexcept {
    std::size_t at = valid_utf8_vectors(text);
    for (;;) {
        at += ascii_prefix(text.substr(at));
        while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
            const step s = next_character(text, at);
            if (!s.valid) return at;
            at += s.length;
        }
        if (at == text.size()) return at;
    }
}

std::size_t ascii_prefix(std::string_view text) noexcept {
    constexpr std::uint64_t high_bits = 0x8080808080808080;
    std::size_t at                    = ascii_vectors(text);
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + at, 8);
        if (eight & high_bits) break;
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
    return at;
}

bool begins_character(std::string_view text) noexcept {
    if (text.empty()) return false;
    const auto lead   = static_cast<unsigned char>(text.front());
    const auto needed = lead < 0xE0 ? 2u : lead < 0xF0 ? 3u : 4u;
    return lead >= 0xC2 && lead <= 0xF4 && text.size() < needed && next_character(text, 0).length == text.size();
}

std::size_t most_as_utf8(std::string_view bytes) noexcept {
    const auto is_high = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    const auto high    = static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), is_high));
    return bytes.size() + 2 * high;
}

std::string_view first_characters(std::string_view text, std::size_t most) noexcept {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
    return text.substr(0, most);
}

std::string make_valid_utf8(std::string_view text, invalid_utf8 mode) {
    const std::size_t good = mode == invalid_utf8::keep ? text.size() : valid_utf8_prefix(text);
    std::string repaired;
    if (mode == invalid_utf8::replace) repaired.reserve(most_as_utf8(text));
    repaired.append(text, 0, good);
    // Behind the first fault others may stand close together, where vectors would be started in vain.
    utf8_writer out{repaired};
    decode_by_lead_byte(text.substr(good), out, [mode](std::string_view bytes, char*& to) {
        const step s = next_character(bytes, 0);
        if (!s.valid) {
            if (mode == invalid_utf8::replace) write_utf8(replacement_character, to);
        } else {
            std::memcpy(to, bytes.data(), s.length);
            to += s.length;
        }
        return s.length;
    });
    out.finish();
    return repaired;
}

}  // namespace forage::detail
