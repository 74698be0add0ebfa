// The decoders of the WHATWG Encoding Standard other than UTF-8's, over whole texts: each writes all of `bytes`, with
// U+FFFD where the standard's decoder returns an error. Pure; thread-safe, as each writer is one thread's.
// Source: https://encoding.spec.whatwg.org/#legacy-multi-byte-chinese-(simplified)-encodings and what follows there
#pragma once

#include "text/encoding.hpp"
#include "text/utf8_writer.hpp"

#include <string_view>

namespace forage::detail {

/// `from` is one of ibm866 to x_mac_cyrillic, or x_user_defined.
void decode_single_byte(std::string_view bytes, encoding from, utf8_writer& out);

void decode_gb18030(std::string_view bytes, utf8_writer& out);  ///< GBK's decoder too
void decode_big5(std::string_view bytes, utf8_writer& out);
void decode_euc_jp(std::string_view bytes, utf8_writer& out);
void decode_iso_2022_jp(std::string_view bytes, utf8_writer& out);
void decode_shift_jis(std::string_view bytes, utf8_writer& out);
void decode_euc_kr(std::string_view bytes, utf8_writer& out);

enum class byte_order : bool { little, big };
void decode_utf_16(std::string_view bytes, byte_order order, utf8_writer& out);

}  // namespace forage::detail
