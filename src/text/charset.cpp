// The order of trust: byte order mark, header, declaration in the first 1024 bytes, valid UTF-8 that is not all ASCII,
// a declaration further on, a guess, windows-1252. Browsers find the late declaration while parsing and start again;
// reading ahead is cheaper. Nothing but ASCII is called windows-1252, as browsers do: the text is the same.
#include "text/charset.hpp"

#include "text/ascii.hpp"
#include "text/meta_prescan.hpp"
#include "text/utf8.hpp"

#include <forage/files.hpp>

namespace forage::detail {
namespace {

constexpr std::size_t early_bytes = 1024;       // the standard's limit
constexpr std::size_t late_bytes  = 64 * 1024;  // for documents that are neither declared early nor UTF-8

bool is_utf8_already(std::string_view bytes, encoding from) noexcept {
    switch (from) {
    case encoding::utf_8: return is_valid_utf8(bytes);
    case encoding::iso_2022_jp:
    case encoding::replacement:
    case encoding::utf_16be:
    case encoding::utf_16le: return false;
    default: return is_ascii(bytes);
    }
}

}  // namespace

std::optional<encoding> encoding_from_content_type(std::string_view value) noexcept {
    std::size_t at = value.find(';');
    while (at != std::string_view::npos) {
        value.remove_prefix(at + 1);
        const std::size_t equals = value.find_first_of("=;");
        if (equals == std::string_view::npos) return std::nullopt;
        if (value[equals] == '=') {
            const std::string_view name = trim(value.substr(0, equals));
            value                       = value.substr(equals + 1);
            while (!value.empty() && is_space(value.front())) value.remove_prefix(1);
            std::string_view label;
            if (value.starts_with('"') || value.starts_with('\'')) {
                const std::size_t end = value.find(value.front(), 1);
                label                 = value.substr(1, end == std::string_view::npos ? end : end - 1);
                value                 = end == std::string_view::npos ? std::string_view{} : value.substr(end + 1);
            } else {
                label = value.substr(0, value.find(';'));
            }
            if (equals_ignoring_case(name, "charset")) return encoding_for_label(label);
        }
        at = value.find(';');
    }
    return std::nullopt;
}

sniffed sniff_encoding(std::string_view bytes, std::string_view content_type, document_kind kind) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return {encoding::utf_8, 3};
    if (bytes.starts_with("\xFE\xFF")) return {encoding::utf_16be, 2};
    if (bytes.starts_with("\xFF\xFE")) return {encoding::utf_16le, 2};
    if (const auto named = encoding_from_content_type(content_type)) return {*named};
    const bool html = kind == document_kind::html;
    if (html) {
        if (const auto declared = prescan_meta(bytes.substr(0, early_bytes))) return {*declared};
    }
    const std::size_t ascii = ascii_prefix(bytes);
    const std::size_t valid = ascii + valid_utf8_prefix(bytes.substr(ascii));
    if (valid > ascii && valid == bytes.size()) return {encoding::utf_8, 0, true};
    // A limit on the size cuts where it falls; what comes before that decides.
    if (valid > ascii && begins_character(bytes.substr(valid))) return {encoding::utf_8};
    if (html && bytes.size() > early_bytes) {
        if (const auto declared = prescan_meta(bytes.substr(0, late_bytes))) return {*declared};
    }
    if (const auto guess = detect_encoding(bytes, kind)) return {*guess};
    return {encoding::windows_1252, 0, ascii == bytes.size()};
}

void decode_document(std::string_view bytes, std::string_view content_type, document_kind kind, decoded_text& out) {
    const sniffed found         = sniff_encoding(bytes, content_type, kind);
    const std::string_view text = bytes.substr(found.mark);
    out.from                    = found.name;
    if (found.known_valid || is_utf8_already(text, found.name)) {
        out.text = text;
        return;
    }
    out.storage = decode(bytes, found.name);
    out.text    = out.storage;
}

}  // namespace forage::detail
