// The encodings of the WHATWG Encoding Standard: names, labels, and bytes to UTF-8.
// Pure and thread-safe. ISO-8859-1 and ASCII are labels of windows-1252, as browsers have it.
// Source: https://encoding.spec.whatwg.org/
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forage::detail {

enum class encoding : std::uint8_t {
    utf_8,
    ibm866,
    iso_8859_2,
    iso_8859_3,
    iso_8859_4,
    iso_8859_5,
    iso_8859_6,
    iso_8859_7,
    iso_8859_8,
    iso_8859_8_i,
    iso_8859_10,
    iso_8859_13,
    iso_8859_14,
    iso_8859_15,
    iso_8859_16,
    koi8_r,
    koi8_u,
    macintosh,
    windows_874,
    windows_1250,
    windows_1251,
    windows_1252,
    windows_1253,
    windows_1254,
    windows_1255,
    windows_1256,
    windows_1257,
    windows_1258,
    x_mac_cyrillic,
    gbk,
    gb18030,
    big5,
    euc_jp,
    iso_2022_jp,
    shift_jis,
    euc_kr,
    replacement,
    utf_16be,
    utf_16le,
    x_user_defined,
};

/// The standard's name, as in "windows-1252".
[[nodiscard]] std::string_view name_of(encoding e) noexcept;

/// The encoding a label names (§4.2 "get an encoding"): ASCII case and surrounding white space do not matter.
[[nodiscard]] std::optional<encoding> encoding_for_label(std::string_view label) noexcept;

/// `bytes` as UTF-8, U+FFFD for what is not valid in the encoding. The encoding's own byte order mark is left out.
/// Where ICU was built without the data of a multi-byte encoding, what is not ASCII becomes U+FFFD.
[[nodiscard]] std::string decode(std::string_view bytes, encoding from);

}  // namespace forage::detail
