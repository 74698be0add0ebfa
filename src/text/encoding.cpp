// Labels, and which decoder an encoding has.
#include "text/encoding.hpp"

#include "text/ascii.hpp"
#include "text/decoders.hpp"
#include "text/encoding_labels.hpp"
#include "text/utf8.hpp"

#include <forage/files.hpp>

#include <algorithm>

namespace forage::detail {
namespace {

std::string_view byte_order_mark(encoding e) noexcept {
    switch (e) {
    case encoding::utf_8: return "\xEF\xBB\xBF";
    case encoding::utf_16be: return "\xFE\xFF";
    case encoding::utf_16le: return "\xFF\xFE";
    default: return {};
    }
}

/// What to reserve for the decoded text.
std::size_t most_decoded(std::string_view bytes, encoding from) noexcept {
    switch (from) {
    case encoding::utf_16be:
    case encoding::utf_16le: return bytes.size() / 2 * 3 + utf8_replacement.size();
    case encoding::iso_2022_jp: return bytes.size() * 3;  // a katakana is one byte
    default: return most_as_utf8(bytes);
    }
}

}  // namespace

std::string_view name_of(encoding e) noexcept { return encoding_names[static_cast<std::size_t>(e)]; }

std::optional<encoding> encoding_for_label(std::string_view label) noexcept {
    label = trim(label);
    char lower[32];
    if (label.empty() || label.size() > sizeof lower) return std::nullopt;
    std::transform(label.begin(), label.end(), lower, to_lower);
    const std::string_view wanted{lower, label.size()};
    const auto found =
        std::lower_bound(encoding_labels.begin(), encoding_labels.end(), wanted, [](const auto& entry, auto text) {
            return entry.label < text;
        });
    if (found == encoding_labels.end() || found->label != wanted) return std::nullopt;
    return found->name;
}

std::string decode(std::string_view bytes, encoding from) {
    const std::string_view mark = byte_order_mark(from);
    if (!mark.empty() && bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
    if (from == encoding::utf_8) return make_valid_utf8(bytes, invalid_utf8::replace);
    // §14.1.1: encodings that let markup hide are not decoded at all.
    if (from == encoding::replacement) return std::string{bytes.empty() ? std::string_view{} : utf8_replacement};
    std::string text;
    text.reserve(most_decoded(bytes, from));
    utf8_writer out{text};
    switch (from) {
    case encoding::gbk:
    case encoding::gb18030: decode_gb18030(bytes, out); break;
    case encoding::big5: decode_big5(bytes, out); break;
    case encoding::euc_jp: decode_euc_jp(bytes, out); break;
    case encoding::iso_2022_jp: decode_iso_2022_jp(bytes, out); break;
    case encoding::shift_jis: decode_shift_jis(bytes, out); break;
    case encoding::euc_kr: decode_euc_kr(bytes, out); break;
    case encoding::utf_16be: decode_utf_16(bytes, byte_order::big, out); break;
    case encoding::utf_16le: decode_utf_16(bytes, byte_order::little, out); break;
    default: decode_single_byte(bytes, from, out); break;
    }
    out.finish();
    return text;
}

}  // namespace forage::detail
