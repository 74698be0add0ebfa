// Percent-encoding, with the sets of https://url.spec.whatwg.org/#percent-encoded-bytes that http and https URLs use.
// Works on bytes: every set holds all bytes above 0x7E, so UTF-8 needs no decoding here.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace forage::detail {

/// Which bytes are written as %XX. The values are bits of `encode_table`.
enum class encode_set : std::uint8_t {
    fragment      = 1,
    special_query = 2,
    path          = 4,
    userinfo      = 8,
    form          = 16,  ///< application/x-www-form-urlencoded
};

[[nodiscard]] constexpr std::array<std::uint8_t, 256> make_encode_table() noexcept {
    std::array<std::uint8_t, 256> table{};
    const auto add = [&table](std::string_view characters, unsigned sets) {
        for (const char c : characters) {
            auto& entry = table[static_cast<unsigned char>(c)];
            entry       = static_cast<std::uint8_t>(entry | sets);
        }
    };
    constexpr unsigned fragment = 1, query = 2, path = 4, userinfo = 8, form = 16;
    for (unsigned byte = 0; byte < 256; ++byte) {
        if (byte < 0x20 || byte > 0x7E) table[byte] = fragment | query | path | userinfo | form;
    }
    add(" \"<>", fragment | query | path | userinfo | form);
    add("`", fragment | path | userinfo | form);
    add("#", query | path | userinfo | form);
    add("'", query | form);
    add("?^{}", path | userinfo | form);
    add("/:;=@[\\]|", userinfo | form);
    // '%' is in no set but the last: the parser leaves what is encoded as it is.
    add("$%&+,!()~", form);
    return table;
}

inline constexpr auto encode_table = make_encode_table();

[[nodiscard]] constexpr bool must_encode(char c, encode_set set) noexcept {
    return (encode_table[static_cast<unsigned char>(c)] & static_cast<unsigned>(set)) != 0;
}

/// Appends `text` to `out`, the bytes of `set` as %XX in upper case.
void append_encoded(std::string& out, std::string_view text, encode_set set);

/// Undoes %XX; a '%' without two hex digits stays.
[[nodiscard]] std::string percent_decode(std::string_view text);

}  // namespace forage::detail
